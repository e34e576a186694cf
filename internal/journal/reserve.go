package journal

import (
	"context"
	"errors"
	"os"

	"cashdesk/providers"
)

// reserveSize is the room kept for the answers of payments under way.
const reserveSize = 8 << 20

// begins are the events after which bytes go out, and those that can wait for
// another day. They wait for room and for the reserve; all others may use it up.
var begins = map[providers.EventType]bool{
	providers.EventRecorded: true, providers.EventSent: true, providers.EventResent: true,
	providers.EventForgotten: true,
}

func (j *Journal) reservePath() string { return j.path + ".reserve" }

// keepReserve makes the counter's reserve, if it is not there. It is filled
// with bytes: a file of holes would keep no room.
func (j *Journal) keepReserve() error {
	if !j.opt.Counter {
		return nil
	}
	if info, err := os.Stat(j.reservePath()); err == nil && info.Size() == reserveSize {
		return nil
	}
	if err := os.WriteFile(j.reservePath(), make([]byte, reserveSize), 0o600); err != nil {
		return errors.Join(err, os.Remove(j.reservePath()))
	}
	return nil
}

// freeReserve gives the reserve up, and says whether there was one.
func (j *Journal) freeReserve() bool { return os.Remove(j.reservePath()) == nil }

// commit writes an event. On a full disk what happened to a payment under way
// gets the reserve's room; nothing new begins until the reserve is back.
func (j *Journal) commit(ctx context.Context, e providers.Event, body Body, holds condition) (providers.Attempt, error) {
	if begins[e.Type] {
		if err := j.keepReserve(); err != nil {
			return providers.Attempt{}, translate(err)
		}
	}
	a, err := j.commitOnce(ctx, e, body, holds)
	if errors.Is(err, ErrFull) && !begins[e.Type] && j.freeReserve() {
		return j.commitOnce(ctx, e, body, holds)
	}
	return a, err
}
