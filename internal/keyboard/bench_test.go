package keyboard

import (
	"context"
	"io"
	"math/rand/v2"
	"reflect"
	"sync"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"cashdesk/internal/till"
	"cashdesk/providers"
	"cashdesk/screens"
	"cashdesk/screens/desk"
	"cashdesk/screens/desk/desktest"
	"cashdesk/ui"
	"cashdesk/ui/scanner"
)

// bench is a counter without a terminal: the real root, assembler, screens, till and
// journal, and a clock that only the test moves. What the till answers arrives a
// little later, in the middle of whatever is typed then.
type bench struct {
	t       testing.TB
	dice    *rand.Rand
	counter *desktest.Counter
	known   attempts
	parser  *parser

	app   *ui.App
	local bool
	now   time.Time
	later []timer
	gone  bool     // the program was left
	idle  bool     // the idle screen has just come
	seen           // since the last forget
	codes int      // of the customers who pay
	keys  []string // that were pressed since the last forget, characters and all

	mu   sync.Mutex
	news []till.Update
}

type timer struct {
	at  time.Time
	msg tea.Msg
}

// attempts are payments that screens can be opened for.
type attempts struct{ approved, unknown, invoice, transfer string }

var (
	dark  = ui.NewTheme(ui.ThemeDark, ui.NewRenderer(io.Discard, ui.ThemeDark))
	plain = ui.NewTheme(ui.ThemePlain, ui.NewRenderer(io.Discard, ui.ThemePlain))
)

// errPassphrase is what comes of typing at the first screen.
var errPassphrase = &providers.Error{Kind: providers.Input, Field: "passphrase", Text: "the passphrase is not right"}

// prefix is what this shop's scanners send before a code.
const prefix = "~"

// lockAfter is when the screen is covered.
const lockAfter = 5 * time.Minute

func newBench(t testing.TB, seed uint64) *bench {
	t.Helper()
	b := &bench{t: t, dice: rand.New(rand.NewPCG(seed, 0)), now: time.Date(2026, time.March, 2, 14, 7, 0, 0, time.UTC)}
	c := desktest.New(t, desktest.Setup{
		Routes: screens.Routes,
		Change: func(d *desk.Desk) {
			d.Locked = true
			d.Unlock = func(string) error { return errPassphrase }
		},
		Till: func(config *till.Config) {
			notify := config.Notify
			config.Notify = func(u till.Update) { b.hear(u); notify(u) }
		},
	})
	b.counter = c
	b.known.approved = c.Charge(8900, "999901").ID
	c.Answer(c.Oxipay, desktest.Approved)
	b.known.unknown = c.Charge(24000, "999902").ID
	c.Answer(c.Oxipay, desktest.Lost)
	b.known.invoice = c.Begin(c.OxaPay, till.Draft{Provider: providers.OxaPay, Kind: providers.Invoice, Amount: desktest.Minor(3500)}).ID
	c.Answer(c.OxaPay, c.Invoice())
	euros := providers.Amount{Minor: 20000, Currency: providers.Currency{Code: "EUR", Decimals: 2}}
	b.known.transfer = c.Begin(c.Payneteasy, till.Draft{Provider: providers.Payneteasy, Kind: providers.Transfer, Amount: euros}).ID
	c.Answer(c.Payneteasy, desktest.Begun)
	c.Desk.Top = func() ui.Screen { return b.top().Screen }
	b.parser = newParser(t)
	b.start(true)
	return b
}

// start starts the program, on a terminal of this machine or over a network.
func (b *bench) start(local bool) {
	b.local, b.later, b.gone, b.idle = local, nil, false, true
	b.pump()
	session, err := b.counter.Till.SignInTrusted(context.Background(), "mia") // a manager, who may do the most harm
	if err != nil {
		b.t.Error(err)
	}
	b.counter.Desk.SetSession(session)
	b.app = ui.New(ui.Options{
		Routes: b.watched(screens.Routes(b.counter.Desk)), Start: desk.RouteSale, Theme: dark,
		Scanner: scanner.Config{Prefix: prefix, Local: local}, Now: func() time.Time { return b.now }, After: b.after,
		Lock: b.counter.Desk.Lock(lockAfter), QuitWarning: func() string { return "A payment is on its way." },
	})
	b.run(b.app.Init())
	b.send(tea.WindowSizeMsg{Width: 80, Height: 24})
	b.forget()
}

