package till

import (
	"context"
	"errors"
	"time"

	"cashdesk/internal/journal"
	"cashdesk/providers"
)

// savePause is the pause between tries to write a verdict that the journal
// did not take.
const savePause = 2 * time.Second

// save writes what is already true: a verdict that has come. It is kept in
// memory, shown as not saved, and tried again until the journal takes it;
// meanwhile no new payment begins. An empty attempt comes back only when the
// program ends first.
//
// last is the attempt as it was: the journal may not even be readable.
func (t *Till) save(ctx context.Context, last providers.Attempt, e providers.Event) providers.Attempt {
	held := false
	for {
		// The write itself must not be cut off by the program's end.
		a, err := t.put(context.WithoutCancel(ctx), last, e)
		if err == nil {
			if held {
				t.count(-1)
			}
			t.config.Notify(Update{Attempt: a})
			return a
		}
		t.config.Log.Error("a result is not saved yet", "attempt", e.Attempt, "error", err)
		if !held {
			held = true
			t.count(1)
			if shown, err := providers.Apply(last, e); err == nil {
				t.config.Notify(Update{Attempt: shown, NotSaved: true})
			}
		}
		timer, stop := t.config.Clock.After(savePause)
		select {
		case <-ctx.Done():
			stop()
			t.count(-1)
			return providers.Attempt{}
		case <-timer:
		}
	}
}

func (t *Till) count(n int) {
	t.mu.Lock()
	t.unsaved += n
	t.mu.Unlock()
}

// put writes an event once. Another process may have moved the attempt since it
// was read: then the event is judged by how it stands now, and what tells
// nothing any more is not written.
func (t *Till) put(ctx context.Context, last providers.Attempt, e providers.Event) (providers.Attempt, error) {
	for {
		var seen int64
		if e.Type == providers.EventWatched { // an older look must not undo what a newer one told
			seen = last.Seq
		}
		a, err := t.config.Journal.AppendSeen(ctx, e, seen)
		switch {
		case errors.Is(err, journal.ErrHeld) && e.ProviderRef != "":
			e = t.notIts(last, e)
			continue
		case !isState(err) && !errors.Is(err, journal.ErrMoved):
			return a, err
		}
		now, unread := t.config.Journal.Attempt(ctx, e.Attempt)
		if unread != nil {
			return now, unread
		}
		late, tells := judged(now, e)
		if !tells {
			return now, nil
		}
		if now.Seq == last.Seq && late.Type == e.Type {
			return now, err // nobody moved it: it is refused for another reason
		}
		last, e = now, late
	}
}

// isState says that the journal refused an event because the attempt's state
// does not allow it.
func isState(err error) bool { return errors.Is(err, journal.ErrStep) }

// notIts is an event whose answer names a payment that another attempt holds: it
// is as good as lost.
func (t *Till) notIts(last providers.Attempt, e providers.Event) providers.Event {
	answer := t.another(last, providers.Answer{State: e.To})
	e.To, e.Reason, e.ProviderRef, e.Link = answer.State, answer.Reason, "", ""
	return e
}

// judged is what an event has become for an attempt that has moved on; it tells
// nothing if that is known already, or known better. Evidence against a final
// state is added, for a manager, and overwrites nothing.
func judged(now providers.Attempt, e providers.Event) (_ providers.Event, tells bool) {
	watched := e
	watched.Type = providers.EventWatched
	switch {
	case e.To == "", e.To == providers.Unknown, e.To == now.State:
		return e, false
	case providers.Allowed(now.State, e.Type, e.To):
		return e, true
	case !now.State.Final():
		// The receiver of notices was faster than the answer to our own question.
		return watched, providers.Allowed(now.State, watched.Type, e.To)
	case now.State == providers.Approved && beforePaid[e.To]:
		return e, false
	}
	return providers.Event{
		Type: providers.EventContradicted, Attempt: e.Attempt, Code: e.Code, Reason: e.Reason,
		Signature: e.Signature, ProviderRef: e.ProviderRef, Message: e.Message, Note: contradiction(e.To), Says: e.To,
	}, true
}

// contradiction is the note of evidence against a final state.
func contradiction(says providers.State) string { return "an answer came that says " + says.Word() }

// beforePaid are the states through which a paid invoice went: old news of it.
var beforePaid = map[providers.State]bool{
	providers.Open: true, providers.PartlyPaid: true, providers.Expired: true,
	providers.HandedOver: true,
}
