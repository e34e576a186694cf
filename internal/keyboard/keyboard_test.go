package keyboard

import (
	"fmt"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"cashdesk/internal/figures"
	"cashdesk/screens/desk"
)

// counts is what a worker has seen.
type counts struct {
	tried, ended, asTyping, typed, flying       uint64
	lost, doubled, misplaced, amounts, payments uint64
	paces                                       [8]uint64
}

func (c *counts) add(o counts) {
	c.tried, c.ended, c.asTyping, c.typed, c.flying = c.tried+o.tried, c.ended+o.ended, c.asTyping+o.asTyping, c.typed+o.typed, c.flying+o.flying
	c.lost, c.doubled, c.misplaced, c.amounts, c.payments = c.lost+o.lost, c.doubled+o.doubled, c.misplaced+o.misplaced, c.amounts+o.amounts, c.payments+o.payments
	for i := range c.paces {
		c.paces[i] += o.paces[i]
	}
}

// visit is one burst at one place, between what a person types there.
type visit struct {
	*bench
	place         place
	burst         burst
	before, after string
	wrong         []string
}

// TestEveryScanArrivesOnceAndWhereItBelongs is the row of bursts in the sheet.
func TestEveryScanArrivesOnceAndWhereItBelongs(t *testing.T) {
	tries := figures.Tries(3_000)
	begun := time.Now()
	workers := uint64(runtime.GOMAXPROCS(0))
	var all counts
	var mu sync.Mutex
	var wg sync.WaitGroup
	for i := range workers {
		b := newBench(t, i)
		share := tries / workers
		if i < tries%workers {
			share++
		}
		wg.Go(func() {
			n := b.bursts(share)
			mu.Lock()
			defer mu.Unlock()
			all.add(n)
		})
	}
	wg.Wait()
	among := []figures.Count{}
	for i, n := range all.paces {
		among = append(among, figures.Count{N: n, What: "at " + pace(paces[i])})
	}
	figures.Write(t, figures.Row{
		What: "scans in bursts", Tried: all.tried, Took: time.Since(begun),
		Among: append(among, figures.Count{N: all.ended, What: "with an Enter"}, figures.Count{N: all.typed, What: "between typed keys"},
			figures.Count{N: all.flying, What: "with a payment in flight"}, figures.Count{N: all.asTyping, What: "that are typing"}),
		Wrong: []figures.Count{{N: all.lost, What: "lost"}, {N: all.doubled, What: "doubled"}, {N: all.misplaced, What: "in the wrong place"},
			{N: all.amounts, What: "amounts changed"}, {N: all.payments, What: "payments begun"}},
	})
}

// joined says that a code's barcode stands across the seam of what is typed and
// what follows: its prefix, and fewer than its six digits before the seam.
func joined(typed, follows string) bool {
	at := strings.LastIndex(typed+follows[:min(3, len(follows))], "6199")
	return at >= 0 && at+len("6199")+6 > len(typed)
}

func pace(d time.Duration) string { return fmt.Sprintf("%g ms", float64(d)/float64(time.Millisecond)) }

// bursts tries so many. The program is started anew now and then, on one kind of
// terminal or the other.
func (b *bench) bursts(share uint64) (n counts) {
	for i := range share {
		if i%64 == 0 {
			b.start(i%128 == 0)
		}
		if i%400 == 200 {
			b.fly(&n)
			continue
		}
		b.visit(places[b.dice.IntN(len(places))], &n)
		if b.t.Failed() && n.lost+n.doubled+n.misplaced+n.amounts+n.payments > 5 {
			return n // the rest tells no more
		}
	}
	return n
}

// visit plays one burst and compares.
func (b *bench) visit(p place, n *counts) {
	b.home()
	b.wait(2 * time.Second)
	b.idle = false
	p.open(b)
	b.forget()
	b.wait(time.Duration(b.dice.IntN(300)) * time.Millisecond) // the page may still be reading
	v := &visit{bench: b, place: p, burst: b.burst()}
	if p.text != nil {
		v.before = p.text(b)
		if v.burst.shape == bare && joined(v.before, v.burst.text) {
			v.before = "" // the two together are a code, and nobody can tell
		}
		b.types(v.before)
	}
	b.wait(v.gap())
	b.scan(v.burst, nil)
	if v.burst.ender == "" || v.burst.shape != preapproval {
		b.wait(450 * time.Millisecond)
	}
	if x := v.burst.text[1:]; strings.Contains(x, "6199") || strings.HasSuffix(x, "619") {
		b.wait(time.Second) // another code may have begun in this one
	}
	b.wait(40 * time.Millisecond)
	if p.text != nil && v.burst.scan {
		v.after = p.text(b)
		if len(v.before+v.after) > 7 {
			v.after = ""
		}
		b.types(v.after)
	}
	b.wait(500 * time.Millisecond)
	v.judge(n)
}

