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
		a, err := t.config.Journal.Append(context.WithoutCancel(ctx), e)
		if err != nil && isState(err) {
			a, err = t.contradict(ctx, e)
		}
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

// isState says that the journal refused an event because the attempt's state
// does not allow it.
func isState(err error) bool { return errors.Is(err, journal.ErrStep) }

// contradict keeps evidence that came too late to change a final state: it is
// added, for a manager, and overwrites nothing.
func (t *Till) contradict(ctx context.Context, e providers.Event) (providers.Attempt, error) {
	a, err := t.config.Journal.Attempt(ctx, e.Attempt)
	if err != nil {
		return a, err
	}
	if e.To == a.State || e.To == providers.Unknown {
		return a, nil // the same again, or no evidence at all
	}
	note := "an answer came that says " + e.To.Word()
	return t.config.Journal.Append(ctx, providers.Event{
		Type: providers.EventContradicted, Attempt: e.Attempt, Code: e.Code, Reason: e.Reason,
		Signature: e.Signature, ProviderRef: e.ProviderRef, Message: e.Message, Note: note,
	})
}
