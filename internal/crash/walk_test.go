//go:build unix

package crash

import (
	"context"
	"errors"
	"io/fs"
	"os"
)

// walk kills at one write after the other: at the first, at the second, and so
// on until a life comes through without being hit.
type walk struct {
	way  way
	deed string
	from int // the first of the writes
}

// walkOf gives a story a walk, or none. The first stories of a full run walk
// through all the writes of all five calls, by each deed; in a short one two
// stories walk a few steps from somewhere.
func walkOf(seed, kills uint64) (walk, bool) {
	n := int(seed) - 1
	if kills >= 5000 {
		if n >= len(ways)*len(deeds) {
			return walk{}, false
		}
		return walk{ways[n%len(ways)], deeds[n/len(ways)], 1}, true
	}
	d := newDice(seed)
	return walk{ways[d.IntN(len(ways))], deeds[n%len(deeds)], 1 + d.IntN(100)}, n < 2
}

// tell tells the story of a walk. It begins before there is a journal: first
// every write that makes one, then every write of a life with one sale. most
// bounds a walk from somewhere.
func (w walk) tell(ctx context.Context, seed, most uint64) (*story, error) {
	s := &story{}
	var err error
	if s.shop, err = newShop(newDice(seed)); err != nil {
		return s, err
	}
	defer s.shop.close()
	n := w.from
	for w.from == 1 || s.kills < most {
		fresh := s.shop.fresh()
		hit, err := s.killedAt(ctx, w, n)
		if err != nil {
			return s, err
		}
		if !hit {
			break
		}
		if err := s.look(ctx); err != nil {
			return s, err
		}
		if n++; fresh && !s.shop.fresh() {
			n = w.from // there is a journal now: all its writes from the first
		}
	}
	s.shop.trace = ""
	return s, s.lastLife(ctx)
}

// fresh says that there is no journal yet.
func (s *shop) fresh() bool {
	_, err := os.Stat(s.settings.Paths.Journal)
	return errors.Is(err, fs.ErrNotExist)
}

// killedAt is a life with one sale that ends at its n-th write; hit says that
// it had so many.
func (s *story) killedAt(ctx context.Context, w walk, n int) (hit bool, err error) {
	// SQLite's shared memory is nothing that lasts, and is left out.
	s.shop.trace = plan{Calls: writes, Under: s.shop.dir, Not: "-shm", At: n, Do: w.deed}.String()
	l, err := s.shop.start(ctx, nil)
	if err != nil {
		return false, err
	}
	defer l.over()
	if err = l.signIn(); err == nil {
		err = l.sell(w.way)
	}
	if err == nil {
		err = l.end()
	}
	if err == nil {
		return false, nil
	}
	if code, ended := l.ended(); !ended || code != 128+9 {
		return false, err
	}
	s.kills++
	s.atWrites++
	return true, nil
}
