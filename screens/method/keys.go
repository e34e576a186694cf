package method

import (
	tea "github.com/charmbracelet/bubbletea"

	"cashdesk/providers"
	"cashdesk/screens/desk"
	"cashdesk/ui"
)

// The actions.
const (
	actChoose = "method.choose"
	actLeft   = "method.left"
	actRight  = "method.right"
	actBack   = "method.back"
	actList   = "method.list"
)

// Actions lists what can be pressed.
func (m *Method) Actions() []ui.Action {
	all := []ui.Action{
		{ID: actChoose, Keys: []string{"enter"}, Label: m.verb(), Off: m.off()},
		{ID: actRight, Keys: []string{"right"}, Label: "other currency", Off: m.oneCurrency()},
		{ID: actLeft, Keys: []string{"left"}, Label: "currency before", Off: m.oneCurrency(), Hidden: true},
		{ID: actList, Keys: []string{"f4"}, Label: "all currencies", Off: m.oneCurrency(), Hidden: m.oneCurrency() != ""},
		{ID: actBack, Keys: []string{"esc"}, Label: "back"},
	}
	return append(all, ui.ListActions()...)
}

// verb is what Enter does for the marked way.
func (m *Method) verb() string {
	if m.at >= len(m.ways) {
		return "choose"
	}
	switch w := m.ways[m.at]; {
	case w.Kind == providers.Authorise:
		return "to the code"
	case w.Kind == providers.Invite:
		return "to the mobile"
	case w.Provider == providers.XaiGate:
		return "to the e-mail"
	case w.Kind == providers.Invoice:
		return "make the invoice"
	case w.Quotes:
		return "see what it costs"
	case w.AsksBINs:
		return "to the cards"
	}
	return "begin the transfer"
}

func (m *Method) off() string {
	switch {
	case m.at >= len(m.ways):
		return "looking at what can be used"
	case m.begin.Busy():
		return "one moment, the payment is being begun"
	}
	return m.ways[m.at].Off
}

func (m *Method) oneCurrency() string {
	if m.at < len(m.ways) && len(m.ways[m.at].Currencies) > 1 {
		return ""
	}
	return "it takes one currency only"
}

func (m *Method) act(id string) tea.Cmd {
	if at, mine := ui.MoveIn(id, m.at, len(m.ways), len(m.ways)); mine {
		m.at = at
		m.begin.Err = nil
		return nil
	}
	switch id {
	case actBack:
		return ui.Back()
	case actLeft:
		m.turn(-1)
	case actRight:
		m.turn(+1)
	case actList:
		w := m.ways[m.at]
		return ui.Go(desk.RouteCurrency, desk.CurrencyArgs{Provider: w.Provider, Amount: m.draft.Amount, Currencies: w.Currencies, Chosen: m.amount(m.at).Currency})
	case actChoose:
		return m.choose()
	}
	return nil
}

func (m *Method) turn(step int) {
	n := len(m.ways[m.at].Currencies)
	m.money[m.at] = (m.money[m.at] + step + n) % n
	m.begin.Err = nil
}

// choose goes on with the marked way: to what is still missing, or to the till.
func (m *Method) choose() tea.Cmd {
	d := m.chosen()
	switch {
	case d.Kind == providers.Authorise && d.Code == "":
		return ui.Go(desk.RouteCode, desk.DraftArgs{Draft: d})
	case d.Kind == providers.Invite:
		return ui.Go(desk.RouteInvite, desk.DraftArgs{Draft: d})
	case d.Kind == providers.Authorise, d.Provider == providers.XaiGate:
		return ui.Go(desk.RouteConfirm, desk.DraftArgs{Draft: d})
	case m.ways[m.at].Quotes, m.ways[m.at].AsksBINs:
		return ui.Go(desk.RouteConfirm, desk.DraftArgs{Draft: d, Quotes: m.ways[m.at].Quotes, AsksBINs: m.ways[m.at].AsksBINs})
	}
	return m.begin.Start(d)
}
