package sim

import (
	"context"
	"errors"
	"fmt"
	"time"

	"cashdesk/internal/till"
	"cashdesk/providers"
)

// intent is one customer with one basket: it must be charged at most once.
type intent struct {
	draft      till.Draft
	attempts   []string
	overridden bool // a manager let it be charged again while it was not known
}

var (
	aud = providers.Currency{Code: "AUD", Decimals: 2}
	usd = providers.Currency{Code: "USD", Decimals: 2}
	eur = providers.Currency{Code: "EUR", Decimals: 2}
)

// amounts are few, so that two customers often pay the same.
var amounts = []int64{12550, 12550, 5000, 3500, 101, 131}

// selectors are the first two digits of a code, which choose the answer: half
// of them approve.
var selectors = []string{"01", "01", "01", "01", "01", "01", "11", "13", "19", "22", "30", "31", "99"}

func (w *world) sell() {
	d := w.draft()
	it := &intent{draft: d}
	w.begin(it, d, false)
}

// draft is what a new customer wants.
func (w *world) draft() till.Draft {
	minor := amounts[w.staff.below(len(amounts))]
	switch w.staff.below(10) {
	case 0:
		return till.Draft{Provider: providers.OxaPay, Kind: providers.Invoice, Amount: providers.Amount{Minor: minor, Currency: usd}}
	case 1:
		return till.Draft{Provider: providers.XaiGate, Kind: providers.Invoice, Amount: providers.Amount{Minor: minor, Currency: usd}}
	case 2:
		return till.Draft{Provider: providers.Payneteasy, Kind: providers.Transfer, Amount: providers.Amount{Minor: minor, Currency: eur}}
	case 3:
		return till.Draft{Provider: providers.Oxipay, Kind: providers.Invite, Amount: providers.Amount{Minor: minor, Currency: aud}, Mobile: "0412345678", InviteAgain: true}
	}
	return till.Draft{Provider: providers.Oxipay, Kind: providers.Authorise, Amount: providers.Amount{Minor: minor, Currency: aud}, Code: w.code()}
}

// code is a code that no other customer has.
func (w *world) code() string {
	code := fmt.Sprintf("%s%04d", selectors[w.staff.below(len(selectors))], len(w.codes)+1)
	w.codes[code] = nil
	if w.staff.one(2) {
		return providers.CodePrefix + code
	}
	return code
}

// begin begins a payment for a customer. Asked whether this is the customer of
// an earlier payment, an honest operator says no for all others, and stops at
// this customer's own; then insist brings the manager.
func (w *world) begin(it *intent, d till.Draft, insist bool) {
	if d.Code != "" {
		w.codes[providers.BareCode(d.Code)] = it
	}
	for !w.run.dead.Load() {
		held := w.notSaved()
		a, err := w.run.till.Begin(context.Background(), w.run.session, d)
		w.rest()
		if err == nil && len(held) > 0 {
			w.fail(otherwise, "%s began while what became of %s was not saved", w.label(a.ID), w.label(held[0]))
		}
		var same *till.SameAmountError
		switch {
		case !errors.As(err, &same), w.ofIntent(it, same.Attempt.ID) && !insist:
			w.noteBegun(it, d, a, err)
			return
		case w.ofIntent(it, same.Attempt.ID):
			permit, err := w.permit(till.Override, "the customer insists")
			w.rest()
			if err != nil {
				w.say("mia cannot agree: %v", err)
				if !w.run.full.Load() && w.pins.of("mia").canBeIn(w.run) {
					w.fail(otherwise, "the manager cannot agree: %v", err)
				}
				return
			}
			w.say("mia agrees to charge the customer of %s again", w.label(same.Attempt.ID))
			it.overridden, insist, d.SameCustomer = true, false, &permit
		default:
			w.say("%s: this is not the customer of %s", w.run.session.Name, w.label(same.Attempt.ID))
			d.OtherCustomers = append(d.OtherCustomers, same.Attempt.ID)
		}
	}
}

func (w *world) noteBegun(it *intent, d till.Draft, a providers.Attempt, err error) {
	if err != nil {
		w.say("%s begins %s %s %s: %v", w.run.session.Name, d.Provider, d.Kind, d.Amount, err)
		return
	}
	if name := w.suspected(); name != "" && name != w.label(a.ID) && d.Provider == providers.Oxipay {
		w.fail(unasked, "%s began while %s says that the key may be wrong", w.label(a.ID), name)
	}
	it.attempts = append(it.attempts, a.ID)
	if len(it.attempts) == 1 {
		w.intents = append(w.intents, it)
	}
	w.say("%s began %s %s", w.run.session.Name, w.label(a.ID), d.Code)
}

