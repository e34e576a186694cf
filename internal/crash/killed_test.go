//go:build unix

package crash

import (
	"context"
	"errors"
	"fmt"
	"io"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"cashdesk/internal/figures"
	"cashdesk/internal/terminal"
	"cashdesk/providers"
)

// killsOfOne is how many times one journal is cut off before its last life,
// in which everything is resolved: a journal that was killed so often is a
// harder test than fifty new ones.
const killsOfOne = 50

// tally is what was counted, by all the shops.
type tally struct {
	mu     sync.Mutex
	faults faults
	counts
}

// counts are a story's figures.
type counts struct {
	kills, atWrites, begun, approved, left, resolved uint64
}

func (y *tally) take(s *story) {
	y.mu.Lock()
	defer y.mu.Unlock()
	y.kills += s.kills
	y.atWrites += s.atWrites
	y.begun += s.begun
	y.approved += s.approved
	y.left += s.left
	y.resolved += s.resolved
	y.faults.take(s.faults, fmt.Sprintf("seed %d", s.shop.dice.seed))
}

// story is one shop's: killed again and again, and in the end resolved.
type story struct {
	shop   *shop
	faults faults
	counts
}

// TestKilledAtAnyMomentNothingIsLost kills the program at moments of all
// kinds, starts it again on what was left behind, and compares the books each
// time.
func TestKilledAtAnyMomentNothingIsLost(t *testing.T) {
	t.Parallel()
	begun := time.Now()
	kills := figures.Tries(16)
	each := min(killsOfOne, max(1, kills/8))
	y := &tally{}
	var given atomic.Uint64
	traced := canTrace()
	if traced != nil {
		t.Logf("no kills at writes: %v", traced)
	}
	manyAtOnce(t, func(ctx context.Context, seed uint64) error {
		var s *story
		var err error
		if w, ok := walkOf(seed, kills); ok && traced == nil {
			s, err = w.tell(ctx, seed, kills/8)
			given.Add(s.kills)
		} else if most := min(each, kills-min(kills, given.Add(each)-each)); most > 0 {
			s, err = tell(ctx, seed, most)
		} else {
			return errEnough
		}
		if s.shop != nil {
			y.take(s)
		}
		return err
	})
	for _, said := range y.faults.said {
		t.Error(said)
	}
	figures.Write(t, figures.Row{
		What: "kills", Tried: y.kills,
		Among: []figures.Count{
			{N: y.atWrites, What: "at a write of its files"}, {N: y.kills - y.atWrites, What: "at a random moment"},
			{N: y.begun, What: "payments begun"}, {N: y.approved, What: "approved at the provider"},
			{N: y.left, What: "left not known by the last kill"}, {N: y.resolved, What: "of them resolved"},
		},
		Wrong: y.faults.counts(), Took: time.Since(begun),
	})
}

func (f *faults) counts() []figures.Count {
	return []figures.Count{
		{N: f.lost, What: "lost"}, {N: f.doubled, What: "doubled"}, {N: f.wrong, What: "wrongly shown"},
		{N: f.unrecorded, What: "sent unrecorded"}, {N: f.closed, What: "journals not opening"}, {N: f.broken, What: "chains broken"},
	}
}

var errEnough = errors.New("enough")

// manyAtOnce tells stories side by side until one says that it is enough. They
// mostly wait for a keyboard's rest, so there are more than processors.
func manyAtOnce(t *testing.T, tell func(ctx context.Context, seed uint64) error) {
	t.Helper()
	if _, err := product(); err != nil {
		t.Fatal(err)
	}
	var seeds atomic.Uint64
	var work sync.WaitGroup
	for range 12 * runtime.GOMAXPROCS(0) {
		work.Go(func() {
			for t.Context().Err() == nil && !t.Failed() {
				seed := seeds.Add(1)
				if err := tell(t.Context(), seed); errors.Is(err, errEnough) {
					return
				} else if err != nil {
					t.Errorf("seed %d: %v", seed, err)
				}
			}
		})
	}
	work.Wait()
}

// tell tells one shop's story: so many kills, then a life that resolves all.
func tell(ctx context.Context, seed, kills uint64) (*story, error) {
	s := &story{}
	var err error
	if s.shop, err = newShop(newDice(seed)); err != nil {
		return s, err
	}
	defer s.shop.close()
	for s.kills < kills {
		if err := s.killedOnce(ctx); err != nil {
			return s, err
		}
		if err := s.look(ctx); err != nil {
			return s, err
		}
	}
	return s, s.lastLife(ctx)
}

// look compares the books after a kill; the whole chain is checked now and then.
func (s *story) look(ctx context.Context) error {
	all, err := s.shop.read(ctx, &s.faults, s.kills%10 == 0)
	if err == nil {
		s.shop.compare(&s.faults, all, false)
	}
	return err
}

