package scanner

import (
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

const ms = time.Millisecond

// counter plays the assembler's part in the program: a field, and what was scanned.
type counter struct {
	*Assembler
	now    time.Time
	field  string
	scans  []string
	raws   []string
	enters int // terminators that acted as keys
}

func newCounter(c Config) *counter {
	return &counter{Assembler: New(c), now: time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)}
}

func (c *counter) apply(events []Event) {
	for _, e := range events {
		c.field = c.field[:len(c.field)-e.Retract] + e.Text
		if e.Code != "" {
			c.scans, c.raws = append(c.scans, e.Code), append(c.raws, e.Raw)
		}
	}
}

// wait lets time pass as the program does: it is woken at the deadline.
func (c *counter) wait(d time.Duration) {
	end := c.now.Add(d)
	if at, ok := c.Deadline(); ok && at.Before(end) && at.After(c.now) {
		c.apply(c.Idle(at))
	}
	c.now = end
}

func (c *counter) burst(text string) { c.apply(c.Feed([]rune(text), c.now)) }

func (c *counter) slowly(text string, gap time.Duration) {
	for _, r := range text {
		c.burst(string(r))
		c.wait(gap)
	}
}

func (c *counter) end(suffix string) {
	for range suffix {
		events, swallowed := c.Terminator(c.now)
		c.apply(events)
		if !swallowed {
			c.enters++
		}
	}
}

func (c *counter) expect(t rapid.TB, field string, scans ...string) {
	t.Helper()
	if c.field != field || strings.Join(c.scans, " ") != strings.Join(scans, " ") {
		t.Fatalf("field %q, scans %q; want %q, %q", c.field, c.scans, field, scans)
	}
	if c.enters != 0 {
		t.Fatalf("%d terminators of a scan acted as keys", c.enters)
	}
}

var suffixes = []string{"", "\r", "\n", "\r\n", "\t"}

func preapprovalCode(t *rapid.T) string {
	return "6199" + rapid.StringMatching(`[0-9]{6}`).Draw(t, "code")
}

func anyConfig(t *rapid.T) Config {
	return Config{Local: rapid.Bool().Draw(t, "local"), Prefix: rapid.SampledFrom([]string{"", "~", "S:"}).Draw(t, "shop")}
}

// split feeds a text cut anywhere, with any pauses between the parts.
func split(t *rapid.T, c *counter, text string, longest time.Duration) {
	for len(text) > 0 {
		n := rapid.IntRange(1, len(text)).Draw(t, "part")
		c.burst(text[:n])
		text = text[n:]
		if text != "" {
			c.wait(time.Duration(rapid.Int64Range(0, int64(longest)).Draw(t, "pause")))
		}
	}
}

func TestAPreapprovalCodeIsAScanHoweverItArrives(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		config := anyConfig(t)
		c := newCounter(config)
		amount := rapid.StringMatching(`[0-57-9]{0,8}`).Draw(t, "amount")
		c.slowly(amount, 90*ms)
		prefix := rapid.SampledFrom([]string{"", config.Prefix, "]C0", "]C1", config.Prefix + "]C1"}).Draw(t, "prefix")
		code := preapprovalCode(t)
		split(t, c, prefix+code, 500*ms)
		c.end(rapid.SampledFrom(suffixes).Draw(t, "suffix"))
		c.wait(time.Second)
		c.expect(t, amount, code)
		if c.raws[0] != prefix+code {
			t.Fatalf("raw %q, want %q", c.raws[0], prefix+code)
		}
	})
}

func TestAScanInOneReadWithTheAmountLeavesTheAmount(t *testing.T) {
	for _, local := range []bool{true, false} {
		c := newCounter(Config{Local: local})
		c.burst("125506199123456")
		c.end("\r")
		c.wait(time.Second)
		c.expect(t, "12550", "6199123456")
	}
}

func TestTypingIsNeverEaten(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		config := anyConfig(t)
		c := newCounter(config)
		text := rapid.StringMatching(`[0-57-9a-zA-R ]{0,60}`).Draw(t, "text")
		for _, r := range text {
			c.burst(string(r))
			if config.Local { // elsewhere even a person's keys come in bursts
				c.wait(30 * ms)
			}
			c.wait(time.Duration(rapid.IntRange(0, 400).Draw(t, "pause")) * ms)
		}
		if _, swallowed := c.Terminator(c.now); swallowed {
			t.Fatal("a person's Enter was swallowed")
		}
		c.expect(t, text)
	})
}