// gap is the pause between a person's last key and the scan. A bare code right behind
// a typed digit would be one with it.
func (v *visit) gap() time.Duration {
	if v.burst.shape != bare && v.dice.IntN(2) == 0 {
		return time.Duration(v.dice.IntN(3)) * time.Millisecond
	}
	return 35*time.Millisecond + v.hand()
}

// judge compares what became of the burst with what should have.
func (v *visit) judge(n *counts) {
	n.tried++
	for i, p := range paces {
		if p == v.burst.pace {
			n.paces[i]++
		}
	}
	if v.burst.ender != "" {
		n.ended++
	}
	if v.before+v.after != "" {
		n.typed++
	}
	v.still(n)
	v.text(n)
	if !v.burst.scan {
		n.asTyping++
		if len(v.scans) != 0 {
			v.say(&n.misplaced, "typing became the scan %v", v.scans)
		}
	} else {
		v.arrived(n)
	}
	v.report(n)
}

// still says that nothing was pressed, answered or begun.
func (v *visit) still(n *counts) {
	if len(v.actions)+len(v.answers) > 0 || v.gone {
		v.say(&n.misplaced, "it pressed %v, answered %v, left %v", v.actions, v.answers, v.gone)
	}
	if v.begun > 0 {
		v.say(&n.payments, "it began %d payments", v.begun)
	}
}

// text compares what stands in the field with what was typed there.
func (v *visit) text(n *counts) {
	if v.place.shown == nil {
		return
	}
	typed := v.before + v.after
	if !v.burst.scan {
		typed = v.before + v.burst.text
		if strings.Trim(typed, digits) != "" {
			return // what a field makes of letters is its own
		}
	}
	want := v.place.shown(v.bench, typed)
	if len(typed) > 12 || v.shows(want) {
		return
	}
	wrong := &n.misplaced
	if v.place.amount {
		wrong = &n.amounts
	}
	v.say(wrong, "the page does not show %q:\n%s", want, v.app.View())
}

// arrived compares the scans that reached a screen; one that is kept reaches the idle
// screen as soon as that is there.
func (v *visit) arrived(n *counts) {
	where, held := v.place.takes, false
	switch v.place.fate {
	case kept:
		if len(v.scans) > 0 {
			v.say(&n.misplaced, "the scan reached %v", v.scans)
			return
		}
		where, held = desk.RouteSale, true
	case either:
		where = desk.RouteSale
	}
	v.home()
	if where == desk.RouteSale && v.place.fate != taken && !v.shows("Amount: 0.00 AUD") {
		v.say(&n.amounts, "the idle screen shows\n%s", v.app.View())
	}
	switch {
	case v.place.fate == refused:
		if len(v.scans) > 0 {
			v.say(&n.misplaced, "the scan passed the lock: %v", v.scans)
		}
	case len(v.scans) == 0:
		v.say(&n.lost, "it arrived nowhere")
	case len(v.scans) > 1:
		v.say(&n.doubled, "it arrived as %v", v.scans)
	case v.scans[0].Code != v.burst.code || v.scans[0].Raw != v.burst.text || v.scans[0].route != where || v.scans[0].Held != held && v.place.fate != either:
		v.say(&n.misplaced, "it arrived as %v", v.scans)
	}
}

func (v *visit) say(count *uint64, format string, args ...any) {
	*count++
	v.wrong = append(v.wrong, fmt.Sprintf(format, args...))
}

func (v *visit) report(n *counts) {
	if len(v.wrong) > 0 {
		v.t.Errorf("burst %d, %s, local %v: typed %q, scanned %s, typed %q: %s", n.tried, v.place.name, v.local, v.before, v.burst, v.after, strings.Join(v.wrong, "; "))
	}
}
