package scanner

import (
	"testing"
	"time"

	"pgregory.net/rapid"
)

// 61.99 and 6,199.50 begin as a code does.
func TestAnAmountThatBeginsAsACodeIsNotTakenForTheCodeScannedAfterIt(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := newCounter(anyConfig(t))
		amount := "6199" + rapid.StringMatching(`[0-9]{0,3}`).Draw(t, "cents")
		c.slowly(amount, time.Duration(rapid.IntRange(40, 390).Draw(t, "hand"))*ms)
		code := preapprovalCode(t)
		c.slowlyThenAtOnce(code, time.Duration(rapid.IntRange(0, 120).Draw(t, "gap"))*ms)
		c.end(rapid.SampledFrom(suffixes).Draw(t, "suffix"))
		c.wait(time.Second)
		c.expect(t, amount, code)
	})
}

func TestACodeWithAnotherBeginningInsideItNeedsNoMore(t *testing.T) {
	for _, code := range []string{"6199126199", "6199619900", "6199123619"} {
		for _, local := range []bool{true, false} {
			c := newCounter(Config{Local: local})
			c.slowly("125", 120*ms)
			c.burst(code)
			c.wait(1500 * ms)
			c.slowly("50", 120*ms)
			c.expect(t, "12550", code)
		}
	}
}

func TestDigitsTypedBehindSuchACodeAreTypedAgain(t *testing.T) {
	c := newCounter(Config{})
	c.burst("6199126199")
	c.burst("5") // may still be 6199 5…
	c.wait(1500 * ms)
	c.expect(t, "5", "6199126199")
}

func TestTwoCodesInOneReadAreTwoScans(t *testing.T) {
	for _, local := range []bool{true, false} {
		c := newCounter(Config{Local: local})
		c.slowly("125", 120*ms)
		c.burst("61991111116199222222")
		c.end("\r")
		c.wait(time.Second)
		c.expect(t, "125", "6199111111", "6199222222")
	}
}

func TestASlowScannersPrefixMakesAScanWithoutAnEnterToo(t *testing.T) {
	for _, local := range []bool{true, false} {
		c := newCounter(Config{Local: local, Prefix: "~"})
		c.slowly("125", 120*ms)
		c.slowly("~123456789", 120*ms)
		c.wait(time.Second)
		c.expect(t, "125", "123456789")
	}
}

func TestACodeThatTheNetworkTearsIsOne(t *testing.T) {
	c := newCounter(Config{Prefix: "~"})
	c.burst("~1234567")
	c.wait(390 * ms)
	c.burst("89")
	c.end("\r")
	c.expect(t, "", "123456789")
}

func TestAKeyEndsAPrefixedCodeAtOnce(t *testing.T) {
	c := newCounter(Config{Prefix: "~"})
	c.burst("~123456")
	c.wait(100 * ms)
	c.apply(c.Break(c.now))
	c.expect(t, "", "123456")
}

// A scanner may frame what it sends with STX and ETX, which is Ctrl+C.
func TestTheControlCharacterBehindAScanIsDropped(t *testing.T) {
	c := newCounter(Config{})
	c.burst("6199123457")
	if !c.Control(c.now) {
		t.Fatal("it acted as a key")
	}
	c.wait(400 * ms)
	if c.Control(c.now) {
		t.Fatal("a person's control key was dropped")
	}
	c.burst("6199123457")
	c.end("\r")
	if c.Control(c.now) {
		t.Fatal("a person's control key behind the Enter was dropped")
	}
}

func TestACodeThatEndsIn6199NeedsNoEnter(t *testing.T) {
	c := newCounter(Config{Prefix: "~", Local: true})
	c.burst("~AB126199")
	c.wait(time.Second)
	c.burst("ZX26199506") // may be half of one
	c.wait(1500 * ms)
	c.expect(t, "", "AB126199", "ZX26199506")
}