func (b *bench) after(delay time.Duration, msg tea.Msg) tea.Cmd {
	b.later = append(b.later, timer{b.now.Add(delay), msg})
	return nil
}

// send gives the program a message and runs what comes of it.
func (b *bench) send(msg tea.Msg) {
	switch msg := msg.(type) {
	case tea.QuitMsg:
		b.gone = true
		return
	case *ui.PanicError:
		b.t.Errorf("%v\n%s", msg.Value, msg.Stack)
		return
	}
	if b.dice.IntN(200) == 0 {
		_ = b.app.View()
	}
	_, cmd := b.app.Update(msg)
	b.run(cmd)
}

// run runs a command: what the ui does is done at once, what the till answers comes
// when it comes.
func (b *bench) run(cmd tea.Cmd) {
	if cmd == nil {
		return
	}
	msg := cmd()
	if msg == nil {
		return
	}
	if batch, ok := msg.(tea.BatchMsg); ok {
		for _, c := range batch {
			b.run(c)
		}
		return
	}
	v := reflect.ValueOf(msg)
	switch {
	case v.Kind() == reflect.Slice && v.Type().Elem() == reflect.TypeFor[tea.Cmd](): // a tea.Sequence
		for i := range v.Len() {
			b.run(v.Index(i).Interface().(tea.Cmd))
		}
	case ofTheTill(v.Type()):
		b.after(time.Duration(b.dice.Int64N(int64(150*time.Millisecond))), msg)
	default:
		b.send(msg)
	}
}

func ofTheTill(t reflect.Type) bool {
	if t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	switch t.PkgPath() {
	case "cashdesk/ui", "github.com/charmbracelet/bubbletea":
		return false
	}
	return true
}

// wait lets time pass, with every timer on the way.
func (b *bench) wait(length time.Duration) {
	end := b.now.Add(length)
	for {
		next := -1
		for i, t := range b.later {
			if !t.at.After(end) && (next < 0 || t.at.Before(b.later[next].at)) {
				next = i
			}
		}
		if next < 0 {
			break
		}
		t := b.later[next]
		b.later = append(b.later[:next], b.later[next+1:]...)
		if t.at.After(b.now) {
			b.now = t.at
		}
		b.send(t.msg)
	}
	b.now = end
}

// hear takes the till's news, from its own goroutines.
func (b *bench) hear(u till.Update) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.news = append(b.news, u)
}

// pump brings the news to the screens.
func (b *bench) pump() {
	b.mu.Lock()
	news := b.news
	b.news = nil
	b.mu.Unlock()
	for _, u := range news {
		if b.app != nil {
			b.send(desk.UpdateMsg{Update: u})
		}
	}
}

// hand is the pause between two keys of a person.
func (b *bench) hand() time.Duration {
	return time.Duration(60+b.dice.IntN(240)) * time.Millisecond
}

// types types a text as a person does.
func (b *bench) types(text string) {
	for _, r := range text {
		b.wait(b.hand())
		b.send(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune{r}})
	}
}

// press presses a key, a second after whatever was before.
func (b *bench) press(key tea.KeyType) {
	b.wait(time.Second)
	b.send(tea.KeyMsg{Type: key})
}

// reset goes to a page as the lowest one; to goes to one above.
func (b *bench) reset(route string) { b.run(ui.Reset(route, nil)) }

func (b *bench) to(route string, args any) { b.run(ui.Go(route, args)) }

// home goes to the idle screen, whatever stands before it.
func (b *bench) home() {
	if b.idle {
		return
	}
	b.idle = true
	b.press(tea.KeyEsc) // the help does not go away with the page behind it
	b.reset(desk.RouteSale)
}
