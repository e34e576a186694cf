package till

import (
	"context"
	"time"

	"cashdesk/providers"
)

// start is when an attempt was sent first, in the till's running time; before
// zero for one that an earlier run sent.
type start struct {
	known   bool
	at      time.Duration
	earlier bool // an earlier run sent it: its age is what the machine's clock says
	lost    bool // the machine's clock was set back since: nobody can say how old it is
}

// clockStep is how far the machine's clock may go back without being called
// set back: time servers correct it by little steps.
const clockStep = 2 * time.Second

func (d *driver) setFirst(s start) {
	d.till.mu.Lock()
	d.first = s
	d.till.mu.Unlock()
}

// mayResend says whether the same bytes may go again by themselves.
func (d *driver) mayResend(ctx context.Context, a providers.Attempt) bool {
	return !a.Closed && !a.KeySuspected && d.inWindow(ctx, a)
}

// inWindow measures the resend window in running time from the first send. For
// a send of an earlier run the machine's clock says how old it was when this
// run took it up, unless there is a sign that the clock is wrong: then it
// counts as outside, and a person is asked.
func (d *driver) inWindow(ctx context.Context, a providers.Attempt) bool {
	d.till.mu.Lock()
	first, behind := d.first, d.till.offset < -clockSlack
	d.till.mu.Unlock()
	if !first.known {
		first = d.age(ctx, a)
		if !first.known {
			return false
		}
		d.setFirst(first)
	}
	if first.lost || first.earlier && behind {
		return false
	}
	return d.till.ran()-first.at < d.till.config.ResendWindow
}

// age finds out when an earlier run sent an attempt; it is not known while the
// journal cannot be read.
func (d *driver) age(ctx context.Context, a providers.Attempt) start {
	timeline, err := d.till.config.Journal.Timeline(ctx, a.ID)
	if err != nil {
		return start{}
	}
	for _, e := range timeline {
		if e.Type != providers.EventSent {
			continue
		}
		back, err := d.till.config.Journal.SetBack(ctx, e.Seq)
		if err != nil {
			return start{}
		}
		age := d.till.config.Clock.Now().Sub(a.SentAt)
		return start{known: true, at: d.till.ran() - age, earlier: true, lost: back > clockStep}
	}
	return start{known: true, lost: true}
}

// spent gives an attempt up whose bytes went out once more already since their
// key became another one; it is empty when they may go.
func (d *driver) spent(ctx context.Context, a providers.Attempt) (providers.Attempt, error) {
	if !policyOf(a).resend {
		return providers.Attempt{}, nil
	}
	if err := d.till.noteKeys(ctx); err != nil {
		return providers.Attempt{}, err
	}
	_, spent, err := d.till.standing(ctx, a)
	if err != nil || !spent {
		return providers.Attempt{}, err
	}
	if givenUp(a) {
		return a, nil
	}
	return d.append(ctx, providers.Event{Type: providers.EventUnresolvable, Attempt: a.ID, Note: "the key was changed, and it was asked about once more"})
}
