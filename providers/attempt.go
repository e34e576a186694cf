package providers

import "time"

// Attempt is one try to take (or ask for) a payment, as the journal's row has
// it. Everything that a screen shows of a payment can be rebuilt from it.
type Attempt struct {
	ID        string // ULID, the key everywhere
	Of        string // ID of the attempt that this one is about (Refund: the sale, UndoRefund: the refund)
	Sale      string // the sale's reference; attempts for one basket share it
	Reference string // this attempt's own reference, as the provider got it
	Provider  Provider
	Kind      Kind
	State     State
	Amount    Amount
	// FinanceMinor is the part that is financed, 0 for the whole.
	FinanceMinor int64

	Code        string // the provider's last result code
	Reason      Reason
	ProviderRef string
	Link        string
	ExpiresAt   time.Time
	Received    string // decimal text
	Shortfall   string // decimal text
	Coin        string // what came in a coin that the invoice does not take: "0.0021 BTC"
	Late        bool   // money came after the invoice had expired
	Confirming  bool

	CommissionMin, CommissionMax string

	// Receipt is the number that the shop's own till gave the sale afterwards;
	// until the provider has it, the reference stands in for it.
	Receipt       string
	ReceiptDue    bool   // the reference is a temporary one: the number is to follow
	ReceiptStored bool   // the provider has the number
	ReceiptCode   string // why the provider did not take the number; "" while that is open

	Operator string // who began it
	Session  string // in which session
	Counter  string // at which counter
	Test     bool   // made in test mode

	CreatedAt  time.Time
	SentAt     time.Time // first send, zero if never sent
	AnsweredAt time.Time // the answer that gave the present state
	UpdatedAt  time.Time
	Sends      int   // how often bytes went out to start it
	Seq        int64 // sequence number of its newest event

	Closed       bool // a person closed it while unknown: nothing is sent by itself any more
	Settled      bool // its state was set by a manager by hand
	Contradicted bool // evidence against its final state came; a manager must look
	// Doubted says that an answer came by which it happened although its state says
	// that it did not. Looking at that settles nothing: only a manager's settling does.
	Doubted      bool
	Aside        bool // an invoice put aside; still watched
	KeySuspected bool
	// PossibleDouble says that another attempt for the same sale is approved too.
	PossibleDouble bool

	Personal Personal
}

// Financed is the part that Oxipay pays for the customer, and the rest, which they
// pay at the counter in another way. The rest is zero where all of it is financed.
func (a Attempt) Financed() (part, rest Amount) {
	part, rest = a.Amount, Amount{Currency: a.Amount.Currency}
	if a.FinanceMinor > 0 && a.FinanceMinor < a.Amount.Minor {
		part.Minor, rest.Minor = a.FinanceMinor, a.Amount.Minor-a.FinanceMinor
	}
	return part, rest
}

// Commission is the range that the server named for a transfer, in the
// currency's decimals: "1.50 to 3.00 EUR", "from 1.50 EUR", "up to 3.00 EUR",
// one figure where both ends are equal, nothing where it named none.
func (a Attempt) Commission() string {
	low, high := a.figure(a.CommissionMin), a.figure(a.CommissionMax)
	switch {
	case low == "" && high == "":
		return ""
	case low == "":
		low = "up to " + high
	case high == "":
		low = "from " + low
	case low != high:
		low += " to " + high
	}
	return low + " " + a.Amount.Currency.Code
}

// Missing says what is missing of the price, "1.85 USD is missing", or nothing.
func (a Attempt) Missing() string {
	if a.Shortfall == "" {
		return ""
	}
	return a.figure(a.Shortfall) + " " + a.Amount.Currency.Code + " is missing"
}

// Overpaid is how much more than the price has come, "0.35 USD", or nothing.
func (a Attempt) Overpaid() string {
	received, ok := Number(a.Received).Decimal()
	price, _ := Number(a.Amount.Decimal()).Decimal()
	if !ok || !received.GreaterThan(price) {
		return ""
	}
	return MajorText(received.Sub(price), a.Amount.Currency) + " " + a.Amount.Currency.Code
}

// figure writes a provider's figure with the decimals of the attempt's
// currency; what is no number stays as it came.
func (a Attempt) figure(text string) string {
	d, ok := Number(text).Decimal()
	if !ok {
		return CleanText(text)
	}
	return MajorText(d, a.Amount.Currency)
}

// Personal is what the journal keeps in its side table and removes after the
// retention time. Use Masked before showing it.
type Personal struct {
	PreApproval string // pre-approval code
	Mobile      string
	Email       string
	Message     string // the provider's own text
}

// Masked is the data as it may be shown to anybody.
func (p Personal) Masked() Personal {
	return Personal{
		PreApproval: maskCode(p.PreApproval),
		Mobile:      maskTail(p.Mobile, 3),
		Email:       maskEmail(p.Email),
		Message:     p.Message,
	}
}

// maskCode keeps a leading 6199 and the last three: "6199 ••• 203".
func maskCode(code string) string {
	if code == "" {
		return ""
	}
	if bare := BareCode(code); bare != code {
		return CodePrefix + " ••• " + bare[3:]
	}
	return maskTail(code, 3)
}

func maskTail(text string, keep int) string {
	r := []rune(text)
	if len(r) == 0 {
		return ""
	}
	if len(r) <= keep {
		return "•••"
	}
	return "••• " + string(r[len(r)-keep:])
}

func maskEmail(address string) string {
	for i := len(address) - 1; i >= 0; i-- {
		if address[i] == '@' {
			return "•••" + address[i:]
		}
	}
	if address == "" {
		return ""
	}
	return "•••"
}
