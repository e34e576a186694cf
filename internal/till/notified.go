package till

import (
	"context"
	"errors"
	"slices"
	"time"

	"cashdesk/internal/journal"
	"cashdesk/providers"
)

// Named finds the invoice that a provider's notice is about; not found is one
// that is none of this shop's, or whose two names are of different invoices.
func (t *Till) Named(ctx context.Context, p providers.Provider, n providers.Notice) (a providers.Attempt, found bool, err error) {
	all, err := t.config.Journal.ByProviderRef(ctx, p, n.ProviderRef)
	if err != nil {
		return a, false, err
	}
	if len(all) == 0 && n.Reference != "" {
		// Its creation may have no answer yet, or a lost one.
		a, err := t.config.Journal.ByReference(ctx, n.Reference)
		switch {
		case errors.Is(err, journal.ErrNotFound):
		case err != nil:
			return a, false, err
		case n.ProviderRef == "" || a.ProviderRef == "":
			all = append(all, a)
		}
	}
	for _, a := range all {
		if a.Provider == p && a.Kind == providers.Invoice && (n.Reference == "" || n.Reference == a.Reference) {
			return a, true, nil
		}
	}
	return a, false, nil
}

// Notified takes what a provider reported by itself. What a proven notice says
// is in the journal when Notified returns, as far as it is news: an invoice goes
// forward by it, never back, and the same notice again is nothing. Any other
// notice is believed in nothing: the provider is asked. A notice about no
// invoice of this shop changes nothing, and is no error. An error means that the
// notice must come again.
func (t *Till) Notified(ctx context.Context, p providers.Provider, n providers.Notice) error {
	a, found, err := t.Named(ctx, p, n)
	if err != nil || !found {
		return err
	}
	if !n.Proven {
		return t.askAbout(ctx, a)
	}
	answer := n.Judge(providers.Watch{Reference: a.Reference, ProviderRef: a.ProviderRef, Amount: a.Amount})
	if answer.State == providers.Unknown { // another price, say: the provider is asked what is true
		return t.askAbout(ctx, a)
	}
	return t.told(ctx, a, answer)
}

// told writes down what a proven notice says. Each step is decided by how the
// invoice stands, and decided again if somebody else moved it meanwhile.
func (t *Till) told(ctx context.Context, a providers.Attempt, answer providers.Answer) error {
	for {
		e, news, err := t.noticed(ctx, a, answer)
		if err != nil || !news {
			return err
		}
		after, err := t.config.Journal.AppendSeen(ctx, e, a.Seq)
		switch {
		case errors.Is(err, journal.ErrMoved):
			if after, err = t.config.Journal.Attempt(ctx, a.ID); err != nil {
				return err
			}
		case err != nil:
			return err
		case after.Seq == a.Seq:
			return nil // it told nothing new
		default:
			t.moved(ctx, after)
		}
		a = after
	}
}

// noticed is the next event that a notice makes of an invoice, if it makes one.
func (t *Till) noticed(ctx context.Context, a providers.Attempt, answer providers.Answer) (e providers.Event, news bool, err error) {
	switch a.State {
	case providers.Recorded, providers.Sent:
		// The answer to its creation, with the link, comes first.
		return e, false, conflict("this invoice is being made just now", "the notice must come again")
	case providers.Unknown:
		made := answer
		if made.State != providers.Declined {
			made.State = providers.Open // what has come of it is the next step
		}
		return providers.FromAnswer(providers.EventAnswered, a.ID, made), true, nil
	}
	old, err := t.oldNews(ctx, a, answer)
	if err != nil || old {
		return e, false, err
	}
	e = providers.FromAnswer(providers.EventWatched, a.ID, answer)
	if answer.State == a.State {
		return e, providers.Allowed(a.State, e.Type, e.To), nil
	}
	e, news = judged(a, e)
	return e, news, nil
}

// moved tells of an invoice that this process has moved without driving it.
func (t *Till) moved(ctx context.Context, after providers.Attempt) {
	t.config.Notify(Update{Attempt: after})
	if d := t.driverOf(after.ID); d != nil {
		d.nudge()
	}
	if after.State == providers.Approved && !after.Contradicted {
		t.noteDouble(ctx, after)
	}
}

// oldNews says that a notice tells what was known before. It has neither a time
// nor a number, and a replay of it verifies for ever: so each standing of an
// invoice counts once, and one with less money than is known never.
func (t *Till) oldNews(ctx context.Context, a providers.Attempt, answer providers.Answer) (bool, error) {
	if !a.State.Final() && (less(answer.Received, a.Received) || a.Confirming && answer.State == a.State && !answer.Confirming) {
		return true, nil
	}
	timeline, err := t.config.Journal.Timeline(ctx, a.ID)
	if slices.ContainsFunc(timeline, func(e providers.Event) bool { return e.Type == providers.EventForgotten }) {
		answer.Message = "" // as it is in what was forgotten
	}
	return slices.ContainsFunc(timeline, func(e providers.Event) bool { return says(e, answer) }), err
}

// says says that an event of an invoice was made of such an answer.
func says(e providers.Event, answer providers.Answer) bool {
	switch e.Type {
	case providers.EventContradicted: // it keeps less
		return e.Code == answer.Code && e.Note == contradiction(answer.State)
	case providers.EventAnswered, providers.EventWatched:
		return e.To == answer.State && e.Code == answer.Code && e.Received == answer.Received && e.Coin == answer.Coin &&
			e.Confirming == answer.Confirming && e.Message == answer.Message
	}
	return false
}

// less says that a sum, in decimal text, is below another; none is nothing.
func less(sum, than string) bool {
	a, _ := providers.Number(sum).Decimal()
	b, _ := providers.Number(than).Decimal()
	return a.LessThan(b)
}

// askAbout asks a provider what became of an invoice: by its driver, or once where
// this process has none, in its turn among those that this process asks about. To ask moves nothing, so it needs no claim, and
// what comes of it goes only forward.
func (t *Till) askAbout(ctx context.Context, a providers.Attempt) error {
	if d := t.driverOf(a.ID); d != nil {
		d.ask(wish{hint: true})
		return nil
	}
	watcher, ok := t.gateways[a.Provider].(providers.Watcher)
	if !ok || a.ProviderRef == "" {
		return nil
	}
	leave, ok := t.turn(ctx, a, false, func(rest time.Duration) (byHand, ok bool) { return false, t.rest(ctx, rest) })
	if !ok {
		return conflict("it was not asked about in time", "the notice must come again")
	}
	answer := watcher.Ask(ctx, providers.Watch{Reference: a.Reference, ProviderRef: a.ProviderRef, Amount: a.Amount})
	leave(answer.RetryAfter)
	t.met(a.Provider, answer)
	if answer.State == providers.Unknown {
		return &providers.Error{Kind: providers.ProviderFault, Text: a.Provider.Title() + " told nothing: " + answer.Reason.Staff()}
	}
	current, err := t.config.Journal.Attempt(ctx, a.ID)
	if err != nil {
		return err
	}
	if current.Seq != a.Seq && answer.State == current.State || !news(current, answer) {
		return nil
	}
	after, err := t.put(ctx, current, providers.FromAnswer(providers.EventWatched, a.ID, answer))
	if err == nil && after.Seq != current.Seq {
		t.moved(ctx, after)
	}
	return err
}
