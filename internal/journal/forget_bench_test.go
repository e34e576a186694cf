package journal

import (
	"path/filepath"
	"slices"
	"testing"
	"time"

	"cashdesk/providers"
)

// BenchmarkAppendWhileForgetting appends as a counter does while the personal
// data of 10,000 payments is being removed without any pause, and tells the
// slowest append; once without the removal, to compare.
func BenchmarkAppendWhileForgetting(b *testing.B) {
	const old = 10_000
	for _, removing := range []bool{false, true} {
		name := map[bool]string{false: "alone", true: "removing"}[removing]
		b.Run(name, func(b *testing.B) {
			c := newClock()
			o := options()
			o.Now = func() time.Time { return c.at }
			j := open(b, filepath.Join(b.TempDir(), "journal.db"), o)
			sync := func(how string) { // the years before need not reach the disk one by one
				if _, err := j.write.Exec("PRAGMA synchronous = " + how); err != nil {
					b.Fatal(err)
				}
			}
			sync("OFF")
			for n := range old {
				serve(b, j, n)
			}
			sync("FULL")
			c.at = c.at.Add(90 * 24 * time.Hour)
			before := c.at
			ended := make(chan int, 1)
			go func() {
				n := 0
				if removing {
					n, _ = j.ForgetOlder(b.Context(), before, "", "its time was over", func() bool { return true })
				}
				ended <- n
			}()
			var took []time.Duration
			now := begin(b, j, stays+2)
			add(b, j, providers.Event{Type: providers.EventAnswered, Attempt: now.ID, To: providers.Open})
			running := removing
			for b.ResetTimer(); running || len(took) < 1000; {
				select {
				case n := <-ended:
					if running = false; removing && n != old {
						b.Errorf("%d payments were forgotten", n)
					}
				default:
				}
				begun := time.Now()
				add(b, j, providers.Event{Type: providers.EventWatched, Attempt: now.ID, To: providers.Open, Received: "1.00"})
				took = append(took, time.Since(begun))
				if removing {
					time.Sleep(time.Millisecond) // a customer does not come every moment
				}
			}
			begun := time.Now()
			if done, err := j.Wipe(b.Context()); err != nil || !done {
				b.Errorf("wiped %v, %v", done, err)
			}
			slices.Sort(took)
			b.ReportMetric(float64(took[len(took)/2].Microseconds()), "median-µs")
			b.ReportMetric(float64(took[len(took)*99/100].Microseconds()), "p99-µs")
			b.ReportMetric(float64(took[len(took)-1].Microseconds()), "worst-µs")
			b.ReportMetric(float64(time.Since(begun).Microseconds()), "wipe-µs")
			b.ReportMetric(float64(len(took)), "appends")
		})
	}
}
