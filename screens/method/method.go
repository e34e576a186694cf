// Package method lists the ways to pay an amount. One that cannot be used now
// stays visible and says why.
package method

import (
	"context"
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"cashdesk/internal/till"
	"cashdesk/providers"
	"cashdesk/screens/desk"
	"cashdesk/screens/desk/begin"
	"cashdesk/ui"
)

// Method is the list of ways to pay.
type Method struct {
	desk  *desk.Desk
	begin *begin.Begin
	draft till.Draft
	ways  []till.Method
	money []int // by way: which of its currencies is chosen
	at    int
}

// New makes the list for an amount.
func New(d *desk.Desk, args desk.DraftArgs) *Method {
	return &Method{desk: d, begin: begin.New(d, ui.Replace), draft: args.Draft}
}

// Title names the screen.
func (m *Method) Title() string { return "Ways to pay" }

// waysMsg brings the list.
type waysMsg struct {
	from *Method
	ways []till.Method
}

// Init asks the till what can be used.
func (m *Method) Init() tea.Cmd {
	t := m.desk.Till()
	return func() tea.Msg { return waysMsg{from: m, ways: t.Methods(context.Background())} }
}

// TakesScan is true: a code chooses Oxipay.
func (m *Method) TakesScan() bool { return !m.begin.Busy() }

// Update takes one message.
func (m *Method) Update(msg tea.Msg) tea.Cmd {
	if cmd, mine := m.begin.Update(msg); mine {
		return cmd
	}
	switch msg := msg.(type) {
	case waysMsg:
		if msg.from == m {
			m.take(msg.ways)
		}
	case desk.CurrencyMsg:
		m.currency(msg)
	case ui.ActionMsg:
		return m.act(msg.ID)
	case ui.ScanMsg:
		return m.scanned(msg.Code)
	}
	return nil
}

// take keeps the list; the marker starts on the first way that can be used,
// each way on the shop's currency where it takes it.
func (m *Method) take(ways []till.Method) {
	m.ways, m.money = ways, make([]int, len(ways))
	for i, w := range ways {
		m.money[i] = max(slices.Index(w.Currencies, m.draft.Amount.Currency), 0)
	}
	if i := slices.IndexFunc(ways, func(w till.Method) bool { return w.Off == "" }); i > 0 {
		m.at = i
	}
}

// currency takes what was chosen from the list.
func (m *Method) currency(msg desk.CurrencyMsg) {
	for i, w := range m.ways {
		if at := slices.Index(w.Currencies, msg.Currency); w.Provider == msg.Provider && at >= 0 {
			m.money[i] = at
		}
	}
	m.begin.Err = nil
}

// amount is what a way would charge: the digits as they were typed, in the
// chosen currency's own number of decimals.
func (m *Method) amount(i int) providers.Amount {
	a := m.draft.Amount
	if all := m.ways[i].Currencies; len(all) > 0 {
		a.Currency = all[m.money[i]]
	}
	return a
}

// chosen is the draft for the marked way.
func (m *Method) chosen() till.Draft {
	d := m.draft
	w := m.ways[m.at]
	d.Provider, d.Kind, d.Amount = w.Provider, w.Kind, m.amount(m.at)
	if d.Kind != providers.Authorise {
		d.FinanceMinor = 0 // a part of it is Oxipay's alone
	}
	if d.Amount != m.draft.Amount {
		d.Sale = "" // a reference stands for one amount: this is another sale
	}
	return d
}

// scanned takes a pre-approval code to where it is confirmed; it moves no money.
func (m *Method) scanned(code string) tea.Cmd {
	i := slices.IndexFunc(m.ways, func(w till.Method) bool { return w.Kind == providers.Authorise })
	if i < 0 {
		return nil
	}
	m.at = i
	d := m.chosen()
	d.Code = code
	return m.begin.Try(d)
}