// killedOnce is one life: it is served at until the kill comes.
func (s *story) killedOnce(ctx context.Context) error {
	aim := s.shop.aim()
	l, err := s.shop.start(ctx, aim.tee)
	if err != nil {
		return err
	}
	defer l.over()
	aim.at(l)
	for err = l.signIn(); err == nil; {
		if aim.waits {
			_, err = l.WaitFor(func(terminal.Screen) bool { return false })
			continue
		}
		err = l.sell(s.shop.way())
	}
	s.shop.door.on(0, asArrived, nil)
	if !l.killed.Load() {
		return l.stood(fmt.Errorf("%s: %w", aim.name, err))
	}
	s.kills++
	return nil
}

// way is the call of the next sale.
func (s *shop) way() way {
	if s.dice.in(5) {
		return ways[s.dice.IntN(len(ways))]
	}
	return ways[0]
}

// aim is when a life is ended: at a number of events, or after a time.
type aim struct {
	name  string
	waits bool // nothing is sold in this life
	tee   func(*life) io.Writer
	at    func(*life)
}

// aim chooses the moment of the next kill.
func (s *shop) aim() aim {
	d := s.dice
	switch n := d.IntN(100); {
	case n < 40:
		requests, m := 1+d.IntN(4), moment(d.IntN(3))
		return aim{name: fmt.Sprintf("at request %d, moment %d", requests, m), at: func(l *life) { s.door.on(requests, m, l.kill) }}
	case n < 65:
		// A life of three sales writes some 30 kB; the first frame is 2 kB.
		bytes := 1 + int(30_000*d.Float64()*d.Float64())
		return aim{name: fmt.Sprintf("at %d bytes", bytes), at: func(*life) {}, tee: func(l *life) io.Writer { return &counted{left: bytes, then: l.kill} }}
	case n < 90:
		after := d.within(3 * time.Second)
		return aim{name: "after " + after.String(), at: func(l *life) { time.AfterFunc(after, l.kill) }}
	case n < 97:
		after := d.within(60 * time.Millisecond)
		return aim{name: "in the start, after " + after.String(), waits: true, at: func(l *life) { time.AfterFunc(after, l.kill) }}
	default:
		// While what is not known is asked for again, if anything is.
		requests, m := 1+d.IntN(3), moment(d.IntN(3))
		return aim{name: "at a resend", waits: true, at: func(l *life) {
			s.door.on(requests, m, l.kill)
			time.AfterFunc(7*time.Second, l.kill)
		}}
	}
}

// counted tells once so many bytes went by.
type counted struct {
	left int
	then func()
}

// Write counts p.
func (c *counted) Write(p []byte) (int, error) {
	if c.left > 0 && c.left <= len(p) {
		c.then()
	}
	c.left -= len(p)
	return len(p), nil
}

// lastLife lets the program resolve everything by itself, and compares. What
// is open by then gets paid: no invoice's money may stay unseen.
func (s *story) lastLife(ctx context.Context) error {
	all, err := s.shop.read(ctx, &s.faults, true)
	if err != nil {
		return err
	}
	lost := map[string]bool{}
	for _, a := range all {
		if a.Kind != providers.Invite && (a.State == providers.Sent || a.State == providers.Unknown) { // a lost invitation stays so
			lost[a.ID] = true
		}
	}
	l, err := s.shop.start(ctx, nil)
	if err != nil {
		return err
	}
	defer l.over()
	if err := l.signIn(); err != nil {
		return err
	}
	if err := s.resolve(ctx, l); err != nil {
		return s.stuck(ctx, err)
	}
	if err := l.end(); err != nil {
		return err
	}
	if all, err = s.shop.read(ctx, &s.faults, true); err != nil {
		return err
	}
	s.begun, s.left = uint64(len(all)), uint64(len(lost))
	s.approved = s.shop.compare(&s.faults, all, true)
	for _, a := range all {
		if lost[a.ID] && a.State != providers.Unknown && a.State != providers.Sent {
			s.resolved++
		}
	}
	return nil
}

// resolve waits until nothing is unknown, has the customers pay whatever
// invoice is open, and waits until the counter has seen it.
func (s *story) resolve(ctx context.Context, l *life) error {
	if _, err := l.WaitFor(func(screen terminal.Screen) bool { return !screen.Contains("not known") }); err != nil {
		return err
	}
	all, err := s.shop.read(ctx, &s.faults, false)
	if err != nil {
		return err
	}
	for _, a := range all {
		if a.State != providers.Open {
			continue
		}
		if err := s.shop.box.Pay(a.ProviderRef); err != nil {
			return err
		}
	}
	_, err = l.WaitFor(func(screen terminal.Screen) bool { return !strings.Contains(screen.Line(0), " open") })
	return err
}

// stuck names what does not resolve.
func (s *story) stuck(ctx context.Context, cause error) error {
	all, err := s.shop.read(ctx, &s.faults, true)
	for _, a := range all {
		if a.State == providers.Unknown || a.State == providers.Open || a.Contradicted || a.PossibleDouble {
			cause = fmt.Errorf("%w\nnot resolved: %s", cause, brief(a))
		}
	}
	return errors.Join(cause, err)
}
