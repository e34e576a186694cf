package providers

import (
	"context"
	"net/http"
)

// What only some gateways can do.

// Refunder is a gateway that gives money back: its Prepare takes the kinds
// Refund and UndoRefund.
type Refunder interface {
	// SignatureOf is the signature of a request that was sent, from its bytes:
	// by it a refund is undone.
	SignatureOf(body []byte) (string, error)
}

// Registrar is a gateway at which this device registers itself for a signing key.
type Registrar interface {
	// Register changes a token from the merchant's portal for a new signing key;
	// the old one is dead from then on. State Approved comes with the key.
	// Refused: it did not happen, and a fresh token is needed. Unknown: the
	// answer is lost, and the key with it; the token counts as used.
	Register(ctx context.Context, token string) (key string, a Answer)
	// RegisterWords are the words for what Register answered.
	RegisterWords(Answer) Words
}

// Receipter is a gateway that is told the shop's own receipt number after a sale.
type Receipter interface {
	// Receipt sends the number for the sale that was sent under reference. State
	// Approved: stored. Declined: not accepted, with its code. Unknown: to be
	// repeated, which is safe.
	Receipt(ctx context.Context, reference, number, operator string) Answer
}

// Quote is what a transfer would cost, before it is begun.
type Quote struct {
	// Min and Max bound what may be transferred; a zero Minor is no bound.
	Min, Max Amount
	// CommissionMin and CommissionMax are decimal text in major units; empty
	// where the server names none.
	CommissionMin, CommissionMax string
}

// Quoter is a gateway that tells limits and commission beforehand.
type Quoter interface {
	// Quote asks for the limits and the commission of an amount; the Quote counts
	// only with state Approved.
	Quote(ctx context.Context, a Amount) (Quote, Answer)
}

// Collector is a gateway some of whose invoices take several payments. At any other
// a second payment may be lost.
type Collector interface {
	// TakesMore says whether more can be sent to the link of an invoice for which
	// some has come, or is on its way.
	TakesMore(a Attempt) bool
}

// Lister is a gateway that tells in which currencies it takes prices.
type Lister interface {
	// Accepted lists the symbols; they count only with state Approved.
	Accepted(ctx context.Context) ([]string, Answer)
}

// Notice is what a provider reported by itself.
type Notice struct {
	ProviderRef string // trackId or invoiceNo; may be empty where Reference is not
	Reference   string // orderId, as it was sent
	// Proven: the report carries a MAC that verifies. Otherwise it is a hint
	// from anybody, on which the provider is asked.
	Proven bool
	// Judge tells what a proven report says of an invoice, exactly as an answer
	// to a question would be judged.
	Judge func(Watch) Answer
}

// Notified is a gateway whose provider reports what became of an invoice.
type Notified interface {
	// Notice reads a report. An error means that it is to be thrown away; its
	// text is for the log alone.
	Notice(header http.Header, body []byte) (Notice, error)
}