func TestAPasteIsTypingUnlessItIsAPreapprovalCode(t *testing.T) {
	c := newCounter(Config{Local: true})
	c.apply(c.Paste([]rune("INV-2024-00017\x1b\n"), c.now))
	c.wait(time.Second)
	c.expect(t, "INV-2024-00017")
	c.Break(c.now)
	c.apply(c.Paste([]rune("6199123456"), c.now))
	c.wait(time.Second)
	c.expect(t, "INV-2024-00017", "6199123456")
}

func TestABareCodeIsAScanOnlyWhereNoPersonTypesSoFast(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		code := rapid.StringMatching(`[0-57-9A-Z]{5,30}[0-57-9]`).Draw(t, "code")
		if strings.Trim(code, code[:1]) == "" {
			t.Skip()
		}
		suffix := rapid.SampledFrom(suffixes).Draw(t, "suffix")
		here := newCounter(Config{Local: true})
		here.slowly("125", 120*ms)
		split(t, here, code, 29*ms)
		here.end(suffix)
		here.wait(time.Second)
		here.expect(t, "125", code)

		far := newCounter(Config{Local: false})
		far.burst(code)
		far.wait(time.Second)
		far.expect(t, code)
	})
}

func TestAPrefixMakesAnyCodeAScan(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		config := anyConfig(t)
		prefix := rapid.SampledFrom([]string{"]C0", "]E0", config.Prefix + "]C1"}).Draw(t, "prefix")
		code := rapid.StringMatching(`[0-57-9A-Z]{6,30}`).Draw(t, "code")
		suffix := rapid.SampledFrom(suffixes).Draw(t, "suffix")
		longest := 400 * ms
		if suffix == "" {
			longest = 59 * ms
		}
		c := newCounter(config)
		c.slowly("125", 120*ms)
		c.slowlyThenAtOnce(prefix+code, time.Duration(rapid.Int64Range(0, int64(longest)).Draw(t, "gap")))
		c.end(suffix)
		c.wait(time.Second)
		c.expect(t, "125", code)
	})
}

// slowlyThenAtOnce leaves no pause after the last character.
func (c *counter) slowlyThenAtOnce(text string, gap time.Duration) {
	c.slowly(text[:len(text)-1], gap)
	c.burst(text[len(text)-1:])
}

func TestAKeyHeldDownIsTyping(t *testing.T) {
	c := newCounter(Config{Local: true})
	c.slowly("00000000", 20*ms)
	c.wait(time.Second)
	c.expect(t, "00000000")
}

func TestALongerCodeIsNotCutToAPreapprovalCode(t *testing.T) {
	c := newCounter(Config{Local: true})
	c.slowly("12550", 100*ms)
	c.burst("6199123")
	c.wait(5 * ms)
	c.burst("456789")
	c.end("\r\n")
	c.wait(time.Second)
	c.expect(t, "12550", "6199123456789")
}

func TestTheEnterOfAScanBelongsToItButTheNextOneDoesNot(t *testing.T) {
	c := newCounter(Config{})
	c.burst("6199123456")
	c.wait(200 * ms)
	c.end("\r")
	c.expect(t, "", "6199123456")
	c.wait(100 * ms)
	if _, swallowed := c.Terminator(c.now); swallowed {
		t.Fatal("the person's own Enter was swallowed too")
	}
}

func TestTheEnterOfAnOverlongCodeIsSwallowedToo(t *testing.T) {
	c := newCounter(Config{}) // far away, where the code is known at its tenth digit
	c.burst("6199123456789")
	c.end("\r\n")
	c.expect(t, "789", "6199123456")
}

func TestAControlCharacterInsideABurstIsDropped(t *testing.T) {
	c := newCounter(Config{Local: true})
	c.burst("61991")
	c.wait(2 * ms)
	if !c.Control(c.now) {
		t.Fatal("a control key inside a burst acted as a key")
	}
	c.burst("23456")
	c.end("\r")
	c.expect(t, "", "6199123456")

	c.wait(time.Second)
	c.slowly("12", 80*ms)
	if c.Control(c.now) {
		t.Fatal("a person's control key was dropped")
	}
}

func TestAKeyBetweenEndsTheRun(t *testing.T) {
	c := newCounter(Config{})
	c.slowly("61991", 80*ms)
	c.apply(c.Break(c.now)) // a backspace, say
	c.slowly("23456", 80*ms)
	c.wait(time.Second)
	c.expect(t, "6199123456")
}
