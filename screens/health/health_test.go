package health_test

import (
	"fmt"
	"testing"

	"cashdesk/screens/desk"
	"cashdesk/screens/desk/desktest"
	"cashdesk/screens/health"
	"cashdesk/ui"
)

func setup(lines func() []desk.HealthLine) desktest.Setup {
	return desktest.Setup{
		Routes: func(d *desk.Desk) map[string]ui.Route {
			return map[string]ui.Route{desk.RouteHealth: func(any) ui.Screen { return health.New(d) }}
		},
		Start:  desk.RouteHealth,
		Change: func(d *desk.Desk) { d.Health = lines },
	}
}

// some is a counter with one thing wrong.
func some() []desk.HealthLine {
	return []desk.HealthLine{
		{Section: "Shop", Title: "name", Value: "Hill St Books"},
		{Section: "Shop", Title: "currency", Value: "AUD"},
		{Section: "Journal", Title: "file", Value: "/var/lib/cashdesk/journal.db"},
		{Section: "Journal", Title: "chain", Value: "whole, 1,204 events", Tone: ui.Good},
		{Section: "Oxipay", Title: "base", Value: "https://securesandbox.oxipay.com.au/webapi/v1"},
		{Section: "Oxipay", Title: "key", Value: "not set", Tone: ui.Bad, Hint: "cashdesk keys set oxipay.signing_key"},
	}
}

func many() []desk.HealthLine {
	var all []desk.HealthLine
	for i := range 60 {
		all = append(all, desk.HealthLine{Section: "Many", Title: fmt.Sprintf("line %02d", i+1), Value: "fine"})
	}
	return all
}

func TestThePage(t *testing.T) {
	for _, size := range []struct {
		name string
		w, h int
	}{{"80x24", 80, 24}, {"100x30", 100, 30}, {"40x12", 40, 12}} {
		s := setup(some)
		s.Width, s.Height = size.w, size.h
		desktest.New(t, s).Golden("some-" + size.name)
	}
}

func TestALongPageIsScrolledToItsEnd(t *testing.T) {
	c := desktest.New(t, setup(many))
	c.Shows("line 01", "more below")
	c.Hides("line 60")
	c.Press("pgdown", "pgdown", "pgdown", "pgdown")
	c.Shows("line 60")
	c.Hides("more below", "line 01")
	c.Press("ctrl+home")
	c.Shows("line 01")
}

func TestItIsLookedAtAgain(t *testing.T) {
	looks := 0
	c := desktest.New(t, setup(func() []desk.HealthLine {
		looks++
		return []desk.HealthLine{{Section: "Journal", Title: "looks", Value: fmt.Sprint(looks)}}
	}))
	c.Press("f8")
	c.Shows("2")
	if looks != 2 {
		t.Errorf("looked %d times", looks)
	}
	c.Press("enter") // does nothing here
	c.On(desk.RouteHealth)
}

func TestWithoutAnythingToShowItSaysSo(t *testing.T) {
	desktest.New(t, setup(nil)).Shows("there is nothing to show")
}

func TestItFitsEverywhere(t *testing.T) {
	desktest.Corners(t, setup(some))
	desktest.New(t, setup(many)).EverySize()
}
