package unlock

import (
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"

	"cashdesk/internal/till"
	"cashdesk/screens/desk"
	"cashdesk/ui"
	"cashdesk/ui/uitest"
)

// sale notes what was typed ahead.
type sale struct{ typed []string }

func (s *sale) Init() tea.Cmd           { return nil }
func (s *sale) View(c ui.Canvas) string { return c.Fit("sale") }
func (s *sale) Actions() []ui.Action    { return nil }
func (s *sale) Update(msg tea.Msg) tea.Cmd {
	if next, ok := msg.(desk.NextSaleMsg); ok {
		s.typed = append(s.typed, next.Typed)
	}
	return nil
}

// slow is a counter whose journal takes its time: the test says when it is open.
func slow(t *testing.T, signedIn bool) (*uitest.Driver, *Unlock, *sale) {
	d := &desk.Desk{Till: func() *till.Till { return nil }, Unlock: func(string) error { return nil }}
	if signedIn {
		d.SetSession(till.Session{ID: "S1"})
	}
	idle := &sale{}
	u := New(d)
	u.busy = true
	return uitest.New(t, uitest.Setup{Start: "unlock", Routes: map[string]ui.Route{
		"unlock":         func(any) ui.Screen { return waiting{u} },
		desk.RouteSale:   func(any) ui.Screen { return idle },
		desk.RouteSignIn: func(any) ui.Screen { return &sale{} },
	}}), u, idle
}

// waiting is the screen whose work has not come back yet.
type waiting struct{ *Unlock }

func (waiting) Init() tea.Cmd { return nil }

func TestAnAmountTypedAheadIsNotLost(t *testing.T) {
	c, u, idle := slow(t, true)
	c.Shows("opening the journal")
	c.Type("1255")
	c.Press("enter")
	c.Hides("1255", "Enter")
	c.Send(openedMsg{from: u})
	c.On(desk.RouteSale)
	if got := strings.Join(idle.typed, ","); got != "1255" {
		t.Errorf("the idle screen was given %q", got)
	}
}

func TestWhatWasTypedAheadOfTheSignInGoesNowhere(t *testing.T) {
	c, u, idle := slow(t, false)
	c.Type("2468")
	c.Send(openedMsg{from: u})
	c.On(desk.RouteSignIn)
	if len(idle.typed) != 0 {
		t.Errorf("somewhere %q arrived", idle.typed)
	}
}

func TestAnAnswerToAnotherScreenIsDropped(t *testing.T) {
	c, u, _ := slow(t, true)
	c.Send(openedMsg{from: New(u.desk)})
	c.On("unlock")
}
