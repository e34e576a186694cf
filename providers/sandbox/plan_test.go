package sandbox

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"reflect"
	"strings"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func parsed(t *testing.T, text string) Plan {
	t.Helper()
	p, err := ParsePlan(text)
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return p
}

func TestAPlanIsReadAsItIsMeant(t *testing.T) {
	seed := uint64(7)
	for text, want := range map[string]Plan{
		"oxipay.charge#1=cut-before": {Rules: []Rule{{Target: "oxipay.charge", From: 1, To: 1, Faults: []Fault{{Kind: LoseAnswer}}}}},
		"seed=7, *%30=any":           {Seed: &seed, Rules: []Rule{{Target: "*", Chance: 30_00}}},
		"begins#2-5%0.5=html|none|delay:1m30s": {Rules: []Rule{{Target: "begins", From: 2, To: 5, Chance: 50,
			Faults: []Fault{{Kind: HTML}, {}, {Kind: Delay, For: 90 * time.Second}}}}},
		"# the first is lost on its way\n oxapay#3-=cut-before:20s/unprocessed,\n\nxaigate%100=503": {Rules: []Rule{
			{Target: "oxapay", From: 3, Faults: []Fault{{Kind: LoseAnswer, For: 20 * time.Second, Unprocessed: true}}},
			{Target: "xaigate", Chance: 100_00, Faults: []Fault{{Kind: Unavailable}}},
		}},
	} {
		if have := parsed(t, text); !reflect.DeepEqual(have, want) {
			t.Errorf("%s is read as %+v, want %+v", text, have, want)
		}
	}
}

func TestAWrongPlanIsToldWhatWasFoundAndWhatIsAllowed(t *testing.T) {
	for _, row := range []struct{ text, found, allowed string }{
		{"", "no rule", "like oxipay.charge#1=cut-before"},
		{"seed=7", "no rule", "like oxipay"},
		{"oxipay.charge", "no =", "like oxipay"},
		{"oxipay.chrage=html", `"oxipay.chrage" is no call`, "oxipay.charge, oxipay.invite, oxipay.refund, oxipay.undo, oxipay.register, oxipay.receipt, oxapay"},
		{"Oxipay=html", `"Oxipay" is no call`, "begins"},
		{"*=htlm", `"htlm" is no fault`, "html, 500, 502"},
		{"*=", `"" is no fault`, "any, none"},
		{"*=html|", `"" is no fault`, "any, none"},
		{"*=any|html", `"any" is no fault`, "delay"},
		{"*=none:5s", `"none:5s" is no fault`, "delay"},
		{"*#0=html", `"#0" does not say which`, "#2-5"},
		{"*#5-2=html", `"#5-2" does not say which`, "#2-"},
		{"*#=html", `"#" does not say which`, "#2"},
		{"*#1#2=html", `"#1#2" does not say which`, "#2"},
		{"*%0=html", `"%0" is no chance`, "%0.01 to %100"},
		{"*%100.01=html", `"%100.01" is no chance`, "%100"},
		{"*%1.234=html", `"%1.234" is no chance`, "two decimals"},
		{"*%-1=html", `"%-1" is no chance`, "%100"},
		{"*=delay:5", `"5" is no duration`, "250ms"},
		{"*=delay:2h", `"2h" is no duration`, "1h"},
		{"*=delay:-1s", `"-1s" is no duration`, "1ms"},
		{"*=silent:5s", "until the client gives up", "cut-before:20s"},
		{"*=unsigned/unprocessed", "needs the provider's answer", "cut-before"},
		{"*=delay/unprocessed", "needs the provider's answer", "503"},
		{"xaigate.info=unsigned", "changes nothing in the answers of xaigate.info", "oxipay.undo, oxipay.register, oxipay.receipt, oxapay.callback, payneteasy.initiate"},
		{"seed=7 seed=8 *=any", "a seed already", "one seed"},
		{"seed=-1 *=any", `"-1" is no seed`, "18446744073709551615"},
		{"seed=007 *=any", `"007" is no seed`, "whole number"},
		{strings.Repeat("*=html ", 20_000), "140000 bytes", "65536"},
	} {
		_, err := ParsePlan(row.text)
		var wrong *PlanError
		if !errors.As(err, &wrong) || !strings.Contains(err.Error(), row.found) || !strings.Contains(wrong.Allowed, row.allowed) {
			t.Errorf("%.60q: %+v, want %q and %q", row.text, err, row.found, row.allowed)
		}
	}
}

