package journal

import (
	"context"
	"path/filepath"
	"testing"
	"time"

	"cashdesk/providers"
)

func TestAClockThatWasSetBackIsFoundHoweverFarItHasComeSince(t *testing.T) {
	now := time.Date(2026, 11, 20, 14, 0, 0, 0, time.UTC)
	o := options()
	o.Now = func() time.Time { return now }
	j := open(t, filepath.Join(t.TempDir(), "journal.db"), o)
	note := func(after time.Duration) {
		t.Helper()
		now = now.Add(after)
		if _, err := j.Append(context.Background(), providers.Event{Type: providers.EventNoted}); err != nil {
			t.Fatal(err)
		}
	}
	want := func(since int64, want time.Duration) {
		t.Helper()
		if got, err := j.SetBack(context.Background(), since); err != nil || got != want {
			t.Errorf("since event %d it was set back by %s, want %s; %v", since, got, want, err)
		}
	}
	note(0)
	note(time.Hour) // forward: as if the time had passed
	want(1, 0)
	now = now.Add(-time.Minute)
	want(1, time.Minute) // nothing was written since
	note(0)
	note(10 * time.Minute)
	want(1, time.Minute)
	want(3, 0) // before that event is not asked about
}
