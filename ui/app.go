package ui

import (
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"cashdesk/ui/scanner"
)

// App is the root model: the stack of screens, the dialog before them, the help,
// the strip and the frame around it all. It is used by bubbletea's goroutine alone;
// Send may be called from anywhere.
type App struct {
	options Options
	theme   Theme
	now     func() time.Time
	scanner *scanner.Assembler

	width, height int
	clock         time.Time // for the header, moved by ticks
	header        Header
	stack         []*entry
	lastID        int

	dialogs  []*question // the first is shown
	help     *helpPage   // nil when closed
	notices  []notice    // the last is shown
	held     *heldScan
	run      []int     // who got the characters that may yet be taken back
	torn     time.Time // when typing was last not taken by anybody
	rushed   time.Time // when a key last came faster than a person types
	pressed  time.Time
	presses  int       // counts keys, typing and scans
	rested   time.Time // until then the lock must not come
	lockID   int       // the entry of the lock, 0 when there is none
	unlocked guard     // of what the lock uncovered
	timers   timers
	door     door
	failure  *PanicError
	quitting bool
}

// entry is one screen on the stack.
type entry struct {
	id     int
	route  string
	screen Screen
	guard  guard // of all its keys
	firm   guard // of its Firm actions
}

// New makes an App. The start screen is made by Init.
func New(o Options) *App {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.After == nil {
		o.After = func(d time.Duration, msg tea.Msg) tea.Cmd {
			return tea.Tick(d, func(time.Time) tea.Msg { return msg })
		}
	}
	a := &App{options: o, theme: o.Theme, now: o.Now, header: o.Header, scanner: scanner.New(o.Scanner)}
	a.door.wake = make(chan struct{}, 1)
	return a
}

// Init makes the start screen.
func (a *App) Init() tea.Cmd {
	a.clock = a.now()
	a.pressed = a.clock
	return tea.Batch(a.open(goMsg{route: a.options.Start, args: a.options.Args}), a.settle())
}

// Update takes one message. A panic in a screen ends the program with the terminal
// restored; Run returns it.
func (a *App) Update(msg tea.Msg) (_ tea.Model, cmd tea.Cmd) {
	defer func() {
		if v := recover(); v != nil {
			cmd = a.fail(v)
		}
	}()
	if a.failure != nil {
		return a, tea.Quit
	}
	return a, tea.Batch(a.handle(msg), a.settle())
}

// handle sends a message where it belongs: the root's own, the ui's, or to everybody.
func (a *App) handle(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case nil:
		return nil
	case tea.WindowSizeMsg:
		a.width, a.height = msg.Width, msg.Height
		return nil
	case tea.KeyMsg:
		return a.key(msg)
	case clockMsg:
		return a.tick(msg)
	case quietMsg:
		return a.quiet(msg)
	case idleMsg:
		return a.idle()
	case firmMsg:
		return a.confirmed(msg)
	case redrawMsg:
		a.timers.wake = time.Time{} // a coarse timer may be early; schedule looks again
		return nil
	case *PanicError:
		a.failure = msg
		return tea.Quit
	case HeaderMsg:
		a.header = msg.Header
		return nil
	case NoticeMsg:
		a.notify(msg)
		return nil
	case ownedMsg:
		return a.owned(msg)
	case goMsg, backMsg, askMsg, quitMsg: // from a sequence, which hides its sender
		return a.owned(ownedMsg{id: a.top().id, msg: msg})
	}
	return a.broadcast(msg)
}

// broadcast gives a message to every screen, so that news reach a covered one too.
func (a *App) broadcast(msg tea.Msg) tea.Cmd {
	var cmds []tea.Cmd
	for _, e := range append([]*entry(nil), a.stack...) {
		cmds = append(cmds, a.own(e, time.Time{}, e.screen.Update(msg)))
	}
	return tea.Batch(cmds...)
}

// settle does what is due after every message: hand over a held scan, close dialogs
// whose screen is gone, drop news that were read, set the timers.
func (a *App) settle() tea.Cmd {
	a.watchLock()
	a.dropOrphans()
	a.dropRead()
	return tea.Batch(a.handOver(), a.schedule())
}

// top is the screen that has the keyboard.
func (a *App) top() *entry {
	if len(a.stack) == 0 {
		return &entry{screen: blank{}}
	}
	return a.stack[len(a.stack)-1]
}

// blank stands in while there is no screen.
type blank struct{}

func (blank) Init() tea.Cmd          { return nil }
func (blank) Update(tea.Msg) tea.Cmd { return nil }
func (blank) View(c Canvas) string   { return c.Fit("") }
func (blank) Actions() []Action      { return nil }

// Routes names the screens on the stack, the lowest first.
func (a *App) Routes() []string {
	out := make([]string, len(a.stack))
	for i, e := range a.stack {
		out[i] = e.route
	}
	return out
}

// Top is the screen that has the keyboard.
func (a *App) Top() Screen { return a.top().screen }
