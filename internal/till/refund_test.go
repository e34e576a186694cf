package till

import (
	"context"
	"encoding/json"
	"errors"
	"path"
	"strings"
	"sync"
	"testing"

	"cashdesk/internal/journal"
	"cashdesk/providers"
	"cashdesk/providers/oxipay"
	"cashdesk/providers/sandbox"
)

// taken is a sale that the provider approved.
func (r *realShop) taken(minor int64, code string) providers.Attempt {
	r.t.Helper()
	return r.becomes(r.begin(sale(minor, code)).ID, providers.Approved)
}

// refund begins a refund on a manager's word in Tom's session.
func (c *counter) refund(sale providers.Attempt, minor int64) (providers.Attempt, error) {
	return c.till.Refund(context.Background(), c.tom, Permit{right: Refund, By: "mia", Reason: "brought back"}, sale.ID, money(minor))
}

// refunds begins a refund that nothing is wrong with.
func (c *counter) refunds(sale providers.Attempt, minor int64) providers.Attempt {
	c.t.Helper()
	a, err := c.refund(sale, minor)
	if err != nil {
		c.t.Fatalf("refund: %v", err)
	}
	return a
}

// undo begins the undoing of a refund.
func (c *counter) undo(refund providers.Attempt) (providers.Attempt, error) {
	return c.till.Undo(context.Background(), c.tom, Permit{right: Refund, By: "mia", Reason: "typed wrong"}, refund.ID)
}

// remains says what is left of a sale.
func (c *counter) remains(sale providers.Attempt, minor int64) {
	c.t.Helper()
	left, err := c.till.Refundable(context.Background(), sale.ID)
	if err != nil || left.Remaining != money(minor) {
		c.t.Errorf("%s remain, want %s; %v", left.Remaining, money(minor), err)
	}
}

// calls are the requests of one call that came, in order.
func (r *realShop) calls(name string) []string {
	var all []string
	for _, q := range r.box.Requests() {
		if path.Base(q.Path) == name {
			all = append(all, string(q.Body))
		}
	}
	return all
}

// sentField is a field of a request.
func sentField(t *testing.T, body, name string) any {
	t.Helper()
	var fields map[string]any
	if err := json.Unmarshal([]byte(body), &fields); err != nil {
		t.Fatal(err)
	}
	return fields[name]
}

var never = sandbox.Fault{Kind: sandbox.LoseAnswer, Unprocessed: true}
var unheard = sandbox.Fault{Kind: sandbox.LoseAnswer}

func TestARefundThatNeverArrivedIsSentAgainUnchangedAndMadeOnce(t *testing.T) {
	r := newRealShop(t, rightKey)
	a := r.taken(12550, "010203")
	r.faults.Store(oxipay.CallSalesAdjustment, never)
	back := r.refunds(a, 2000)
	back = r.becomes(back.ID, providers.Unknown)
	r.remains(a, 10550) // it may have been made
	r.faults.Delete(oxipay.CallSalesAdjustment)
	r.passes()
	back = r.becomes(back.ID, providers.Approved)
	sent := r.calls(oxipay.CallSalesAdjustment)
	if len(sent) != 2 || sent[0] != sent[1] {
		t.Fatalf("%d requests, or not the same bytes", len(sent))
	}
	for field, want := range map[string]any{"x_operator_id": "mia", "x_purchase_ref": a.Reference, "x_pos_transaction_ref": back.Reference} {
		if got := sentField(t, sent[0], field); got != want {
			t.Errorf("%s is %v, want %v", field, got, want)
		}
	}
	if made := r.box.Refunds(); len(made) != 1 || made[0].Amount != "20.00" || back.Reference == a.Reference {
		t.Errorf("the provider made %+v", made)
	}
	if back.Operator != "tom" || back.Of != a.ID || back.Sale != a.Sale {
		t.Errorf("it stands in the journal as %+v", back)
	}
	timeline, err := r.journal.Timeline(t.Context(), back.ID)
	if err != nil || timeline[1].By != "mia" || !strings.Contains(timeline[1].Note, "brought back") || timeline[2].Type != providers.EventSent {
		t.Errorf("who agreed, and why, does not stand before the send: %+v, %v", timeline, err)
	}
	if _, err := r.till.Undo(t.Context(), r.tom, Permit{}, back.ID); providers.KindOf(err) != providers.Forbidden {
		t.Errorf("Tom undoes it alone: %v", err)
	}
}

