package providers

import (
	"fmt"

	"github.com/shopspring/decimal"
)

// Choosy is a Watcher that follows only some kinds of payment, or none as it is
// set up.
type Choosy interface {
	// Watches says whether Ask can tell anything of a payment of this kind.
	Watches(Kind) bool
}

// Watches says whether a gateway follows payments of a kind by asking; nil
// follows none.
func Watches(g Gateway, k Kind) bool {
	if _, asks := g.(Watcher); !asks {
		return false
	}
	choosy, chooses := g.(Choosy)
	return !chooses || choosy.Watches(k)
}

// Asker is a gateway that says what the counter has to ask before it begins a
// transfer.
type Asker interface {
	// Quotes says whether Quote asks anybody, as it is set up.
	Quotes() bool
	// AsksBINs says whether the first six digits of the two cards are typed for
	// each transfer.
	AsksBINs() bool
}

// CheckBIN accepts the first six digits of a card number, and nothing for none.
// The error does not repeat what was typed: it may be a whole card number.
func CheckBIN(field, text string) error {
	if text == "" || bin(text) {
		return nil
	}
	return Invalid(field, "this is not exactly 6 digits", "type the first 6 digits of the card number, never more")
}

var bin = Pattern(`^[0-9]{6}$`)

// Check says whether an amount lies within the limits.
func (q Quote) Check(a Amount) error {
	switch {
	case q.Min.Minor > 0 && a.Minor < q.Min.Minor:
		return Invalid("amount", "less than "+q.Min.String()+" cannot be transferred here", q.between())
	case q.Max.Minor > 0 && a.Minor > q.Max.Minor:
		return Invalid("amount", "more than "+q.Max.String()+" cannot be transferred here", q.between())
	}
	return nil
}

func (q Quote) between() string {
	switch {
	case q.Max.Minor == 0:
		return "type an amount of at least " + q.Min.String()
	case q.Min.Minor == 0:
		return "type an amount of at most " + q.Max.String()
	}
	return fmt.Sprintf("type an amount from %s to %s", q.Min.Figure(), q.Max)
}

// Commission is what the transfer of an amount would cost, written as
// Attempt.Commission writes it.
func (q Quote) Commission(a Amount) string { return q.attempt(a).Commission() }

// WithCommission is the amount and its commission together, written as
// Attempt.WithCommission writes it.
func (q Quote) WithCommission(a Amount) string { return q.attempt(a).WithCommission() }

func (q Quote) attempt(a Amount) Attempt {
	return Attempt{Amount: a, CommissionMin: q.CommissionMin, CommissionMax: q.CommissionMax}
}

// WithCommission is what the customer pays in all, the amount and its
// commission: "101.50 to 103.00 EUR", "at least 101.50 EUR", "at most 103.00
// EUR", one figure where both ends are equal, nothing where no commission is
// known.
func (a Attempt) WithCommission() string {
	low, high := a.plus(a.CommissionMin), a.plus(a.CommissionMax)
	switch {
	case low == "" && high == "":
		return ""
	case low == "":
		low = "at most " + high
	case high == "":
		low = "at least " + low
	case low != high:
		low += " to " + high
	}
	return low + " " + a.Amount.Currency.Code
}

// plus is the amount and a commission; nothing where that is no number.
func (a Attempt) plus(commission string) string {
	d, ok := Number(commission).Decimal()
	if !ok {
		return ""
	}
	return MajorText(d.Add(decimal.New(a.Amount.Minor, -int32(a.Amount.Currency.Decimals))), a.Amount.Currency)
}
