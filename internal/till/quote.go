package till

import (
	"context"
	"encoding/json"
	"time"

	"cashdesk/providers"
)

// Shelf keeps small things that are nice to have when a provider does not
// answer; all of it may be lost.
type Shelf interface {
	// Keep writes something down under a name.
	Keep(name string, data []byte) error
	// Kept reads it, with the time when it was kept.
	Kept(name string) (data []byte, at time.Time, err error)
}

// Quote asks a provider for the limits and the commission of an amount, before
// anything is begun.
func (t *Till) Quote(ctx context.Context, s Session, p providers.Provider, a providers.Amount) (providers.Quote, error) {
	if err := t.require(ctx, s, Charge); err != nil {
		return providers.Quote{}, err
	}
	if err := t.blocked(ctx, p); err != nil {
		return providers.Quote{}, err
	}
	quoter, can := t.gateways[p].(providers.Quoter)
	if !can {
		return providers.Quote{}, conflict(p.Title()+" tells no limits beforehand", "")
	}
	q, answer := quoter.Quote(ctx, a)
	if answer.State != providers.Approved || answer.HTTPStatus != 0 { // else nobody had to be asked
		t.met(p, answer)
	}
	if answer.State != providers.Approved {
		return providers.Quote{}, t.untold(p, "its limits and commission", answer)
	}
	return q, nil
}

// Follows says whether what becomes of a payment as it stands is asked for.
func (t *Till) Follows(a providers.Attempt) bool { return t.follows(a) }

// TakesMore says whether money can still be sent for an invoice: none is on its way
// yet, or its provider adds payments up.
func (t *Till) TakesMore(a providers.Attempt) bool {
	switch {
	case a.State == providers.Open && !a.Confirming:
		return true
	case a.State == providers.Open, a.State == providers.PartlyPaid:
		collector, collects := t.gateways[a.Provider].(providers.Collector)
		return collects && collector.TakesMore(a)
	}
	return false
}

// Accepted lists the currencies that a provider takes for this merchant: as it
// says now, which is fresh, or as it said last, when it does not answer; see
// AcceptedAge. The error is nil beside an old list.
func (t *Till) Accepted(ctx context.Context, s Session, p providers.Provider) (list []string, fresh bool, err error) {
	if err := t.require(ctx, s, Charge); err != nil {
		return nil, false, err
	}
	lister, can := t.gateways[p].(providers.Lister)
	if !can {
		return nil, false, conflict(p.Title()+" does not tell what it takes", "")
	}
	list, answer := lister.Accepted(ctx)
	t.met(p, answer)
	if answer.State == providers.Approved {
		t.keepAccepted(p, list)
		return list, true, nil
	}
	if old, _ := t.keptAccepted(p); len(old) > 0 {
		return old, false, nil
	}
	return nil, false, t.untold(p, "what it takes", answer)
}

// AcceptedAge is how old the list is that is kept of a provider; false when
// there is none.
func (t *Till) AcceptedAge(p providers.Provider) (time.Duration, bool) {
	list, at := t.keptAccepted(p)
	return max(t.config.Clock.Now().Sub(at), 0), len(list) > 0
}

func acceptedName(p providers.Provider) string { return "accepted-" + string(p) }

func (t *Till) keepAccepted(p providers.Provider, list []string) {
	if t.config.Shelf == nil {
		return
	}
	data, err := json.Marshal(list)
	if err == nil {
		err = t.config.Shelf.Keep(acceptedName(p), data)
	}
	if err != nil {
		t.config.Log.Error("what a provider takes could not be kept", "provider", p, "error", err)
	}
}

// keptAccepted reads the list that was kept; nothing if there is none that can
// be read.
func (t *Till) keptAccepted(p providers.Provider) ([]string, time.Time) {
	if t.config.Shelf == nil {
		return nil, time.Time{}
	}
	data, at, err := t.config.Shelf.Kept(acceptedName(p))
	var list []string
	if err != nil || json.Unmarshal(data, &list) != nil {
		return nil, time.Time{}
	}
	return list, at
}

// untold says that a provider did not tell something.
func (t *Till) untold(p providers.Provider, what string, answer providers.Answer) error {
	text := p.Title() + " did not tell " + what
	if why := answer.Reason.Staff(); why != "" {
		text += ": " + why
	}
	hint := "try again in a moment"
	if code, listed := t.gateways[p].Lookup(answer.Code); listed && code.Next != "" {
		hint = code.Next
	}
	return &providers.Error{Kind: providers.ProviderFault, Text: text, Hint: hint}
}
