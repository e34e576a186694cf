package till

import (
	"context"
	"reflect"
	"slices"
	"testing"
	"time"

	"cashdesk/keystore"
	"cashdesk/providers"
)

// deed is an exported method as somebody does it. with is what a manager agreed
// to, empty without.
type deed struct {
	right Right // that a manager has; "" where anybody who is signed in may
	do    func(c *counter, s Session, with Permit) error
}

func noResult[T any](_ T, err error) error { return err }

// deeds is the table of everything that takes a session.
var deeds = map[string]deed{
	"SetKey": {Keys, func(c *counter, s Session, with Permit) error {
		return c.till.SetKey(c.t.Context(), s, with, keystore.XaiGateAPIKey, "fdda9f03-6409-43eb-a6ef-e1f6cea71c2e", false)
	}},
	"KeyStates": {Keys, func(c *counter, s Session, with Permit) error {
		return noResult(c.till.KeyStates(c.t.Context(), s, with))
	}},
	"SeeAll": {AllHistory, func(c *counter, s Session, with Permit) error { return noResult(c.till.SeeAll(c.t.Context(), s, with)) }},
	"Personal": {Unmask, func(c *counter, s Session, with Permit) error {
		return noResult(c.till.Personal(c.t.Context(), s, with, c.unknownSale(100, "010203").ID))
	}},
	"Settle": {Settle, func(c *counter, s Session, with Permit) error {
		return noResult(c.till.Settle(c.t.Context(), s, with, c.unknownSale(100, "010203").ID, false))
	}},
	"Review": {Settle, func(c *counter, s Session, with Permit) error {
		a := c.unknownSale(100, "010203")
		late := providers.Event{Type: providers.EventSettled, Attempt: a.ID, To: providers.Declined}
		if _, err := c.journal.Append(c.t.Context(), late); err != nil {
			return err
		}
		if _, err := c.journal.Append(c.t.Context(), providers.Event{Type: providers.EventContradicted, Attempt: a.ID}); err != nil {
			return err
		}
		return noResult(c.till.Review(c.t.Context(), s, with, a.ID))
	}},
	"CheckWith": {Settle, func(c *counter, s Session, with Permit) error {
		return c.till.CheckWith(c.t.Context(), s, with, c.unknownSale(100, "010203").ID)
	}},

	"Begin": {do: func(c *counter, s Session, _ Permit) error {
		return noResult(c.till.Begin(c.t.Context(), s, sale(100, "010203")))
	}},
	"BeginOnce": {do: func(c *counter, s Session, _ Permit) error {
		_, _, err := c.till.BeginOnce(c.t.Context(), s, sale(100, "010203"))
		return err
	}},
	"Same": {do: func(c *counter, s Session, _ Permit) error {
		_, _, err := c.till.Same(c.t.Context(), s, sale(100, "010203"))
		return err
	}},
	"Check": {do: func(c *counter, s Session, _ Permit) error {
		return c.till.Check(c.t.Context(), s, sale(100, "010203"))
	}},
	"CheckNow": {do: func(c *counter, s Session, _ Permit) error {
		return c.till.CheckNow(c.t.Context(), s, c.unknownSale(100, "010203").ID, true)
	}},
	"CloseUnknown": {do: func(c *counter, s Session, _ Permit) error {
		return noResult(c.till.CloseUnknown(c.t.Context(), s, c.unknownSale(100, "010203").ID, "left"))
	}},
	"PutAside": {do: func(c *counter, s Session, _ Permit) error {
		return noResult(c.till.PutAside(c.t.Context(), s, c.opens(c.oxapay, invoice(providers.OxaPay, 3500)).ID))
	}},
	"History": {do: func(c *counter, s Session, _ Permit) error {
		return noResult(c.till.History(c.t.Context(), s, Query{}))
	}},
	"Totals": {do: func(c *counter, s Session, _ Permit) error { return noResult(c.till.Totals(c.t.Context(), s, Query{})) }},
	"Detail": {do: func(c *counter, s Session, _ Permit) error {
		return noResult(c.till.Detail(c.t.Context(), s, c.unknownSale(100, "010203").ID))
	}},
	"Unlock":  {do: func(c *counter, s Session, _ Permit) error { return c.till.Unlock(c.t.Context(), s, "1357") }},
	"SignOut": {do: func(c *counter, s Session, _ Permit) error { return c.till.SignOut(c.t.Context(), s) }},
}

