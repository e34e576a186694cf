// Package history lists what was paid here, newest first: it is searched while
// somebody types, filtered, added up, and leads to each payment's detail.
package history

import (
	"context"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"cashdesk/internal/till"
	"cashdesk/providers"
	"cashdesk/screens/desk"
	"cashdesk/screens/desk/consent"
	"cashdesk/ui"
)

// longest is how long a search may be.
const longest = 60

// History is the screen.
type History struct {
	desk    *desk.Desk
	consent *consent.Consent
	as      till.Session // sees everybody's, on a manager's word; empty without

	search ui.Field
	filter filter
	now    time.Time

	asked    int // counts the searches; answers to older ones are dropped
	cancel   context.CancelFunc
	query    till.Query // of the search that is shown
	rows     []providers.Attempt
	names    map[string]string
	undone   map[string]bool // the refunds among the rows that were taken back, by id
	next     string          // of the page after
	searched int             // how many rows were searched, 0 for all
	totals   []till.Total
	added    bool // totals are those of the rows
	loading  bool
	away     bool // a payment's detail covers the list: it is read again after
	err      error

	at   int
	page int // rows in view when it was last drawn
}

// New makes the screen, with a search perhaps.
func New(d *desk.Desk, args desk.HistoryArgs) *History {
	h := &History{desk: d, consent: consent.New(d), search: ui.Field{Label: "Search", Max: longest}, page: 10, cancel: func() {}}
	h.search.Set(args.Text)
	if args.Text != "" {
		h.filter.span = always
	}
	return h
}

// Title names the screen.
func (h *History) Title() string { return "History" }

// Init waits for the time: which payments are today's depends on it.
func (h *History) Init() tea.Cmd { return nil }

// TakesText is true: what is typed is searched for.
func (h *History) TakesText() bool { return true }

// TakesScan is true: the payment with that code is looked for.
func (h *History) TakesScan() bool { return true }

// Update takes one message.
func (h *History) Update(msg tea.Msg) tea.Cmd {
	if cmd, mine := h.consent.Update(msg); mine {
		return cmd
	}
	switch msg := msg.(type) {
	case ui.ShownMsg:
		h.now, h.away = msg.Now, false
		return h.again()
	case ui.TickMsg:
		h.now = msg.Now
	case ui.ActionMsg:
		return h.act(msg.ID)
	case ui.ScanMsg:
		h.search.Set(msg.Code)
		h.filter.span = always
		return h.find()
	case desk.UpdateMsg:
		return h.news(msg.Attempt)
	case consent.AgreedMsg:
		if msg.From == h.consent {
			return h.agreed(msg)
		}
	case widerMsg:
		if msg.from == h {
			return h.widen(msg)
		}
	case pageMsg:
		return h.take(msg)
	case totalsMsg:
		h.takeTotals(msg)
	default:
		before := h.search.Value()
		if h.search.Update(msg) && h.search.Value() != before {
			return h.find()
		}
	}
	return nil
}

// chosen is the marked payment.
func (h *History) chosen() (providers.Attempt, bool) {
	if h.at >= len(h.rows) {
		return providers.Attempt{}, false
	}
	return h.rows[h.at], true
}

// news shows the payment as it is now, then reads the list again. The row
// changes at once, so that the list does not jump under a finger.
func (h *History) news(a providers.Attempt) tea.Cmd {
	for i := range h.rows {
		if h.rows[i].ID == a.ID {
			a.Personal = a.Personal.Masked()
			h.rows[i] = a
		}
	}
	if h.away {
		return nil
	}
	return h.again()
}
