package history

import (
	"context"
	"errors"
	"maps"

	tea "github.com/charmbracelet/bubbletea"

	"cashdesk/internal/till"
	"cashdesk/providers"
	"cashdesk/screens/desk/consent"
)

const (
	// pageSize is how many rows are read at once; ahead is how near to the last
	// one the next page is fetched.
	pageSize = 100
	ahead    = 40
	// mostAgain is the longest list that is read anew for news. In a longer one
	// the news' own row changes, and the rest stays as it was read.
	mostAgain = 500
)

type (
	// pageMsg brings rows.
	pageMsg struct {
		from  *History
		asked int
		more  bool // they follow the rows that are there
		page  till.Page
		names map[string]string
		err   error
	}
	// widerMsg brings the session that sees everybody's payments.
	widerMsg struct {
		from *History
		as   till.Session
		err  error
	}
	// totalsMsg brings what the rows add up to.
	totalsMsg struct {
		from   *History
		asked  int
		totals []till.Total
		err    error
	}
)

// reader is the session that reads.
func (h *History) reader() till.Session {
	if h.as.ID != "" {
		return h.as
	}
	return h.desk.Session()
}

// agreed asks the till for the session that a manager agreed to.
func (h *History) agreed(msg consent.AgreedMsg) tea.Cmd {
	if h.err = msg.Err; msg.Err != nil {
		return nil
	}
	t, s := h.desk.Till(), h.desk.Session()
	return func() tea.Msg {
		as, err := t.SeeAll(context.Background(), s, msg.Permit)
		return widerMsg{from: h, as: as, err: err}
	}
}

// widen searches anew, among everybody's.
func (h *History) widen(msg widerMsg) tea.Cmd {
	if h.err = msg.err; msg.err != nil {
		return nil
	}
	h.as = msg.as
	return h.find()
}

// find searches anew, from the newest on.
func (h *History) find() tea.Cmd {
	h.at = 0
	return h.read(h.ask())
}

// again reads what is shown already once more; the marked payment stays.
func (h *History) again() tea.Cmd {
	if len(h.rows) > mostAgain {
		return nil
	}
	q := h.ask()
	q.Limit = max(pageSize, len(h.rows))
	return h.read(q)
}

// read stops whatever was asked before: an old shop's totals take a while, and
// nobody waits for them any more.
func (h *History) read(q till.Query) tea.Cmd {
	h.cancel()
	ctx, cancel := context.WithCancel(context.Background())
	h.cancel = cancel
	h.asked++
	h.query, h.loading, h.added, h.err = q, true, false, nil
	return h.fetch(ctx, q, false)
}

// more reads the page after, when the marker comes near the end.
func (h *History) more() tea.Cmd {
	if h.loading || h.next == "" || h.at+max(ahead, 2*h.page) < len(h.rows) {
		return nil
	}
	q := h.query
	q.Before, q.Limit = h.next, pageSize
	h.loading = true
	return h.fetch(context.Background(), q, true)
}

func (h *History) fetch(ctx context.Context, q till.Query, more bool) tea.Cmd {
	asked, t, s, d := h.asked, h.desk.Till(), h.reader(), h.desk
	return func() tea.Msg {
		page, err := t.History(ctx, s, q)
		return pageMsg{from: h, asked: asked, more: more, page: page, names: d.Names(), err: err}
	}
}

// take keeps rows, unless something else was asked for meanwhile.
func (h *History) take(msg pageMsg) tea.Cmd {
	if msg.from != h || msg.asked != h.asked {
		return nil
	}
	h.loading = false
	if msg.err != nil {
		h.err = msg.err
		return nil
	}
	h.next, h.searched, h.names = msg.page.Next, msg.page.Searched, msg.names
	if !msg.more {
		h.undone = map[string]bool{}
	}
	maps.Copy(h.undone, msg.page.Undone)
	if msg.more {
		h.rows = append(h.rows, msg.page.Attempts...)
		return nil
	}
	marked, ok := h.chosen()
	h.rows = msg.page.Attempts
	if ok && h.at > 0 { // a marker on the newest stays on the newest
		h.mark(marked)
	}
	h.at = max(min(h.at, len(h.rows)-1), 0)
	return h.add()
}

// mark moves the marker to where a payment stands now.
func (h *History) mark(a providers.Attempt) {
	for i := range h.rows {
		if h.rows[i].ID == a.ID {
			h.at = i
			return
		}
	}
}

// add asks for the totals, after the rows.
func (h *History) add() tea.Cmd {
	h.cancel()
	ctx, cancel := context.WithCancel(context.Background())
	h.cancel = cancel
	asked, t, s, q := h.asked, h.desk.Till(), h.reader(), h.query
	return func() tea.Msg {
		totals, err := t.Totals(ctx, s, q)
		cancel()
		return totalsMsg{from: h, asked: asked, totals: totals, err: err}
	}
}

func (h *History) takeTotals(msg totalsMsg) {
	if msg.from != h || msg.asked != h.asked || errors.Is(msg.err, context.Canceled) {
		return
	}
	h.totals, h.added, h.err = msg.totals, msg.err == nil, msg.err
}