// asking is what decides about rights itself.
var asking = []string{"Permit", "Vouch", "May"}

// TestEveryDeedHasARowInTheTableOfRights: a new one that is not thought about
// fails it.
func TestEveryDeedHasARowInTheTableOfRights(t *testing.T) {
	till, session := reflect.TypeFor[*Till](), reflect.TypeFor[Session]()
	for i := range till.NumMethod() {
		m := till.Method(i)
		takes := false
		for n := range m.Type.NumIn() {
			takes = takes || m.Type.In(n) == session
		}
		if _, row := deeds[m.Name]; takes && !row && !slices.Contains(asking, m.Name) {
			t.Errorf("%s takes a session, and nobody says who may do it", m.Name)
		}
	}
}

func TestWhatIsAManagersIsRefusedToAnOperatorAndDoneOnAManagersWord(t *testing.T) {
	for name, d := range deeds {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := newCounter(t)
			if d.right == "" {
				if err := d.do(c, c.tom, Permit{}); err != nil {
					t.Errorf("an operator may not: %v", err)
				}
				return
			}
			other := c.other(d.right)
			for _, with := range []Permit{{}, other} {
				before := c.counted(providers.EventDenied)
				if err := d.do(c, c.tom, with); providers.KindOf(err) != providers.Forbidden {
					t.Errorf("an operator may with the word for %q: %v", with.right, err)
				}
				if n := c.counted(providers.EventDenied); n != before+1 {
					t.Errorf("%d refusals in the journal, want %d", n, before+1)
				}
				c = newCounter(t)
			}
			permit, err := c.till.Permit(c.t.Context(), c.tom, d.right, Manager{ID: "mia", PIN: "2468"}, "the customer waits")
			if err != nil {
				t.Fatal(err)
			}
			if err := d.do(c, c.tom, permit); err != nil {
				t.Errorf("not on a manager's word: %v", err)
			}
			c.wasAgreed(d.right, "mia", "the customer waits")
		})
	}
}

// other is a manager's word for something else.
func (c *counter) other(r Right) Permit {
	if r == Override {
		return c.permit(Settle)
	}
	return c.permit(Override)
}

// wasAgreed says that the journal has who agreed to what, in which session, when and why.
func (c *counter) wasAgreed(r Right, by, why string) {
	c.t.Helper()
	all, err := c.journal.CounterEvents(context.Background(), []providers.EventType{providers.EventAllowed}, by, time.Time{}, 10)
	if err != nil || len(all) == 0 || all[0].Note != string(r)+": "+why || all[0].Session != c.tom.ID || all[0].At.IsZero() {
		c.t.Errorf("the journal says %+v, %v", all, err)
	}
}

// TestTheTableOfRights is the shop's rule, line by line.
func TestTheTableOfRights(t *testing.T) {
	operators := []Right{Charge, CloseSale}
	c := newCounter(t)
	for r := range rights {
		if !c.till.May(c.mia, r) {
			t.Errorf("a manager may not %s", r)
		}
		if got, want := c.till.May(c.tom, r), slices.Contains(operators, r); got != want {
			t.Errorf("an operator may %s: %t", r, got)
		}
		if c.till.May(Session{Operator: "eve", Role: "guest"}, r) || c.till.May(Session{}, r) {
			t.Errorf("nobody in particular may %s", r)
		}
	}
}

func TestAnOperatorsPINIsNoManagersWord(t *testing.T) {
	c := newCounter(t)
	for r := range rights {
		if c.till.May(c.tom, r) {
			continue
		}
		before := c.counted(providers.EventDenied)
		if p, err := c.till.Permit(context.Background(), c.tom, r, Manager{ID: "tom", PIN: "1357"}, "let me"); err == nil || p != (Permit{}) {
			t.Errorf("Tom agrees to %q himself", r)
		}
		if c.counted(providers.EventDenied) != before+1 {
			t.Errorf("the journal does not know that Tom tried to %s", r)
		}
	}
}
