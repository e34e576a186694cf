package keyboard

import (
	"strings"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"cashdesk/internal/till"
	"cashdesk/screens/desk"
	"cashdesk/screens/desk/desktest"
	"cashdesk/ui"
)

// place is a page in a state, and what a scan there must come to.
type place struct {
	name   string
	open   func(b *bench)
	text   func(b *bench) string           // what a person types here; nil for nothing
	shown  func(b *bench, s string) string // how that stands on the page; nil where it is another page then
	takes  string                          // the page that a scan goes to; empty where it is kept for the idle screen
	fate   fate
	amount bool // what is typed is money
}

// fate is what becomes of a scan.
type fate int

const (
	kept    fate = iota // until the idle screen
	taken               // here
	refused             // by the lock
	either              // by the idle screen, which it may have led to itself
)

func amountText(b *bench) string {
	switch b.dice.IntN(4) {
	case 0: // begins as a code does
		return "6199" + b.draw(digits, b.dice.IntN(4))
	case 1:
		return ""
	}
	return b.draw("12345789", 1) + b.draw(digits, b.dice.IntN(6))
}

func pinText(b *bench) string { return b.draw(digits, b.dice.IntN(6)) }

func masked(b *bench, s string) string {
	return strings.Repeat(plain.Glyph(ui.GlyphMask), len(s)) + plain.Glyph(ui.GlyphCursor)
}

func asTyped(_ *bench, s string) string { return s + plain.Glyph(ui.GlyphCursor) }

func route(name string, args func(b *bench) any) func(b *bench) {
	return func(b *bench) {
		if args == nil {
			b.to(name, nil)
			return
		}
		b.to(name, args(b))
	}
}

func of(id func(attempts) string) func(b *bench) any {
	return func(b *bench) any { return desk.AttemptArgs{ID: id(b.known)} }
}

// fresh is the payment of the customer who is still here.
func fresh(b *bench) any { return desk.AttemptArgs{ID: b.known.approved, Fresh: true} }

func draft(d till.Draft) func(b *bench) any {
	return func(*bench) any { return desk.DraftArgs{Draft: d} }
}

// asked opens a question on the idle screen; rest says whether it has stood a while.
func asked(d ui.Dialog, rest bool) func(b *bench) {
	return func(b *bench) {
		b.run(ui.Ask(d))
		if rest {
			b.wait(time.Second)
		}
	}
}

var ofManager = ui.Dialog{ID: "pin", Title: "A manager is needed", Field: &ui.DialogField{Label: "PIN", Masked: true, Digits: true, Max: 12}}

// sure is a question that moves money when it is answered Yes, and Yes is marked.
func sure(b *bench) {
	asked(ui.Dialog{ID: "sure", Title: "Charge?", Danger: true}, true)(b)
	b.press(tea.KeyRight)
}

// places are all pages, each in the states that matter to a keyboard.
var places = []place{
	{name: "sale", open: func(b *bench) {}, takes: desk.RouteSale, fate: taken, text: amountText, amount: true,
		shown: func(_ *bench, s string) string { return "Amount: " + money(s) + " AUD" }},
	{name: "code", open: route(desk.RouteCode, draft(till.Draft{Amount: desktest.Minor(1200)})), takes: desk.RouteCode, fate: taken, text: pinText},
	{name: "confirm", open: route(desk.RouteConfirm, draft(aSale)), takes: desk.RouteConfirm, fate: taken},
	{name: "confirm an e-mail", open: route(desk.RouteConfirm, draft(anInvoice)), text: pinText,
		shown: func(_ *bench, s string) string { return "till@hillst.example" + s + plain.Glyph(ui.GlyphCursor) }},
	{name: "history", open: route(desk.RouteHistory, nil), takes: desk.RouteHistory, fate: taken, text: pinText},
	{name: "method", open: route(desk.RouteMethod, draft(till.Draft{Amount: desktest.Minor(1200)})), takes: desk.RouteMethod, fate: taken},
	{name: "invite", open: route(desk.RouteInvite, nil), text: pinText, shown: asTyped},
	{name: "invite amount", open: func(b *bench) { b.to(desk.RouteInvite, nil); b.press(tea.KeyTab) }, text: amountText, amount: true,
		shown: func(_ *bench, s string) string { return money(s) }},
	{name: "waiting", open: route(desk.RouteWaiting, of(func(a attempts) string { return a.unknown }))},
	{name: "result", open: route(desk.RouteResult, of(func(a attempts) string { return a.approved }))},
	{name: "result of the customer here", open: route(desk.RouteResult, fresh), fate: either},
	{name: "verdict that comes meanwhile", open: route(desk.RouteWaiting, fresh), fate: either},
	{name: "invoice", open: route(desk.RouteInvoice, of(func(a attempts) string { return a.invoice }))},
	{name: "transfer", open: route(desk.RouteTransfer, of(func(a attempts) string { return a.transfer }))},
	{name: "detail", open: route(desk.RouteDetail, of(func(a attempts) string { return a.unknown }))},
	{name: "unsettled", open: route(desk.RouteUnsettled, nil)},
	{name: "session", open: route(desk.RouteSession, nil)},
	{name: "health", open: route(desk.RouteHealth, nil)},
	{name: "keys", open: route(desk.RouteKeys, nil)},
	{name: "a key being typed", text: pinText, shown: masked,
		open: func(b *bench) { b.to(desk.RouteKeys, nil); b.press(tea.KeyEnter) }},
	{name: "sign in", open: func(b *bench) { b.reset(desk.RouteSignIn) }, text: pinText, shown: masked},
	{name: "unlock", open: func(b *bench) { b.reset(desk.RouteUnlock) }, text: pinText, shown: masked},
	{name: "lock", open: func(b *bench) { b.wait(lockAfter) }, fate: refused, text: pinText, shown: masked},
	{name: "manager's question", open: asked(ofManager, true)},
	{name: "question that has just come", open: asked(ofManager, false)},
	{name: "question about to be answered", open: sure},
	{name: "help", open: func(b *bench) { b.press(tea.KeyF1) }},
}

var (
	aSale     = till.Draft{Provider: "oxipay", Kind: "authorise", Amount: desktest.Minor(1200), Code: "6199900000"}
	anInvoice = till.Draft{Provider: "xaigate", Kind: "invoice", Amount: desktest.Minor(1200)}
)
