package sandbox

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/shopspring/decimal"
)

// stage is where an invoice stands, in OxaPay's words.
type stage string

const (
	stageNew        stage = "New"        // no coin chosen
	stageWaiting    stage = "Waiting"    // coin chosen, or too little came
	stageConfirming stage = "Confirming" // money seen, not yet safe
	stagePaid       stage = "Paid"
	stageExpired    stage = "Expired"
	stageDeleted    stage = "Deleted" // nobody can pay it any more; XaiGate alone has it
)

// invoice is a crypto invoice of either provider. Its stage is worked out from
// the clock when it is looked at; nothing runs in the background.
type invoice struct {
	provider string // "oxapay" or "xaigate"
	number   string // in the link
	ref      string // trackId or invoiceNo
	orderID  string
	price    decimal.Decimal
	amount   string // the price as it was written
	currency string
	cover    decimal.Decimal // per cent of the price that may be missing
	fee      string
	email    string
	shop     string
	about    string
	links    map[string]string
	created  time.Time
	expires  time.Time
	auto     time.Duration
	// topUp says that a second payment is added to the first. Without it the
	// first acceptable payment counts and nothing else does.
	topUp bool

	chosen   bool
	dropped  bool            // expired before its time, by hand
	deleted  bool            // at XaiGate, by hand
	received decimal.Decimal // in the currency of the price
	paidAt   time.Time
	safeAt   time.Time // when a payment has enough confirmations
	byHand   bool      // it has when Step says so

	reported string // the status that was reported last (XaiGate)
	oxa      oxaState
}

// What the hands-on calls answer.
var (
	errPaid           = errors.New("the invoice is already paid")
	errGivenBack      = errors.New("the money was given back")
	errDeleted        = errors.New("the invoice was deleted")
	errKept           = errors.New("only XaiGate deletes invoices")
	errUnknownInvoice = errors.New("no invoice has this reference")
)

// enough says that what came is acceptable.
func (v *invoice) enough() bool {
	hundred := decimal.NewFromInt(100)
	due := v.price.Mul(hundred.Sub(v.cover)).Div(hundred)
	return v.oxa.accepted || v.received.Sign() > 0 && v.received.Cmp(due) >= 0
}

// stage is where the invoice stands now.
func (v *invoice) stage(now time.Time) stage {
	v.step(now)
	switch {
	case v.deleted:
		return stageDeleted
	case v.oxa.refund != oxaKept:
		return oxaRefundStages[v.oxa.refund]
	case v.received.Sign() > 0 && (v.byHand || now.Before(v.safeAt)):
		return stageConfirming
	case v.enough():
		return stagePaid
	case v.dropped || !now.Before(v.expires):
		return stageExpired
	case v.chosen:
		return stageWaiting
	}
	return stageNew
}

// step does what the automatic customer has done until now: choose a coin
// after one step, pay after two.
func (v *invoice) step(now time.Time) {
	pays := v.created.Add(2 * v.auto)
	if v.auto <= 0 || v.dropped || v.deleted || v.received.Sign() > 0 || !pays.Before(v.expires) {
		return
	}
	v.chosen = v.chosen || !now.Before(v.created.Add(v.auto))
	if !now.Before(pays) {
		v.receive(v.price, pays, v.auto)
	}
}

// receive is money coming in at a time, safe after a while.
func (v *invoice) receive(amount decimal.Decimal, at time.Time, confirm time.Duration) {
	v.oxa.payments = append(v.oxa.payments, amount)
	if v.topUp {
		amount = amount.Add(v.received)
	}
	v.chosen = true
	v.received = amount
	v.paidAt = at
	v.safeAt = at.Add(confirm)
}

// another is the invoice of a sale that this counter never made: of the same
// shop and for the same price, and paid.
func (v *invoice) another() *invoice {
	o := *v
	o.number, o.orderID = another(v.number), another(v.orderID)
	o.ref = strings.TrimSuffix(v.ref, v.number) + o.number
	o.deleted = false
	o.oxa = oxaState{v1: v.oxa.v1, payments: []decimal.Decimal{v.price}}
	o.chosen, o.byHand, o.received, o.paidAt, o.safeAt = true, false, v.price, v.created, v.created
	return &o
}

