package consent_test

import (
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"cashdesk/internal/till"
	"cashdesk/keystore"
	"cashdesk/screens/desk"
	"cashdesk/screens/desk/consent"
	"cashdesk/screens/desk/desktest"
	"cashdesk/ui"
)

// host is a screen that asks for a manager's agreement when Enter is pressed.
type host struct {
	consent *consent.Consent
	agreed  []consent.AgreedMsg
}

func (h *host) Init() tea.Cmd { return nil }

func (h *host) Update(msg tea.Msg) tea.Cmd {
	if cmd, mine := h.consent.Update(msg); mine {
		return cmd
	}
	switch msg := msg.(type) {
	case ui.ActionMsg:
		return h.consent.Ask(till.Settle, "Settle the payment of 5.00 AUD.")
	case consent.AgreedMsg:
		h.agreed = append(h.agreed, msg)
	}
	return nil
}

func (h *host) View(c ui.Canvas) string { return c.Fit("the host") }

func (h *host) Actions() []ui.Action {
	return []ui.Action{{ID: "ask", Keys: []string{"enter"}, Label: "ask"}}
}

func hosted(t *testing.T, s desktest.Setup) (*desktest.Counter, *host) {
	t.Helper()
	h := &host{}
	s.Start = "host"
	s.Routes = func(d *desk.Desk) map[string]ui.Route {
		h.consent = consent.New(d)
		return map[string]ui.Route{"host": func(any) ui.Screen { return h }}
	}
	return desktest.New(t, s), h
}

func TestAManagersOwnSessionIsAskedForTheReasonOnly(t *testing.T) {
	c, h := hosted(t, desktest.Setup{})
	c.Press("enter")
	c.Shows("Reason, in words", "Settle the payment of 5.00 AUD.")
	c.Type("seen in the portal")
	c.Press("enter")
	if len(h.agreed) != 1 || h.agreed[0].Err != nil || h.agreed[0].Permit.By != "mia" || h.agreed[0].Permit.Reason != "seen in the portal" {
		t.Errorf("agreed: %+v", h.agreed)
	}
}

func TestWithSeveralManagersOneIsChosenByName(t *testing.T) {
	c, h := hosted(t, desktest.Setup{Operator: true, Till: func(c *till.Config) {
		err := c.Staff.(*keystore.Store).AddMember(keystore.Member{ID: "zoe", Name: "Zoe", Role: keystore.Manager}, "5937")
		if err != nil {
			t.Fatal(err)
		}
	}})
	c.Press("enter")
	c.Shows("Who is here?", "Mia", "Zoe")
	c.Hides("mia", "zoe", "▸ Tom", "  Tom ")
	c.Golden("managers-80x24")
	c.Type("zoe") // there is nothing to type
	c.Press("down", "down")
	c.Press("enter")
	c.Shows("Zoe, please enter your PIN.")
	c.Type("5937")
	c.Press("enter")
	c.Type("the portal says paid")
	c.Press("enter")
	if len(h.agreed) != 1 || h.agreed[0].Err != nil || h.agreed[0].Permit.By != "zoe" {
		t.Errorf("agreed: %+v", h.agreed)
	}
}

func TestAnOperatorsOwnPINAgreesToNothing(t *testing.T) {
	c, h := hosted(t, desktest.Setup{Operator: true})
	c.Press("enter")
	c.Type(desktest.TomsPIN) // Mia is asked
	c.Press("enter")
	c.Hides("Reason") // nobody is asked why after a wrong PIN
	if len(h.agreed) != 1 || h.agreed[0].Err == nil || h.agreed[0].Permit.By != "" {
		t.Errorf("agreed: %+v", h.agreed)
	}
}

func TestAPINIsNoReasonAndAskedForAgainInWords(t *testing.T) {
	c, h := hosted(t, desktest.Setup{Operator: true})
	c.Press("enter")
	c.Shows("Mia's PIN")
	c.Type(desktest.MiasPIN)
	c.Press("enter")
	c.Shows("Reason", "Mia's PIN is right")
	c.Type(desktest.MiasPIN) // once more, as somebody does who expects it to be asked for twice
	c.Wait(time.Second)
	c.Press("enter")
	c.Shows("That looks like a PIN")
	c.Hides(desktest.MiasPIN)
	c.Golden("reason-80x24")
	if len(h.agreed) != 0 {
		t.Errorf("agreed: %+v", h.agreed)
	}
	c.Type("seen in the portal")
	c.Wait(time.Second)
	c.Press("enter")
	if len(h.agreed) != 1 || h.agreed[0].Err != nil || h.agreed[0].Permit.By != "mia" || h.agreed[0].Permit.Reason != "seen in the portal" {
		t.Errorf("agreed: %+v", h.agreed)
	}
}

func TestGivingUpAtAnyQuestionAgreesToNothing(t *testing.T) {
	for _, stop := range []int{1, 2} {
		c, h := hosted(t, desktest.Setup{Operator: true})
		c.Press("enter")
		if stop == 2 {
			c.Type(desktest.MiasPIN)
			c.Press("enter")
			c.Shows("Reason, in words")
		}
		c.Press("esc")
		c.Shows("the host")
		if len(h.agreed) != 0 {
			t.Errorf("after giving up at question %d: %+v", stop, h.agreed)
		}
	}
}
