package till

import (
	"context"

	"cashdesk/internal/journal"
	"cashdesk/providers"
)

// Query, Page and Total are the journal's; screens know them by the till's
// name only.
type (
	Query = journal.Query
	Page  = journal.Page
	Total = journal.Total
)

// History gives a page of payments, newest first: staff see their own, a
// manager everybody's, and so does a session that SeeAll gave. Personal data is
// masked.
func (t *Till) History(ctx context.Context, s Session, q Query) (Page, error) {
	page, err := t.config.Journal.Page(ctx, t.own(s, q))
	for i := range page.Attempts {
		page.Attempts[i].Personal = page.Attempts[i].Personal.Masked()
	}
	return page, err
}

// Totals sums the payments of a query by state and currency.
func (t *Till) Totals(ctx context.Context, s Session, q Query) ([]Total, error) {
	return t.config.Journal.Totals(ctx, t.own(s, q))
}

// SeeAll is a session that sees everybody's payments, on a manager's word. It
// is for the page that asked; the session itself stays as it was.
func (t *Till) SeeAll(ctx context.Context, s Session, p Permit) (Session, error) {
	if err := t.need(ctx, s, p, AllHistory); err != nil {
		return s, err
	}
	s.all = true
	return s, nil
}

func (t *Till) own(s Session, q Query) Query {
	if !s.all && !t.May(s, AllHistory) {
		q.Operator = s.Operator
	}
	return q
}

// Unsettled lists what belongs to the counter: payments on their way, not
// known, open, put aside, late, or contradicted. Everybody signed in sees them.
// An invitation is no payment: nothing of it has to be settled.
func (t *Till) Unsettled(ctx context.Context) ([]providers.Attempt, error) {
	unfinished, err := t.config.Journal.Unfinished(ctx)
	var all []providers.Attempt
	for _, a := range unfinished {
		if a.Kind != providers.Invite {
			a.Personal = a.Personal.Masked()
			all = append(all, a)
		}
	}
	return all, err
}

// Detail is one payment with everything that happened to it.
type Detail struct {
	Attempt  providers.Attempt
	Words    providers.Words
	Timeline []providers.Event
	Sale     []providers.Attempt // all attempts of the same sale, oldest first
	Undone   map[string]bool     // the refunds of it that were undone, by id
}

// Detail looks one payment up, its personal data masked. Staff see their own,
// whatever is unfinished, and what was finished while they were there; others'
// in a session that SeeAll gave.
func (t *Till) Detail(ctx context.Context, s Session, id string) (Detail, error) {
	a, err := t.config.Journal.Attempt(ctx, id)
	if err != nil {
		return Detail{}, err
	}
	if !sees(s, a) {
		if err := t.require(ctx, s, AllHistory); err != nil {
			return Detail{}, err
		}
	}
	events, err := t.config.Journal.Timeline(ctx, id)
	if err != nil {
		return Detail{}, err
	}
	sale, err := t.config.Journal.BySale(ctx, a.Sale)
	if err != nil {
		return Detail{}, err
	}
	undone := undoneIn(sale)
	words := t.Words(a)
	if undone[a.ID] {
		words = undoneWords
	}
	a.Personal = a.Personal.Masked()
	for i := range sale {
		sale[i].Personal = sale[i].Personal.Masked()
	}
	return Detail{Attempt: a, Words: words, Timeline: events, Sale: sale, Undone: undone}, nil
}

// Personal shows the customer's data of a payment, on a manager's word. The
// payment's timeline keeps who looked, and why.
func (t *Till) Personal(ctx context.Context, s Session, p Permit, id string) (providers.Personal, error) {
	if err := t.need(ctx, s, p, Unmask); err != nil {
		return providers.Personal{}, err
	}
	a, err := t.config.Journal.Append(ctx, providers.Event{Type: providers.EventNoted, Attempt: id, By: p.By, Session: s.ID, Note: "personal data was shown: " + p.Reason})
	return a.Personal, err
}
