package till

import (
	"context"
	"errors"
	"time"

	"cashdesk/providers"
)

// Light says how the last exchange with a provider went.
type Light string

// The lights.
const (
	LightDark Light = ""    // nothing was asked yet
	LightGood Light = "ok"  // the last answer could be used
	LightBad  Light = "bad" // no usable answer
	LightOff  Light = "off" // not set up
)

// clockSlack is how far the machine's clock may be from a provider's before
// the header warns.
const clockSlack = 2 * time.Minute

// Status is what the header shows.
type Status struct {
	Lights  map[providers.Provider]Light
	Waiting int // payments whose first answer is awaited
	Open    int // invoices that can be paid
	Unknown int // payments that are not known, or must be looked at
	// Receipts are approved sales whose receipt number is missing, or was refused.
	Receipts int
	Unsaved  int           // verdicts that are not written down yet
	Offset   time.Duration // our clock minus the provider's, when it matters
	NoEcho   int           // answers of this run that came without the token that was sent
	Doubt    error         // the journal does not fit its anchor: an older copy, perhaps
	// KeySuspected: a provider said that our key may be wrong, so that nothing
	// new begins with it until a manager has set the right one.
	KeySuspected bool
	// KeystoreDoubt: the keystore is not the one that the journal noted last.
	KeystoreDoubt error
}

// Status counts what is going on. Beside an error it still says what is known
// without the journal: a verdict that is not saved above all.
func (t *Till) Status(ctx context.Context) (Status, error) {
	st := t.quickStatus()
	all, err := t.config.Journal.Unfinished(ctx)
	for _, a := range all {
		st.KeySuspected = st.KeySuspected || suspects(a)
		switch {
		case a.Kind == providers.Invite: // no payment
		case a.State == providers.Recorded, a.State == providers.Sent:
			st.Waiting++
		case a.State == providers.Unknown, a.Contradicted, a.PossibleDouble:
			st.Unknown++
		case a.State == providers.Open, a.State == providers.PartlyPaid:
			st.Open++
		}
	}
	due, unread := t.config.Journal.ReceiptsDue(ctx)
	st.Receipts = len(due)
	return st, errors.Join(err, unread)
}

// quickStatus is what is known without the journal.
func (t *Till) quickStatus() Status {
	t.mu.Lock()
	defer t.mu.Unlock()
	st := Status{Lights: map[providers.Provider]Light{}, Doubt: t.doubt, KeystoreDoubt: t.keystoreDoubt}
	for _, p := range providers.All {
		st.Lights[p] = t.lights[p]
		if t.gateways[p] == nil {
			st.Lights[p] = LightOff
		}
	}
	st.Unsaved, st.NoEcho = t.unsaved, t.noEcho
	if t.offset.Abs() > clockSlack {
		st.Offset = t.offset
	}
	return st
}

// met notes how an exchange went.
func (t *Till) met(p providers.Provider, answer providers.Answer) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.lights[p] = LightGood
	if !usable(answer) {
		t.lights[p] = LightBad
	}
	if answer.NoEcho {
		t.noEcho++
	}
	if !answer.ServerDate.IsZero() {
		t.offset = t.config.Clock.Now().Sub(answer.ServerDate)
	}
}

// usable says that an exchange told something: a page of the hot spot's in
// place of the provider's answer does not, though it came with status 200. An
// unknown that the provider signed is an answer.
func usable(a providers.Answer) bool {
	if a.HTTPStatus == 0 || a.HTTPStatus >= 500 || a.KeySuspected {
		return false
	}
	return a.State != providers.Unknown || a.Signature == providers.SignatureValid
}