// plans draws any plan that a person can write.
func plans() *rapid.Generator[Plan] {
	fault := rapid.Custom(func(t *rapid.T) Fault {
		k := rapid.SampledFrom(append(Kinds(), Kind{})).Draw(t, "kind")
		f := Fault{Kind: k.Fault}
		if k.Fault != NoFault && k.Fault != HoldAnswer && rapid.Bool().Draw(t, "lasts") {
			f.For = time.Duration(rapid.Int64Range(int64(time.Millisecond), int64(time.Hour)).Draw(t, "for"))
		}
		f.Unprocessed = k.Instead && rapid.Bool().Draw(t, "unprocessed")
		return f
	})
	rule := rapid.Custom(func(t *rapid.T) Rule {
		r := Rule{Target: rapid.SampledFrom(targets()).Draw(t, "target"), Chance: rapid.IntRange(0, 100_00).Draw(t, "chance")}
		if r.From = rapid.IntRange(0, 9).Draw(t, "from"); r.From > 0 && rapid.Bool().Draw(t, "last") {
			r.To = r.From + rapid.IntRange(0, 9).Draw(t, "more")
		}
		c := callNamed(r.Target)
		for _, f := range rapid.SliceOfN(fault, 0, 4).Draw(t, "faults") {
			if k := kindOf(f.Kind); c == nil || k == nil || k.Spoils(*c) {
				r.Faults = append(r.Faults, f)
			}
		}
		return r
	})
	return rapid.Custom(func(t *rapid.T) Plan {
		p := Plan{Rules: rapid.SliceOfN(rule, 1, 5).Draw(t, "rules")}
		if rapid.Bool().Draw(t, "seeded") {
			seed := rapid.Uint64().Draw(t, "seed")
			p.Seed = &seed
		}
		return p
	})
}

func TestAPlanThatIsWrittenIsReadAsTheSamePlan(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := plans().Draw(t, "plan")
		have, err := ParsePlan(p.String())
		if err != nil || !reflect.DeepEqual(have, p) {
			t.Fatalf("%s is read as %+v, %v; want %+v", p, have, err, p)
		}
	})
}

func TestNoTextBreaksThePlansReader(t *testing.T) {
	pieces := rapid.SampledFrom([]string{"*", "begins", "oxipay", "oxipay.charge", "#", "1", "-", "%", "30", ".", "=", "|", ":", "5s", "html", "delay", "any", "none",
		"/unprocessed", "seed", ",", " ", "\n", "18446744073709551616", "\x00", "é", "\xff"})
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOfN(pieces, 0, 12).Draw(t, "text"), "")
		if rapid.Bool().Draw(t, "wild") {
			text = rapid.String().Draw(t, "any text")
		}
		p, err := ParsePlan(text)
		if (err == nil) == (len(p.Rules) == 0) {
			t.Fatalf("%q gives %+v and %v", text, p, err)
		}
		if err != nil {
			return
		}
		if again, err := ParsePlan(p.String()); err != nil || !reflect.DeepEqual(again, p) {
			t.Fatalf("%q is written as %q, which is read as %+v, %v", text, p, again, err)
		}
	})
}

// played are the faults that a plan has for calls that come in this order.
func played(p Plan, names ...string) string {
	player := newPlayer(p)
	said := []string{}
	for _, name := range names {
		f, _ := player.fault(callNamed(name))
		said = append(said, f.String())
	}
	return strings.Join(said, " ")
}

func TestTheFirstRuleThatSpeaksForACallCounts(t *testing.T) {
	const charge, invite, info, create = "oxipay.charge", "oxipay.invite", "xaigate.info", "xaigate.create"
	for _, row := range []struct {
		plan  string
		calls []string
		want  string
	}{
		{"oxipay.charge#2=cut-after", []string{charge, charge, charge}, "none cut-after none"},
		{"oxipay.charge#2=cut-after", []string{info, charge, info, charge}, "none none none cut-after"},
		{"oxipay.charge#2-3=html oxipay=500", []string{charge, charge, invite, charge, charge}, "500 html 500 html 500"},
		{"oxipay.charge=none *#2-=503", []string{charge, info, charge, info}, "none 503 none 503"},
		{"begins#2=html", []string{info, charge, info, create, info}, "none none none html none"},
		// What a rule cannot spoil is not its call, and the next rule's.
		{"*#2=unsigned *=html", []string{info, charge, info, charge}, "html html html unsigned"},
		{"xaigate=none|none", []string{info, charge}, "none none"},
	} {
		if have := played(parsed(t, row.plan), row.calls...); have != row.want {
			t.Errorf("%s plays %q, want %q", row.plan, have, row.want)
		}
	}
}

