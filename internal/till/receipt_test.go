package till

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/oklog/ulid/v2"

	"cashdesk/internal/journal"
	"cashdesk/providers"
	"cashdesk/providers/oxipay"
)

// newReceiptShop is a shop whose own till makes the receipt numbers.
func newReceiptShop(t *testing.T) *realShop {
	r := newRealShop(t, rightKey)
	r.stop()
	r.receipts = true
	r.start()
	return r
}

// due says how many receipt numbers are missing.
func (r *realShop) due(want int) {
	r.t.Helper()
	all, err := r.till.ReceiptsDue(context.Background())
	st, unread := r.till.Status(context.Background())
	if err := errors.Join(err, unread); err != nil || len(all) != want || st.Receipts != want {
		r.t.Errorf("%d are due, the header says %d, want %d; %v", len(all), st.Receipts, want, err)
	}
}

// gives gives a sale its receipt number.
func (c *counter) gives(a providers.Attempt, number string) {
	c.t.Helper()
	if _, err := c.till.Receipt(context.Background(), c.tom, a.ID, number); err != nil {
		c.t.Fatalf("receipt: %v", err)
	}
}

func isStored(a providers.Attempt) bool { return a.ReceiptStored }

func TestAReceiptNumberReachesTheProviderAlsoOverARestart(t *testing.T) {
	r := newReceiptShop(t)
	a := r.taken(12550, "010203")
	r.due(1)
	r.faults.Store(oxipay.CallSendReceipt, never)
	r.gives(a, "R-77")
	r.due(0) // nobody has to do anything
	if pause := r.passes(); pause != clerkPauses[0] {
		t.Errorf("it goes again after %s", pause)
	}
	if err := r.clock.rests(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, err := r.till.Receipt(t.Context(), r.tom, a.ID, "R-78"); !errors.Is(err, journal.ErrReceipt) {
		t.Errorf("another number while nobody knows of the first: %v", err)
	}
	r.restart("1.0")
	if err := r.clock.rests(t.Context()); err != nil { // it was sent once more by now
		t.Fatal(err)
	}
	r.faults.Delete(oxipay.CallSendReceipt)
	r.passes()
	r.until(a.ID, isStored)
	if stored := r.box.Books("").Receipts; len(stored) != 1 || stored[0].Number != "R-77" || stored[0].Reference != a.Reference {
		t.Errorf("the provider has %+v", stored)
	}
	if now := r.attempt(a.ID); now.ReceiptDue || now.Receipt != "R-77" {
		t.Errorf("it stands as %+v", now)
	}
	if _, err := r.till.Receipt(t.Context(), r.tom, a.ID, "R-79"); providers.KindOf(err) != providers.Conflict {
		t.Errorf("a stored number was replaced: %v", err)
	}
	back := r.becomes(r.refunds(a, 2000).ID, providers.Approved)
	if ref := sentField(t, r.calls(oxipay.CallSalesAdjustment)[0], "x_purchase_ref"); ref != "R-77" || back.Of != a.ID {
		t.Errorf("the refund names its sale %v", ref)
	}
	r.due(0)
}

// TestARefundUnderTheTemporaryReferenceStaysNotKnownWhenTheNumberTookItsPlace: the
// first request was made unheard, and its repeat finds no sale of that name.
func TestARefundUnderTheTemporaryReferenceStaysNotKnownWhenTheNumberTookItsPlace(t *testing.T) {
	r := newReceiptShop(t)
	a := r.taken(12550, "010203")
	r.faults.Store(oxipay.CallSalesAdjustment, unheard)
	back := r.refunds(a, 12550)
	r.becomes(back.ID, providers.Unknown)
	r.faults.Delete(oxipay.CallSalesAdjustment)
	r.gives(a, "R-77")
	r.until(a.ID, isStored)
	r.passes()
	now := r.until(back.ID, func(a providers.Attempt) bool { return a.Code == "FPSA01" }).Attempt
	if now.State != providers.Unknown || now.Reason != providers.OnResend {
		t.Errorf("it is %s, %s", now.State, now.Reason)
	}
	r.remains(a, 0)
	if _, err := r.refund(a, 12550); !errors.Is(err, journal.ErrPending) {
		t.Errorf("it is refunded twice: %v", err)
	}
	if made := r.box.Refunds(); len(made) != 1 {
		t.Errorf("the provider made %+v", made)
	}
}

func TestWithTheWrongKeyAReceiptNumberWaitsForTheRightOne(t *testing.T) {
	r := newReceiptShop(t)
	a := r.taken(12550, "010203")
	r.setOutside(wrongKey)
	r.gives(a, "R-77")
	r.restart("1.0") // whatever was on its way has ended
	for r.till.quickStatus().Lights[providers.Oxipay] == LightDark {
		r.settles()
	}
	sent := len(r.calls(oxipay.CallSendReceipt))
	r.setOutside(rightKey)
	if err := r.till.TakeUp(t.Context()); err != nil {
		t.Fatal(err)
	}
	r.until(a.ID, isStored)
	if n := len(r.calls(oxipay.CallSendReceipt)); n != sent+1 {
		t.Errorf("it was sent %d times with the wrong key, and %d times in all", sent, n)
	}
}

// settles waits until nothing waits for its time.
func (c *counter) settles() {
	c.t.Helper()
	if err := c.clock.waits(c.t.Context(), 0); err != nil {
		c.t.Fatal(err)
	}
	c.clock.mu.Unlock()
}

func TestARefusedReceiptNumberMayBeGivenAnew(t *testing.T) {
	c := newCounter(t)
	first, second := c.sold(5000, "010203"), c.sold(6000, "010204")
	c.gives(first, "R-1")
	if got := c.oxipay.gets(); got != "receipt "+first.Reference+" R-1 tom" {
		t.Errorf("sent was %q", got)
	}
	c.oxipay.answers <- providers.Answer{State: providers.Declined, Code: "FSER02", HTTPStatus: 200}
	c.until(first.ID, func(a providers.Attempt) bool { return a.ReceiptCode == "FSER02" })
	if due, err := c.till.ReceiptsDue(t.Context()); err != nil || len(due) != 1 || due[0].ID != first.ID {
		t.Errorf("due is %+v, %v", due, err)
	}
	c.gives(first, "R-2")
	c.oxipay.gets()
	c.oxipay.answers <- done
	c.until(first.ID, isStored)
	for _, taken := range []string{"R-2", first.Reference} {
		if _, err := c.till.Receipt(t.Context(), c.tom, second.ID, taken); !errors.Is(err, journal.ErrReceipt) {
			t.Errorf("two payments are %s: %v", taken, err)
		}
	}
	for _, wrong := range []string{"", strings.Repeat("9", 65), "a\tb"} {
		if _, err := c.till.Receipt(t.Context(), c.tom, second.ID, wrong); providers.KindOf(err) != providers.Input {
			t.Errorf("the number %q: %v", wrong, err)
		}
	}
	want := []providers.EventType{providers.EventReceipt, providers.EventReceiptRefused, providers.EventReceipt, providers.EventReceiptStored}
	if all := c.events(first.ID); !slices.Equal(all[len(all)-4:], want) {
		t.Errorf("its timeline ends with %v", all)
	}
}

func TestANumberThatAnotherProcessWasRefusedMeanwhileIsNotSentAgain(t *testing.T) {
	c := newCounter(t)
	first, second, third := c.sold(5000, "010203"), c.sold(6000, "010204"), c.sold(7000, "010205")
	for i, a := range []providers.Attempt{first, second, third} {
		c.gives(a, fmt.Sprintf("R-%d", i+1))
		c.oxipay.gets()
		c.oxipay.answers <- lost
		if err := c.clock.rests(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	c.passes()
	c.oxipay.gets() // the first number goes out once more; the others wait for it
	for _, e := range []providers.Event{
		{Type: providers.EventReceiptRefused, Attempt: second.ID, Receipt: "R-2", Code: "FSER02"},
		{Type: providers.EventReceipt, Attempt: second.ID, Receipt: "R-9"},
		{Type: providers.EventReceiptRefused, Attempt: third.ID, Receipt: "R-3", Code: "FSER02"},
	} {
		if _, err := c.journal.Append(t.Context(), e); err != nil {
			t.Fatal(err)
		}
	}
	c.oxipay.answers <- done
	if got := c.oxipay.gets(); got != "receipt "+second.Reference+" R-9 tom" {
		t.Errorf("sent was %q", got)
	}
	c.oxipay.answers <- done
	c.until(second.ID, isStored)
	c.settles()
	if now := c.attempt(second.ID); now.Receipt != "R-9" {
		t.Errorf("stored is %s", now.Receipt)
	}
	if now := c.attempt(third.ID); now.ReceiptStored || len(c.oxipay.arrived) != 0 {
		t.Errorf("what was refused was sent: %+v", now)
	}
}

func TestAReceiptNumberThatTellsNothingIsSentMoreAndMoreSeldom(t *testing.T) {
	c := newCounter(t)
	a := c.sold(5000, "010203")
	c.gives(a, "R-1")
	var pauses []time.Duration
	for range 7 {
		c.oxipay.gets()
		c.oxipay.answers <- lost
		pauses = append(pauses, c.passes())
	}
	if want := append(slices.Clone(clerkPauses), clerkPauses[4], clerkPauses[4]); !slices.Equal(pauses, want) {
		t.Errorf("the pauses were %v", pauses)
	}
	c.oxipay.gets()
	c.oxipay.answers <- done
	c.until(a.ID, isStored)
	c.settles()
}

func TestOnlyASaleWithoutAReferenceOfTheShopsOwnIsDueItsNumber(t *testing.T) {
	r := newReceiptShop(t)
	own := sale(12550, "010203")
	own.Sale = "ORDER-5"
	if a := r.becomes(r.begin(own).ID, providers.Approved); a.ReceiptDue {
		t.Error("a sale with the shop's own reference is due a number")
	}
	first := r.becomes(r.begin(sale(8000, "130204")).ID, providers.Declined)
	again := sale(8000, "010205")
	again.Sale = first.Sale
	if a := r.becomes(r.begin(again).ID, providers.Approved); !a.ReceiptDue {
		t.Error("the second attempt of a sale with a temporary reference is not")
	}
	r.due(1) // nothing was sold in the first attempt
}

// TestASaleThatWasFirstTriedOtherwiseIsDueItsNumberToo: a customer breaks off an
// invoice and pays with Oxipay, under the same temporary reference.
func TestASaleThatWasFirstTriedOtherwiseIsDueItsNumberToo(t *testing.T) {
	c := newCounter(t)
	c.till.config.ReceiptNumbers = true
	for name, row := range map[string]struct {
		first Draft
		sale  string
		due   bool
	}{
		"an invoice":                          {invoice(providers.OxaPay, 3500), "", true},
		"a transfer":                          {Draft{Provider: providers.Payneteasy, Kind: providers.Transfer, Amount: money(3600)}, "", true},
		"an invoice under the shop's own":     {invoice(providers.OxaPay, 3700), "ORDER-5", false},
		"the shop's own, made a while before": {invoice(providers.XaiGate, 3800), ulid.MustNew(ulid.Timestamp(c.clock.Now().Add(-time.Minute)), rand.Reader).String(), false},
	} {
		t.Run(name, func(t *testing.T) {
			row.first.Sale = row.sale
			first := c.begin(row.first)
			g := c.script(first.Provider)
			g.gets()
			g.answers <- providers.Answer{State: providers.Declined, HTTPStatus: 200}
			c.becomes(first.ID, providers.Declined)
			d := sale(1, "010203")
			d.Sale, d.Amount = first.Sale, first.Amount
			a := c.begin(d)
			c.oxipay.gets()
			c.oxipay.answers <- declined
			if a = c.becomes(a.ID, providers.Declined); a.ReceiptDue != row.due || first.ReceiptDue {
				t.Errorf("a number is due: %v, of the first %v", a.ReceiptDue, first.ReceiptDue)
			}
		})
	}
}
