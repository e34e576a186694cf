package desktest

import (
	tea "github.com/charmbracelet/bubbletea"

	"cashdesk/screens/desk"
	"cashdesk/ui"
)

// stand stands in for a screen that is not under test.
type stand struct{ name string }

// Init does nothing.
func (s *stand) Init() tea.Cmd { return nil }

// Update leaves when Esc is pressed.
func (s *stand) Update(msg tea.Msg) tea.Cmd {
	if _, ok := msg.(ui.ActionMsg); ok {
		return ui.Back()
	}
	return nil
}

// View shows the route's name.
func (s *stand) View(c ui.Canvas) string { return c.Fit("the " + s.name + " screen") }

// Actions has Esc alone.
func (s *stand) Actions() []ui.Action {
	return []ui.Action{{ID: "back", Keys: []string{"esc"}, Label: "back"}}
}

// routes puts a stand-in behind every route that has no screen.
func (c *Counter) routes(real map[string]ui.Route) map[string]ui.Route {
	all := map[string]ui.Route{}
	for _, name := range []string{
		desk.RouteUnlock, desk.RouteSignIn, desk.RouteSale, desk.RouteMethod, desk.RouteCode, desk.RouteInvite,
		desk.RouteConfirm, desk.RouteWaiting, desk.RouteResult, desk.RouteInvoice, desk.RouteTransfer, desk.RouteHistory,
		desk.RouteDetail, desk.RouteUnsettled, desk.RouteRefund, desk.RouteReceipt, desk.RouteReceipts, desk.RouteKeys, desk.RouteHealth, desk.RouteSession, desk.RouteLock,
	} {
		all[name] = func(args any) ui.Screen {
			c.opened = append(c.opened, args)
			return &stand{name}
		}
	}
	for name, route := range real {
		all[name] = route
	}
	return all
}

// Opened is what the last stand-in was given.
func (c *Counter) Opened() any {
	if len(c.opened) == 0 {
		return nil
	}
	return c.opened[len(c.opened)-1]
}

// Demo notes what a person plays.
type Demo struct{ Played []string }

// Pay notes it.
func (d *Demo) Pay(reference string) error { return d.play("pay " + reference) }

// PayLess notes it.
func (d *Demo) PayLess(reference string) error { return d.play("pay less " + reference) }

// PayMore notes it.
func (d *Demo) PayMore(reference string) error { return d.play("pay more " + reference) }

// Approve notes it.
func (d *Demo) Approve(invoice string) error { return d.play("approve " + invoice) }

// Decline notes it.
func (d *Demo) Decline(invoice string) error { return d.play("decline " + invoice) }

// Expire notes it.
func (d *Demo) Expire(reference string) error { return d.play("expire " + reference) }

// LoseNext notes it.
func (d *Demo) LoseNext() { _ = d.play("lose next") }

func (d *Demo) play(what string) error {
	d.Played = append(d.Played, what)
	return nil
}
