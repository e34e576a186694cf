package desk

import (
	"context"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"cashdesk/internal/till"
	"cashdesk/providers"
	"cashdesk/ui"
)

// Payment follows one attempt for a screen that shows it: it reads it from the
// journal, again whenever there is news, and goes to another screen when the
// attempt is no longer one for this.
type Payment struct {
	Args   AttemptArgs
	Detail till.Detail
	Live   till.Live
	Now    time.Time
	Err    error // it could not be read
	// NotSaved says that the verdict is not in the journal yet: it must be
	// written down by hand.
	NotSaved bool

	desk  *Desk
	route string
	seen  bool // somebody has seen it on this screen
}

// NewPayment makes one for the screen of a route.
func NewPayment(d *Desk, route string, args AttemptArgs) *Payment {
	p := &Payment{Args: args, desk: d, route: route}
	if args.Begun != nil {
		p.Args.Begun = nil // the next screen is for what has become of it
		p.show(*args.Begun)
	}
	if args.Unsaved != nil {
		p.unsaved(till.Update{Attempt: *args.Unsaved, NotSaved: true})
	}
	return p
}

// loadedMsg is an attempt as the journal has it, for whichever screen shows it.
type loadedMsg struct {
	id     string
	detail till.Detail
	err    error
}

// Load reads the attempt with all that happened to it.
func (p *Payment) Load() tea.Cmd {
	t, s, id := p.desk.Till(), p.desk.Session(), p.Args.ID
	return func() tea.Msg {
		detail, err := t.Detail(context.Background(), s, id)
		names := p.desk.Names()
		for i, e := range detail.Timeline {
			if name := names[e.By]; name != "" {
				detail.Timeline[i].By = name // people are shown by name, not by sign-in
			}
		}
		return loadedMsg{id: id, detail: detail, err: err}
	}
}

// Loaded says that there is something to show.
func (p *Payment) Loaded() bool { return p.Detail.Attempt.ID != "" }

// Update takes what concerns the payment: news, readings, the time.
func (p *Payment) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case ui.ShownMsg:
		p.tick(msg.Now)
		return p.move() // the news may have come while the screen was covered
	case ui.TickMsg:
		p.tick(msg.Now)
	case UpdateMsg:
		return p.news(msg.Update)
	case loadedMsg:
		return p.take(msg)
	}
	return nil
}

func (p *Payment) tick(now time.Time) {
	p.Now = now
	p.Live = p.desk.Till().Live(p.Args.ID)
}

func (p *Payment) news(u till.Update) tea.Cmd {
	if u.Attempt.ID != p.Args.ID {
		return nil
	}
	if u.NotSaved {
		p.unsaved(u)
		return p.move()
	}
	p.NotSaved, p.Args.Unsaved = false, nil
	return p.Load()
}

// unsaved shows a verdict that only the till's memory holds.
func (p *Payment) unsaved(u till.Update) {
	a := u.Attempt
	p.Args.Unsaved, p.NotSaved = &a, true
	p.show(a)
}

// show shows a payment that was not read from the journal.
func (p *Payment) show(a providers.Attempt) {
	words := p.desk.Till().Words(a)
	a.Personal = a.Personal.Masked()
	p.Detail.Attempt, p.Detail.Words = a, words
}

// take keeps a reading, unless it is older than what is shown: readings can
// overtake one another.
func (p *Payment) take(msg loadedMsg) tea.Cmd {
	if msg.id != p.Args.ID || p.NotSaved {
		return nil
	}
	if p.Err = msg.err; msg.err != nil || msg.detail.Attempt.Seq < p.Detail.Attempt.Seq {
		return nil
	}
	p.Detail = msg.detail
	p.Live = p.desk.Till().Live(p.Args.ID)
	return p.move()
}

// move goes to the screen that the attempt is for now, if that is another.
func (p *Payment) move() tea.Cmd {
	if !p.Loaded() {
		return nil
	}
	switch route := Route(p.Detail.Attempt); {
	case route == p.route:
		p.seen = true
	case p.seen || p.Args.Fresh:
		return ui.ReplaceUnasked(route, p.Args)
	default: // the key that led here meant that screen
		return ui.Replace(route, p.Args)
	}
	return nil
}