// missing is what a customer who pays in full sends now.
func (v *invoice) missing() decimal.Decimal {
	if v.topUp {
		return v.price.Sub(v.received)
	}
	return v.price
}

// tooLittle is nine tenths of what is missing, in hundredths where that is
// something.
func (v *invoice) tooLittle() decimal.Decimal {
	part := v.missing().Mul(decimal.New(9, -1))
	if hundredths := part.Truncate(2); hundredths.Sign() > 0 {
		return hundredths
	}
	return part
}

// tooMuch is eleven tenths of what is missing.
func (v *invoice) tooMuch() decimal.Decimal {
	return v.missing().Mul(decimal.New(11, -1)).RoundUp(max(2, -v.price.Exponent()))
}

// find is the newest invoice with a trackId, invoiceNo, orderId or number.
func (s *Server) find(ref string) *invoice {
	for i := len(s.invoices) - 1; i >= 0; i-- {
		v := s.invoices[i]
		if ref != "" && (v.ref == ref || v.number == ref || v.orderID == ref) {
			return v
		}
	}
	return nil
}

// change does something to an unpaid invoice; mu is not held.
func (s *Server) change(ref string, do func(v *invoice, now time.Time)) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	v := s.find(ref)
	if v == nil {
		return fmt.Errorf("%w: %q", errUnknownInvoice, ref)
	}
	now := s.options.Now()
	switch v.stage(now); {
	case v.deleted:
		return errDeleted
	case v.oxa.refund != oxaKept:
		return errGivenBack
	case v.enough():
		return errPaid
	}
	do(v, now)
	s.report(v, now)
	return nil
}

// Pay is the customer sending the whole price (or what is missing of it) for
// the newest invoice with this trackId, invoiceNo or orderId; late money is
// taken too. It is Confirming for Options.Confirm and then Paid.
func (s *Server) Pay(ref string) error {
	return s.change(ref, func(v *invoice, now time.Time) { v.receive(v.missing(), now, s.options.Confirm) })
}

// PayLess is the customer sending nine tenths of it.
func (s *Server) PayLess(ref string) error {
	return s.change(ref, func(v *invoice, now time.Time) { v.receive(v.tooLittle(), now, s.options.Confirm) })
}

// PayMore is the customer sending a tenth too much.
func (s *Server) PayMore(ref string) error {
	return s.change(ref, func(v *invoice, now time.Time) { v.receive(v.tooMuch(), now, s.options.Confirm) })
}

// Delete makes an unpaid invoice one that nobody can pay any more, whatever has
// come for it so far; only XaiGate does that.
func (s *Server) Delete(ref string) error {
	var kept error
	err := s.change(ref, func(v *invoice, _ time.Time) {
		if v.deleted = v.provider == "xaigate"; !v.deleted {
			kept = errKept
		}
	})
	return errors.Join(err, kept)
}

// Expire ends the time of an unpaid invoice at once.
func (s *Server) Expire(ref string) error {
	return s.change(ref, func(v *invoice, _ time.Time) { v.dropped = true })
}

// Step moves an invoice one stage on (New, Waiting, Confirming, Paid) and
// gives the stage that it has reached. An expired one begins to pay late.
func (s *Server) Step(ref string) (string, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	v := s.find(ref)
	if v == nil {
		return "", fmt.Errorf("%w: %q", errUnknownInvoice, ref)
	}
	now := s.options.Now()
	switch v.stage(now) {
	case stageNew:
		v.chosen = true
	case stageWaiting, stageExpired:
		v.receive(v.missing(), now, 0)
		v.byHand = true
	case stageConfirming:
		v.byHand, v.safeAt = false, now
	}
	s.report(v, now)
	return string(v.stage(now)), nil
}
