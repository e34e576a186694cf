//go:build unix

package crash

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"cashdesk/internal/journal"
	"cashdesk/providers"
	"cashdesk/providers/sandbox"
)

// faults are what must never happen, counted.
type faults struct {
	lost, doubled, wrong, unrecorded, closed, broken uint64
	said                                             []string // the first of them, in words
}

func (f *faults) add(counter *uint64, format string, args ...any) {
	*counter++
	if len(f.said) < 3 {
		f.said = append(f.said, fmt.Sprintf(format, args...))
	}
}

// take adds another's, which are of some shop.
func (f *faults) take(g faults, whose string) {
	f.lost, f.doubled, f.wrong = f.lost+g.lost, f.doubled+g.doubled, f.wrong+g.wrong
	f.unrecorded, f.closed, f.broken = f.unrecorded+g.unrecorded, f.closed+g.closed, f.broken+g.broken
	for _, said := range g.said {
		f.said = append(f.said, whose+": "+said)
	}
}

// leftBehind copies the files of the journal as they lie there now: to look
// at them where they lie would mend them, and that is for the program to do.
func (s *shop) leftBehind() (path string, err error) {
	dir, err := os.MkdirTemp(workshop, "copy-")
	if err != nil {
		return "", err
	}
	for _, end := range []string{"", "-wal"} {
		if err := copyFile(s.settings.Paths.Journal+end, filepath.Join(dir, "journal.db"+end)); err != nil {
			return "", errors.Join(err, os.RemoveAll(dir))
		}
	}
	return filepath.Join(dir, "journal.db"), copyFile(s.settings.Paths.Anchor, filepath.Join(dir, "journal.anchor"))
}

// copyFile copies a file, if there is one.
func copyFile(from, to string) error {
	data, err := os.ReadFile(from)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	return os.WriteFile(to, data, 0o600)
}

// open opens a journal of this shop.
func (s *shop) open(ctx context.Context, path string) (*journal.Journal, error) {
	return journal.Open(ctx, path, journal.Options{
		Key: s.key, Mode: journal.Test, Version: "test", Anchor: filepath.Join(filepath.Dir(path), "journal.anchor"),
	})
}

// read opens what was left behind and gives all its payments, by reference.
// whole checks the chain too.
func (s *shop) read(ctx context.Context, f *faults, whole bool) (map[string]providers.Attempt, error) {
	if _, err := os.Stat(s.settings.Paths.Journal); errors.Is(err, fs.ErrNotExist) {
		return nil, nil // killed before there was one
	}
	path, err := s.leftBehind()
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(filepath.Dir(path))
	j, err := s.open(ctx, path)
	if err != nil {
		f.add(&f.closed, "the journal does not open: %v", err)
		return nil, nil
	}
	defer j.Close()
	if whole {
		r, err := j.Verify(ctx)
		if err != nil || !r.OK() {
			f.add(&f.broken, "the journal is not in order: %v %v", err, r.Faults)
		}
	}
	all := map[string]providers.Attempt{}
	q := journal.Query{Limit: 1000}
	for {
		page, err := j.Page(ctx, q)
		if err != nil {
			return nil, err
		}
		for _, a := range page.Attempts {
			all[a.Reference] = a
		}
		if q.Before = page.Next; q.Before == "" {
			return all, s.recorded(ctx, f, j, all)
		}
	}
}

// recorded says that whatever arrived at a provider had been written down,
// byte for byte by its hash, and as sent.
func (s *shop) recorded(ctx context.Context, f *faults, j *journal.Journal, all map[string]providers.Attempt) error {
	hashes := map[string]providers.Attempt{}
	for _, a := range all {
		if s.checked[a.ID] {
			continue
		}
		body, err := j.Body(ctx, a.ID)
		if err != nil {
			return err
		}
		hashes[body.Hash] = a
	}
	for _, hash := range s.door.bodies() {
		if s.checked[hash] {
			continue
		}
		a, known := hashes[hash]
		if !known || a.State == providers.Recorded || a.State == providers.Cancelled {
			f.add(&f.unrecorded, "%s arrived, the journal has %s", hash, brief(a))
		}
		s.checked[hash], s.checked[a.ID] = true, true
	}
	return nil
}

// compare holds the journal against the providers' ledger and against what a
// person saw. What the providers have may be not known here as long as
// settled is false.
func (s *shop) compare(f *faults, all map[string]providers.Attempt, settled bool) (approved uint64) {
	taken := map[string]sandbox.Entry{}
	for _, e := range s.box.Ledger() {
		if _, twice := taken[e.Reference]; twice {
			f.add(&f.doubled, "the provider took %s twice", e.Reference)
		}
		taken[e.Reference] = e
		approved++
		s.holds(f, all[e.Reference], e, settled)
	}
	bySum := map[string]providers.Attempt{}
	for _, a := range all {
		bySum[a.Amount.Decimal()] = a
		if e, there := taken[a.Reference]; a.State == providers.Approved && (!there || e.ProviderRef != a.ProviderRef) {
			f.add(&f.wrong, "approved here, not there: %s", brief(a))
		}
	}
	for _, was := range s.shown {
		a, known := bySum[was.decimal()]
		if !known || was.state.Final() && a.State != was.state {
			f.add(&f.lost, "%s was shown as %s, the journal has %s", was.sum, was.state, brief(a))
		}
	}
	return approved
}

// holds says that what a provider took is known here for what it is.
func (s *shop) holds(f *faults, a providers.Attempt, e sandbox.Entry, settled bool) {
	switch {
	case a.ID == "" || a.Amount.Decimal() != e.Amount:
		f.add(&f.lost, "the provider took %+v, the journal has %s", e, brief(a))
	case a.State == providers.Approved && a.ProviderRef == e.ProviderRef:
	case !settled && (a.State == providers.Unknown || a.State == providers.Sent || a.State == providers.Open):
	default:
		f.add(&f.wrong, "the provider took %+v, the journal says %s", e, brief(a))
	}
}

// brief is an attempt in a line.
func brief(a providers.Attempt) string {
	if a.ID == "" {
		return "nothing"
	}
	return fmt.Sprintf("%s %s %s of %s, sent %d times, %s %s", a.Reference, a.Kind, a.State, a.Amount, a.Sends, a.ProviderRef, a.Reason)
}
