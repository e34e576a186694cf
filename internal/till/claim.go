package till

import (
	"context"
	"errors"

	"cashdesk/providers"
)

// ErrDriven: another process works on this attempt, or this one is settling what
// an earlier run left of it.
var ErrDriven = errors.New("somebody else drives this attempt")

func driven() error {
	return &providers.Error{Kind: providers.Conflict, Err: ErrDriven,
		Text: "another cashdesk is looking after this payment already", Hint: "what it finds out shows here too"}
}

// claimed has an attempt recorded with its claim in hand: nobody takes it up
// between its recording and its first send. Without an error the claim goes to
// its driver: see driveClaimed.
func (t *Till) claimed(id string, record func() (providers.Attempt, error)) (a providers.Attempt, release func(), err error) {
	release, ok, err := t.config.Journal.Claim(id)
	if err != nil {
		return a, nil, err
	}
	if !ok {
		return a, nil, driven()
	}
	if a, err = record(); err != nil {
		release()
	}
	return a, release, err
}

// driveClaimed starts the driver of an attempt that this process has just
// recorded. The claim is the driver's from then on.
func (t *Till) driveClaimed(a providers.Attempt, request *providers.Request, release func()) {
	ctx, d := t.seat(a.ID, release)
	if d == nil {
		release()
		return
	}
	d.request = request
	d.start(ctx, a)
}

// seat gives an attempt its driver, which does not work yet; nil when nothing
// runs in the background, or it has one.
func (t *Till) seat(id string, release func()) (context.Context, *driver) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.ctx == nil || t.ctx.Err() != nil || t.drivers[id] != nil {
		return nil, nil
	}
	d := &driver{till: t, id: id, wake: make(chan wish, 1), release: release}
	t.drivers[id] = d
	return t.ctx, d
}

// claim gives an attempt that nobody drives a driver, which does not work yet.
// It is nil when it has one here, and ErrDriven when it has one elsewhere.
func (t *Till) claim(id string) (context.Context, *driver, error) {
	t.claiming.Lock()
	defer t.claiming.Unlock()
	if t.driverOf(id) != nil {
		return nil, nil, nil
	}
	release, ok, err := t.config.Journal.Claim(id)
	if err != nil {
		return nil, nil, err
	}
	if !ok {
		return nil, nil, driven()
	}
	ctx, d := t.seat(id, release)
	if d == nil {
		release()
	}
	return ctx, d, nil
}

// leaveUnlessAsked takes the driver off the list and gives its claim free, so
// that the next question gets a new one; while a wish waits it stays.
func (d *driver) leaveUnlessAsked(ctx context.Context) (asked bool) {
	d.till.claiming.Lock()
	defer d.till.claiming.Unlock()
	if d.wished(ctx) {
		return true
	}
	d.release()
	return false
}

// wished says that a wish waits; otherwise the driver is off the list.
func (d *driver) wished(ctx context.Context) bool {
	d.till.mu.Lock()
	defer d.till.mu.Unlock()
	if len(d.wake) > 0 && ctx.Err() == nil {
		return true
	}
	delete(d.till.drivers, d.id)
	return false
}

// leave ends a driver that has nothing to do.
func (d *driver) leave() {
	d.forget()
	ended, cancel := context.WithCancel(context.Background())
	cancel()
	d.leaveUnlessAsked(ended)
}