func TestARefundThatWasMadeUnheardStaysUnknownUntilItIsUndone(t *testing.T) {
	r := newRealShop(t, rightKey)
	a := r.taken(12550, "010203")
	r.faults.Store(oxipay.CallSalesAdjustment, unheard)
	back := r.refunds(a, 2000)
	r.becomes(back.ID, providers.Unknown)
	if _, err := r.refund(a, 500); !errors.Is(err, journal.ErrPending) {
		t.Errorf("a second refund beside one that is not known: %v", err)
	}
	r.faults.Delete(oxipay.CallSalesAdjustment)
	r.passes() // its reference is used up: that says nothing
	r.until(back.ID, func(a providers.Attempt) bool { return a.State == providers.Unknown && a.Code == "FPSA08" })

	undo, err := r.undo(back)
	if err != nil {
		t.Fatal(err)
	}
	r.becomes(back.ID, providers.Approved) // by the undoing the provider says that it was made
	if undo = r.attempt(undo.ID); undo.State != providers.Approved || undo.Of != back.ID || undo.Sale != a.Sale {
		t.Errorf("the undoing is %+v", undo)
	}
	if made := r.box.Refunds(); len(made) != 1 || made[0].UndoneBy != undo.Reference {
		t.Errorf("the provider has %+v", made)
	}
	r.remains(a, 12550)
	detail, err := r.till.Detail(t.Context(), r.mia, back.ID)
	if err != nil || !detail.Undone[back.ID] || detail.Words != undoneWords {
		t.Errorf("its page says %+v, %v", detail.Words, err)
	}
	if _, err := r.undo(back); !errors.Is(err, journal.ErrUndone) {
		t.Errorf("undone twice: %v", err)
	}
	for _, who := range []Session{r.tom, r.mia} {
		if err := r.till.CheckNow(t.Context(), who, back.ID, true); providers.KindOf(err) != providers.Conflict {
			t.Errorf("%s may send it again: %v", who.Name, err)
		}
	}
	r.restart("1.0")
	r.stop()
	if n := len(r.calls(oxipay.CallSalesAdjustment)); n != 2 {
		t.Errorf("the refund was sent %d times", n)
	}
	r.start()
}

func TestOfTwoRefundsAtOnceFromTwoTillsOneIsRecorded(t *testing.T) {
	r := newRealShop(t, rightKey)
	a := r.taken(12550, "010203")
	other := r.beside()
	var wait sync.WaitGroup
	errs := make([]error, 2)
	for i, till := range []*Till{r.till, other} {
		wait.Go(func() {
			_, errs[i] = till.Refund(context.Background(), r.mia, Permit{right: Refund, By: "mia", Reason: "brought back"}, a.ID, money(12550))
		})
	}
	wait.Wait()
	if (errs[0] == nil) == (errs[1] == nil) {
		t.Fatalf("they ended with %v and %v", errs[0], errs[1])
	}
	if err := errors.Join(errs...); !errors.Is(err, journal.ErrPending) && !errors.Is(err, journal.ErrRemaining) {
		t.Errorf("one was refused with %v", err)
	}
	all, err := r.journal.Refunds(t.Context(), a.ID)
	if err != nil || len(all.All) != 1 {
		t.Fatalf("%d refunds are recorded, %v", len(all.All), err)
	}
	maker := r.till // the other one would hear of it by its clock, which stands still here
	if errs[0] != nil {
		maker = other
	}
	if back, err := maker.Await(t.Context(), all.All[0].ID); err != nil || back.State != providers.Approved {
		t.Errorf("it is %s, %v", back.State, err)
	}
	if n := len(r.box.Refunds()); n != 1 {
		t.Errorf("the provider made %d", n)
	}
}

// beside is the till of another process at the same journal.
func (r *realShop) beside() *Till {
	r.t.Helper()
	j, err := journal.Open(context.Background(), r.path, journal.Options{Key: r.key, Mode: journal.Test, Now: r.clock.Now, Version: r.version})
	if err != nil {
		r.t.Fatal(err)
	}
	other := New(Config{
		Journal: j, Staff: r.staff, Vault: r.staff, Clock: r.clock, Counter: "2", Test: true, Version: r.version, Gateways: []providers.Gateway{r.client()},
	})
	if err := other.StartBeside(context.Background()); err != nil {
		r.t.Fatal(err)
	}
	r.t.Cleanup(func() {
		other.Close()
		_ = j.Close()
	})
	return other
}

func TestARefundUnderAWrongKeyStopsOxipayAndGoesAtMostOnceMore(t *testing.T) {
	r := newRealShop(t, rightKey)
	a := r.taken(12550, "010203")
	r.setOutside(wrongKey)
	back := r.refunds(a, 2000)
	r.until(back.ID, func(a providers.Attempt) bool { return a.KeySuspected })
	if _, err := r.till.Begin(t.Context(), r.tom, sale(990, "010999")); providers.KindOf(err) != providers.Credentials {
		t.Errorf("a sale begins with a key that may be wrong: %v", err)
	}
	r.setOutside(rightKey)
	if err := r.till.TakeUp(t.Context()); err != nil {
		t.Fatal(err)
	}
	now := r.until(back.ID, givenUp).Attempt
	if now.State != providers.Unknown || now.KeySuspected {
		t.Errorf("it is %s, key suspected %t", now.State, now.KeySuspected)
	}
	undo, err := r.undo(back) // it never happened: there is nothing to undo
	if err != nil {
		t.Fatal(err)
	}
	if undo = r.becomes(undo.ID, providers.Declined); undo.Code != "FPAR01" {
		t.Errorf("the undoing ended with %s", undo.Code)
	}
	if _, err := r.till.Settle(t.Context(), r.mia, r.permit(Settle), back.ID, false); err != nil {
		t.Fatal(err)
	}
	r.becomes(r.refunds(a, 2000).ID, providers.Approved)
	if made := r.box.Refunds(); len(made) != 1 || made[0].UndoneBy != "" {
		t.Errorf("the provider made %+v", made)
	}
}
