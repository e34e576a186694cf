// Package sale is the idle screen: a person types an amount and scans a code,
// in either order, and Enter does the only sensible next thing.
package sale

import (
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"cashdesk/internal/till"
	"cashdesk/providers"
	"cashdesk/screens/desk"
	"cashdesk/screens/desk/begin"
	"cashdesk/ui"
)

// Sale is the idle screen.
type Sale struct {
	desk    *desk.Desk
	begin   *begin.Begin
	amount  ui.AmountField
	code    string // scanned
	invited invited
	due     int // receipt numbers that are missing

	last  []providers.Attempt // of this session, newest first
	live  map[string]till.Live
	asked int    // counts the readings of last
	off   string // why Oxipay cannot be used now, empty if it can
	news  desk.News
	err   error
	now   time.Time
}

// New makes the idle screen.
func New(d *desk.Desk) *Sale {
	return &Sale{
		desk: d, begin: begin.New(d, ui.Go), live: map[string]till.Live{},
		amount: ui.AmountField{Decimals: d.Shop.Currency.Decimals},
	}
}

// Title names the screen.
func (s *Sale) Title() string { return "Sale" }

// Init reads the last results once the screen is shown, so it does nothing.
func (s *Sale) Init() tea.Cmd { return nil }

// TakesText is false while a payment is being begun.
func (s *Sale) TakesText() bool { return !s.begin.Busy() }

// TakesScan is false while a payment is being begun: the code is kept for the
// next one.
func (s *Sale) TakesScan() bool { return !s.begin.Busy() }

// Ticking is true while a result below still moves, an invitation waits, or Oxipay
// cannot be used.
func (s *Sale) Ticking() bool {
	if s.off != "" || len(s.invited.all) > 0 {
		return true
	}
	for _, a := range s.last {
		if !a.State.Final() {
			return true
		}
	}
	return false
}

// Update takes one message.
func (s *Sale) Update(msg tea.Msg) tea.Cmd {
	if cmd, mine := s.begin.Update(msg); mine {
		if s.begin.Spent {
			s.code = ""
		}
		return cmd
	}
	switch msg := msg.(type) {
	case ui.ActionMsg:
		return s.act(msg.ID)
	case ui.ScanMsg:
		s.code, s.begin.Err, s.err = msg.Code, nil, nil
	case ui.ShownMsg:
		s.now = msg.Now
		if !s.desk.SignedIn() {
			return ui.Replace(desk.RouteSignIn, nil)
		}
		return s.read()
	case ui.TickMsg:
		s.tick(msg.Now)
		if s.off != "" { // it may be mended from outside: room on the disk, a key
			return s.read()
		}
	case desk.UpdateMsg:
		return tea.Batch(s.announce(msg.Update), s.read())
	case desk.BegunMsg:
		s.clear()
	case desk.NextSaleMsg:
		s.amount.Update(ui.TextMsg{Text: msg.Typed})
	case lastMsg:
		s.take(msg)
	default:
		if s.amount.Update(msg) {
			s.begin.Err, s.err = nil, nil
		}
	}
	return nil
}

func (s *Sale) clear() {
	s.amount.Clear()
	s.code, s.begin.Err, s.err = "", nil, nil
	s.invited.taken = ""
}

func (s *Sale) tick(now time.Time) {
	s.now = now
	t := s.desk.Till()
	for _, a := range s.last {
		s.live[a.ID] = t.Live(a.ID)
	}
}

// total is what the amount field holds.
func (s *Sale) total() providers.Amount {
	return providers.Amount{Minor: s.amount.Minor(), Currency: s.desk.Shop.Currency}
}

// draft is the payment as far as it is known.
func (s *Sale) draft() till.Draft {
	return s.join(till.Draft{Provider: providers.Oxipay, Kind: providers.Authorise, Amount: s.total(), Code: s.code})
}
