package journal

import (
	"context"
	"slices"
	"testing"
	"time"

	"cashdesk/providers"
)

func TestRecentAttemptsOfAStateComeNewestFirst(t *testing.T) {
	ctx := context.Background()
	o := options()
	now := time.Date(2026, time.November, 20, 9, 0, 0, 0, time.UTC)
	o.Now = func() time.Time { return now }
	j := open(t, t.TempDir()+"/journal.db", o)
	var all []providers.Attempt
	for n := 1; n <= 6; n++ {
		now = now.Add(time.Hour)
		all = append(all, record(t, j, sale(n)))
	}
	if _, err := j.Append(ctx, providers.Event{Type: providers.EventCancelled, Attempt: all[4].ID}); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name  string
		state providers.State
		since time.Time
		limit int
		want  []providers.Attempt
	}{
		{"all of a state", providers.Recorded, all[0].CreatedAt, 10, []providers.Attempt{all[5], all[3], all[2], all[1], all[0]}},
		{"the newest two", providers.Recorded, all[0].CreatedAt, 2, []providers.Attempt{all[5], all[3]}},
		{"not the older ones", providers.Recorded, all[3].CreatedAt, 10, []providers.Attempt{all[5], all[3]}},
		{"another state", providers.Cancelled, all[0].CreatedAt, 10, []providers.Attempt{all[4]}},
		{"none", providers.Expired, all[0].CreatedAt, 10, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := j.Recent(ctx, c.state, c.since, c.limit)
			if err != nil || !slices.Equal(ids(got), ids(c.want)) {
				t.Errorf("%v, %v; want %v", ids(got), err, ids(c.want))
			}
		})
	}
}