func TestChanceComesFromTheSeedAndFromNothingElse(t *testing.T) {
	charges := strings.Split(strings.Repeat("oxipay.charge ", 200), " ")[:200]
	first := played(parsed(t, "seed=7 *%30=any"), charges...)
	if again := played(parsed(t, "seed=7 *%30=any"), charges...); again != first {
		t.Error("the same seed plays something else")
	}
	if other := played(parsed(t, "seed=8 *%30=any"), charges...); other == first {
		t.Error("another seed plays the same")
	}
	spoilt := 0
	for _, fault := range strings.Fields(first) {
		if fault != noFault {
			spoilt++
		}
	}
	if spoilt < 40 || spoilt > 80 {
		t.Errorf("%d of 200 calls are spoilt at 30 %%", spoilt)
	}
	// Status queries in between, and how many, change nothing for the charges.
	var between []string
	for range charges {
		for range rand.IntN(4) {
			between = append(between, "xaigate.info")
		}
		between = append(between, "oxipay.charge")
	}
	player, said := newPlayer(parsed(t, "seed=7 *%30=any")), []string{}
	for _, name := range between {
		if f, _ := player.fault(callNamed(name)); name == "oxipay.charge" {
			said = append(said, f.String())
		}
	}
	if strings.Join(said, " ") != first {
		t.Error("status queries between the charges changed what the charges met")
	}
}

func TestAnyPlaysEveryFaultThatFits(t *testing.T) {
	for _, c := range Calls() {
		player, seen := newPlayer(parsed(t, "seed=1 *=any")), map[FaultKind]bool{}
		for range 1000 {
			f, _ := player.fault(callNamed(c.Name))
			seen[f.Kind] = true
		}
		for _, k := range Kinds() {
			if seen[k.Fault] != k.Spoils(c) {
				t.Errorf("%s: %s was played: %t, want %t", c.Name, k.Fault, seen[k.Fault], k.Spoils(c))
			}
		}
	}
}

func TestASandboxPlaysItsPlanAndTellsWhichRule(t *testing.T) {
	var mu sync.Mutex
	var told []Played
	s := open(t, Options{Plan: parsed(t, "oxipay.charge#1=cut-before payneteasy#1=500"), Played: func(p Played) {
		mu.Lock()
		defer mu.Unlock()
		told = append(told, p)
	}})
	body := seal(t, authorisation("011234", "R-1"), OxipayKey)
	if _, err := s.try(ledgerAuthorise, body); !isCut(err) {
		t.Errorf("the first charge came back as %v", err)
	}
	s.expect(ledgerAuthorise, body, "Success", "SPRA01")
	if g := s.post(initiatePath, jsonText(t, transferOf("100", nil))); g.status != 500 {
		t.Errorf("the first transfer got HTTP %d", g.status)
	}
	s.PlayNext(Fault{Kind: Unsigned})
	s.post(ledgerAuthorise, body)
	want := []Played{
		{s.clock.Now(), "oxipay.charge", hash(body), Fault{Kind: LoseAnswer}, "oxipay.charge#1=cut-before"},
		{s.clock.Now(), "payneteasy.initiate", hash(jsonText(t, transferOf("100", nil))), Fault{Kind: HTML500}, "payneteasy#1=500"},
		{s.clock.Now(), "oxipay.charge", hash(body), Fault{Kind: Unsigned}, "a key"},
	}
	mu.Lock()
	defer mu.Unlock()
	if fmt.Sprint(told) != fmt.Sprint(want) {
		t.Errorf("told\n%v\nwant\n%v", told, want)
	}
	if e := s.Ledger(); len(e) != 1 || e[0].Answers != 3 {
		t.Errorf("ledger %+v", e)
	}
}

func TestACodeThatPlaysAFaultIsApprovedAndPlaysItOnce(t *testing.T) {
	s := open(t, Options{FaultCodes: true})
	plain := open(t, Options{})
	for i, row := range faultCodes {
		if row.fault.Kind == Delay {
			continue // its eight seconds are a person's
		}
		body := seal(t, authorisation("6199"+row.selector+"1234", fmt.Sprintf("R-%d", i)), OxipayKey)
		w := wires[row.fault.Kind]
		first := s.speak(ledgerAuthorise, body, w.patience)
		whole := s.post(ledgerAuthorise, body)
		if s.fields(whole)["x_code"] != "SPRA01" || !w.check(first, string(whole.body)) {
			t.Errorf("%s: first\n%s\nthen\n%s", row.selector, first.raw, whole.body)
		}
		plain.expect(ledgerAuthorise, body, "Error", "EISE01")
	}
	if e := s.Ledger(); len(e) != len(faultCodes)-1 || len(FaultWays()) != len(faultCodes) || e[0].Answers != 2 {
		t.Errorf("ledger %+v", e)
	}
}