func (w *world) ofIntent(it *intent, id string) bool {
	for _, a := range it.attempts {
		if a == id {
			return true
		}
	}
	return false
}

// sellTwice is Enter pressed twice.
func (w *world) sellTwice() {
	d := w.draft()
	if d.Kind == providers.Invite {
		return // a second SMS is no second payment
	}
	it := &intent{draft: d}
	w.calm.Store(true) // who comes first at a crash would be a matter of scheduling
	if d.Code != "" {
		w.codes[providers.BareCode(d.Code)] = it
	}
	a, err := w.run.till.Begin(context.Background(), w.run.session, d)
	_, twice := w.run.till.Begin(context.Background(), w.run.session, d)
	w.rest()
	w.calm.Store(false)
	w.noteBegun(it, d, a, err)
	if err == nil && twice == nil {
		w.fail(doubled, "Enter pressed twice began two payments")
	}
}

// known finds the attempts of a customer that the journal knows, and whether
// all of them are certainly over without money.
func (w *world) known(it *intent) (all []providers.Attempt, over bool) {
	over = true
	for _, id := range it.attempts {
		a, err := w.run.journal.Attempt(context.Background(), id)
		if err != nil {
			continue // a crash swallowed it before it was recorded
		}
		all = append(all, a)
		over = over && (a.State == providers.Declined || a.State == providers.Refused || a.State == providers.Cancelled)
	}
	return all, over
}

// again is a customer who was declined, with a new code.
func (w *world) again() {
	if len(w.intents) == 0 {
		return
	}
	it := w.intents[w.staff.below(len(w.intents))]
	all, over := w.known(it)
	if !over || it.draft.Kind == providers.Invite {
		return
	}
	d := it.draft
	if d.Code != "" {
		d.Code = w.code()
	}
	if len(all) > 0 {
		d.Sale = all[0].Sale
	}
	w.begin(it, d, false)
}

// other is a customer whose payment is not known and who pays once more: a
// manager must agree.
func (w *world) other() {
	if w.staff.one(2) {
		w.sell()
		w.pass(w.staff.between(time.Second, 5*time.Second))
	}
	for _, it := range w.intents {
		if it.draft.Code == "" || len(it.attempts) == 0 || w.last(it.attempts[len(it.attempts)-1]).State != providers.Unknown {
			continue
		}
		d := it.draft
		d.Code = w.code()
		if w.asksAbout(it, &d) {
			w.begin(it, d, true)
		}
		return
	}
}

// asksAbout says that the till asks whether this is the customer of an earlier
// payment, and it is. For half an hour it does; whoever comes later than that
// is not charged again by an honest operator.
func (w *world) asksAbout(it *intent, d *till.Draft) bool {
	for {
		var same *till.SameAmountError
		if err := w.run.till.Check(context.Background(), w.run.session, *d); !errors.As(err, &same) {
			return false
		}
		if w.ofIntent(it, same.Attempt.ID) {
			return true
		}
		d.OtherCustomers = append(d.OtherCustomers, same.Attempt.ID)
	}
}

// rescan is a code that was scanned before, for another amount.
func (w *world) rescan() {
	if len(w.intents) == 0 {
		return
	}
	it := w.intents[w.staff.below(len(w.intents))]
	if it.draft.Code == "" {
		return
	}
	earlier := w.last(it.attempts[0])
	if earlier.State != providers.Approved && earlier.State != providers.Unknown && earlier.State != providers.Sent {
		return
	}
	d := it.draft
	d.Amount.Minor += 100
	a, err := w.run.till.Begin(context.Background(), w.run.session, d)
	w.rest()
	if err == nil {
		w.fail(doubled, "%s began with the code of %s, which is %s", w.label(a.ID), w.label(earlier.ID), earlier.State)
	}
	w.say("%s scanned the code of %s again: %v", w.run.session.Name, w.label(earlier.ID), err)
}

// suspected finds a payment that says that the key may be wrong.
func (w *world) suspected() string {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, all := range w.shown {
		if a := all[len(all)-1].Attempt; a.KeySuspected && a.State == providers.Unknown {
			return w.labels[a.ID]
		}
	}
	return ""
}
