package till

import (
	"context"
	"errors"
	"time"

	"cashdesk/providers"
)

// takeUpPause is how often the counter looks for attempts whose driver died. It
// wrote nothing when it did, so nothing tells.
const takeUpPause = 3 * time.Second

// recover takes up every attempt that an earlier run left unfinished, and that
// no other process drives.
func (t *Till) recover(ctx context.Context) error {
	t.hearFrom(ctx)
	all, err := t.unfinished(ctx)
	if err != nil {
		return err
	}
	for _, a := range all {
		_ = t.adopt(ctx, a, 0) // the log has why not, and it is tried again
	}
	if err := t.findUndone(ctx, all); err != nil {
		return err
	}
	if err := t.findDoubles(ctx); err != nil {
		return err
	}
	return t.lookBack(ctx)
}

// unfinished is what a driver may have to do with: what the journal calls so, and
// the transfers of the last day that are followed.
func (t *Till) unfinished(ctx context.Context) ([]providers.Attempt, error) {
	all, err := t.config.Journal.Unfinished(ctx)
	if err != nil || !providers.Watches(t.gateways[providers.Payneteasy], providers.Transfer) {
		return all, err
	}
	begun, err := t.config.Journal.Recent(ctx, providers.HandedOver, t.config.Clock.Now().Add(-lateWatch), lookBackMost)
	return append(all, begun...), err
}

// adopt takes up an attempt that nobody drives. With its claim in hand it is
// read anew: its driver may have finished it and then ended. It says why it was
// not taken up; nil if there is nothing to do about it.
func (t *Till) adopt(ctx context.Context, a providers.Attempt, pause time.Duration) error {
	if !pending(a) && !t.follows(a) {
		return nil
	}
	background, d, err := t.claim(a.ID)
	if d == nil {
		if err != nil && !errors.Is(err, ErrDriven) {
			t.config.Log.Error("not taken up", "attempt", a.ID, "error", err)
		}
		return err
	}
	if a, err = t.config.Journal.Attempt(ctx, a.ID); err != nil {
		d.leave()
		return err
	}
	d.pause = pause
	d.takeUp(background, a)
	t.config.Log.Info("taken up", "attempt", a.ID, "state", a.State)
	return nil
}

// pending says that a driver may have something to do about an attempt, though
// only its state is known.
func pending(a providers.Attempt) bool {
	return a.State == providers.Recorded || a.State.MoneyMayMove()
}

// takeUp goes on with an attempt of which an earlier driver left what its row
// says.
func (d *driver) takeUp(ctx context.Context, a providers.Attempt) {
	switch a.State {
	case providers.Recorded:
		// "sent" is written before the first byte; its absence is proof.
		d.settleLeft(ctx, a, providers.Event{Type: providers.EventCancelled, Attempt: a.ID, Note: "the program stopped before it was sent", Version: d.till.config.Version})
	case providers.Sent:
		d.settleLeft(ctx, a, providers.Event{
			Type: providers.EventInterrupted, Attempt: a.ID, To: d.till.lost(a),
			Reason: providers.Interrupted, Version: d.till.config.Version,
		})
	default:
		d.start(ctx, a)
	}
}

// settleLeft writes down what an attempt became when the program stopped. A
// disk that does not take it must not keep the counter from opening: it goes
// on being tried, as a verdict that is not saved, and nothing new begins.
func (d *driver) settleLeft(ctx context.Context, a providers.Attempt, e providers.Event) {
	t := d.till
	written, err := t.config.Journal.Append(context.WithoutCancel(ctx), e)
	if err == nil {
		t.config.Notify(Update{Attempt: written})
		d.start(ctx, written)
		return
	}
	t.config.Log.Error("what was left unfinished could not be written down", "attempt", a.ID, "error", err)
	t.work.Go(func() {
		if written := t.save(ctx, a, e); written.ID != "" {
			d.start(ctx, written)
		} else {
			d.leave()
		}
	})
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
		if t.driverOf(a.ID) != nil {
			continue
		}
		if t.adopt(ctx, a, pause) == nil {
			pause += lookBackStep // not all at once: the provider would throttle us
		}
	}
	return nil
}

// TakeUp hears what other processes did, and takes up the attempts whose driver
// died. The counter calls it every second or so: it looks for the dead at its
// own pace.
func (t *Till) TakeUp(ctx context.Context) error {
	if err := t.noteKeys(ctx); err != nil {
		return err
	}
	changed, err := t.config.Journal.Changed(ctx)
	if err != nil {
		return err
	}
	if changed || t.hearing.missed.Load() {
		// What this cannot finish it goes on with the next time; the others' news
		// come only once.
		t.clerk.wake()
		err = errors.Join(t.takeKeys(ctx), t.hearOthers(ctx))
	}
	if due := t.takeUpDue(); !due && !changed {
		return err
	}
	all, failed := t.unfinished(ctx)
	for _, a := range all {
		if t.idle(a) {
			_ = t.adopt(ctx, a, 0)
		}
	}
	return errors.Join(err, failed, t.findUndone(ctx, all))
}

// takeUpDue says that it is time to look for what nobody drives.
func (t *Till) takeUpDue() bool {
	now := t.ran()
	t.mu.Lock()
	defer t.mu.Unlock()
	if now-t.takenUp < takeUpPause {
		return false
	}
	t.takenUp = now
	return true
}

// idle says that an attempt is not driven here, and that something has happened
// to it since a driver of this run found nothing more to do.
func (t *Till) idle(a providers.Attempt) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	at, rested := t.rested[a.ID]
	return t.drivers[a.ID] == nil && !(rested && at == a.Seq)
}

// rests notes that a driver found nothing more to do for an attempt.
func (t *Till) rests(a providers.Attempt) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if pending(a) || t.follows(a) {
		t.rested[a.ID] = a.Seq
	} else {
		delete(t.rested, a.ID)
	}
}
