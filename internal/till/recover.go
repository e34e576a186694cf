package till

import (
	"context"

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
			a = t.save(ctx, a, providers.Event{Type: providers.EventCancelled, Attempt: a.ID, Note: "the program stopped before it was sent", Version: t.config.Version})
		case providers.Sent:
			a = t.save(ctx, a, providers.Event{
				Type: providers.EventInterrupted, Attempt: a.ID, To: policyOf(a).lost,
				Reason: providers.Interrupted, Version: t.config.Version,
			})
		}
		if a.ID != "" {
			t.config.Log.Info("taken up", "attempt", a.ID, "state", a.State)
			t.drive(a, nil)
		}
	}
	if err := t.findDoubles(ctx); err != nil {
		return err
	}
	return t.lookBack(ctx)
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
	all, err := t.config.Journal.Unfinished(ctx)
	if err != nil {
		return err
	}
	for _, a := range all {
		t.config.Notify(Update{Attempt: a})
		if a.State == providers.Open || a.State == providers.PartlyPaid || a.State == providers.Expired {
			t.drive(a, nil)
		}
	}
	return nil
}
