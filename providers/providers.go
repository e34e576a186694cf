// Package providers is the vocabulary that every room of cashdesk shares:
// money, the states of a payment, what a provider answered, and the contract
// that each provider's client fulfils. It knows no terminal, no database and
// no particular provider.
package providers

import "context"

// Provider names one payment provider, in the form the journal stores.
type Provider string

// The four providers.
const (
	Oxipay     Provider = "oxipay"
	OxaPay     Provider = "oxapay"
	XaiGate    Provider = "xaigate"
	Payneteasy Provider = "payneteasy"
)

// All lists the providers in the order in which every screen shows them.
var All = []Provider{Oxipay, OxaPay, XaiGate, Payneteasy}

// Title is the provider's name as it writes itself.
func (p Provider) Title() string {
	switch p {
	case Oxipay:
		return "Oxipay"
	case OxaPay:
		return "OxaPay"
	case XaiGate:
		return "XaiGate"
	case Payneteasy:
		return "Payneteasy"
	}
	return string(p)
}

// Kind says what an attempt tries to do.
type Kind string

// The kinds of attempt.
const (
	// Authorise charges a customer by a pre-approval code (Oxipay).
	Authorise Kind = "authorise"
	// Invite sends the customer an SMS; it moves no money (Oxipay).
	Invite Kind = "invite"
	// Invoice makes a crypto invoice that the customer pays by link (OxaPay, XaiGate).
	Invoice Kind = "invoice"
	// Transfer begins a transfer at the merchant group's server; it moves no money (Payneteasy).
	Transfer Kind = "transfer"
	// Refund gives back what an approved sale took, or a part of it (Oxipay).
	Refund Kind = "refund"
	// UndoRefund takes a refund back (Oxipay).
	UndoRefund Kind = "undo_refund"
)

// Returns says that an attempt is about money that an earlier one took, and
// takes none itself.
func (k Kind) Returns() bool { return k == Refund || k == UndoRefund }

// Order is what the counter wants of a provider, before any of it is sent.
type Order struct {
	Kind      Kind
	Reference string // this attempt's own reference, unique for ever
	Amount    Amount
	// FinanceMinor is the part that Oxipay finances, in minor units of
	// Amount's currency; 0 means the whole.
	FinanceMinor int64
	Code         string   // pre-approval code as scanned or typed (Authorise)
	Mobile       string   // mobile number as typed (Invite)
	Email        string   // the payer's e-mail (XaiGate); may be empty
	Operator     string   // id of the operator who takes the payment
	Items        []string // what is sold, optional (Authorise)
	Description  string   // optional, shown by the invoice providers
	// FromBIN and ToBIN are the first six digits of the paying and of the
	// receiving card, as typed (Transfer); never more of a card number.
	FromBIN, ToBIN string
	// AcceptOtherCode lets a pre-approval code of an unusual shape pass; the
	// person was warned.
	AcceptOtherCode bool
	// PurchaseRef names the sale to the provider (Refund): what it was sent
	// under, or its receipt number.
	PurchaseRef string
	// RefundSignature is the signature of the request to be undone (UndoRefund).
	RefundSignature string
}

// Request is one call, checked, built and signed, but not yet sent.
type Request struct {
	Provider  Provider
	Kind      Kind
	Call      string // the provider's own name of the call, e.g. "ProcessAuthorisation"
	Reference string
	// Body is exactly what goes over the network.
	Body []byte
	// Record is the body as the journal may keep it. With Keep it is Body
	// itself; otherwise each secret is replaced by the name of its key.
	Record []byte
	// Keep says that the exact bytes are journalled, because only they may be
	// sent again.
	Keep bool
}

// Watch names an invoice whose status is asked.
type Watch struct {
	Reference   string // what was sent as orderId
	ProviderRef string // trackId or invoiceNo
	Amount      Amount
}

// Gateway is one provider as the till sees it.
type Gateway interface {
	// Provider says which one it is.
	Provider() Provider
	// Prepare checks an order and builds its request; nothing is sent. Every
	// error is an *Error of kind Input (with its Field) or Credentials.
	Prepare(Order) (Request, error)
	// Send sends a prepared request once. It returns no error: what is not
	// sure is an Answer in state Unknown, with its Reason. resend says that
	// the same bytes may have reached the provider before: then the Answer is
	// never Refused, since a refusal, or a send that never left, says nothing
	// about the first one; see Answer.OfSend.
	Send(ctx context.Context, r Request, resend bool) Answer
	// Explain gives the words for an attempt as its state, code and reason have
	// it. What the till did with it (closed, settled, contradicted, a possible
	// double) is not looked at: the till has words for that.
	Explain(Attempt) Words
	// Lookup finds a code in the provider's table; false when it is not listed.
	Lookup(code string) (Code, bool)
}

// Watcher is a gateway whose payments are followed by asking.
type Watcher interface {
	// Ask asks for the status of an invoice. An Answer in state Unknown means
	// "no news": the invoice stays as it was.
	Ask(ctx context.Context, w Watch) Answer
}

// Finder is a gateway that can look an invoice up by the reference that was
// sent, after the answer to its creation was lost.
type Finder interface {
	// Find returns state Open (or later) with the provider's reference when it
	// exists, Refused with reason NotFound when it certainly does not, and
	// Unknown otherwise.
	Find(ctx context.Context, w Watch) Answer
}
