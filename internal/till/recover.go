package till

import (
	"context"
	"errors"

	"cashdesk/providers"
)

// recover takes up every attempt that an earlier run left unfinished.
func (t *Till) recover(ctx context.Context) error {
	all, err := t.config.Journal.Unfinished(ctx)
	if err != nil {
		return err
	}
	for _, a := range all {
		switch a.State {
		case providers.Recorded:
			// "sent" is written before the first byte; its absence is proof.
			t.settleLeft(ctx, a, providers.Event{Type: providers.EventCancelled, Attempt: a.ID, Note: "the program stopped before it was sent", Version: t.config.Version})
		case providers.Sent:
			t.settleLeft(ctx, a, providers.Event{
				Type: providers.EventInterrupted, Attempt: a.ID, To: policyOf(a).lost,
				Reason: providers.Interrupted, Version: t.config.Version,
			})
		default:
			t.takeUp(a)
		}
	}
	if err := t.findDoubles(ctx); err != nil {
		return err
	}
	return t.lookBack(ctx)
}

// settleLeft writes down what an attempt became when the program stopped. A
// disk that does not take it must not keep the counter from opening: it goes
// on being tried, as a verdict that is not saved, and nothing new begins.
func (t *Till) settleLeft(ctx context.Context, a providers.Attempt, e providers.Event) {
	written, err := t.config.Journal.Append(context.WithoutCancel(ctx), e)
	if err == nil {
		t.config.Notify(Update{Attempt: written})
		t.takeUp(written)
		return
	}
	t.config.Log.Error("what was left unfinished could not be written down", "attempt", a.ID, "error", err)
	t.work.Go(func() {
		if written := t.save(ctx, a, e); written.ID != "" {
			t.takeUp(written)
		}
	})
}

// takeUp goes on with an attempt of an earlier run.
func (t *Till) takeUp(a providers.Attempt) {
	t.config.Log.Info("taken up", "attempt", a.ID, "state", a.State)
	t.drive(a, nil)
}

// findDoubles marks the double payments that were approved just before the
// program stopped, so that nobody was told.
func (t *Till) findDoubles(ctx context.Context) error {
	all, err := t.config.Journal.Recent(ctx, providers.Approved, t.config.Clock.Now().Add(-lookBackTime), lookBackMost)
	if err != nil {
		return err
	}
	for _, a := range all {
		if a.Reference != a.Sale && !a.PossibleDouble { // not the first attempt of its sale
			t.noteDouble(ctx, a)
		}
	}
	return nil
}

// lookBack has every invoice that expired in the last days looked at once more:
// late money may have come while the shop was closed, and nobody else asks.
func (t *Till) lookBack(ctx context.Context) error {
	all, err := t.config.Journal.Recent(ctx, providers.Expired, t.config.Clock.Now().Add(-lookBackTime), lookBackMost)
	if err != nil {
		return err
	}
	pause := lookBackStep
	for _, a := range all {
		t.mu.Lock()
		driven := t.drivers[a.ID] != nil
		t.mu.Unlock()
		if driven {
			continue
		}
		t.config.Log.Info("taken up", "attempt", a.ID, "state", a.State)
		t.driveAfter(a, nil, pause)
		pause += lookBackStep // not all at once: the provider would throttle us
	}
	return nil
}

// TakeUp looks for attempts that another process began and no longer drives.
// The counter calls it when the journal was changed by somebody else.
func (t *Till) TakeUp(ctx context.Context) error {
	if err := t.noteKeys(ctx); err != nil {
		return err
	}
	changed, err := t.config.Journal.Changed(ctx)
	if err != nil || !changed {
		return err
	}
	// What this cannot finish it goes on with the next time; the others' news
	// come only once.
	failed := t.takeKeys(ctx)
	all, err := t.config.Journal.Unfinished(ctx)
	if err != nil {
		return errors.Join(failed, err)
	}
	for _, a := range all {
		t.config.Notify(Update{Attempt: a})
		if a.State == providers.Open || a.State == providers.PartlyPaid || a.State == providers.Expired {
			t.drive(a, nil)
		}
	}
	return failed
}
