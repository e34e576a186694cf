//go:build !windows

package ui_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"reflect"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/creack/pty"
	"golang.org/x/term"

	"cashdesk/ui"
)

// TestMain is also the program that the tests below run on a terminal of their own.
func TestMain(m *testing.M) {
	if os.Getenv("UI_ON_A_TERMINAL") == "" {
		os.Exit(m.Run())
	}
	s := newDummy()
	s.does["invite"] = func() tea.Msg { panic("a fault in a command") }
	s.does["history"] = ui.Go("breaks", nil)
	theme := ui.NewTheme(ui.ThemeDark, ui.NewRenderer(os.Stdout, ui.ThemeDark))
	app := ui.New(ui.Options{Start: "first", Theme: theme, Header: header, Routes: map[string]ui.Route{
		"first":  func(any) ui.Screen { return s },
		"breaks": func(any) ui.Screen { return &breaking{} },
	}})
	app.Send(ui.NoticeMsg{Text: "news from before the start", Route: "first"})
	err := ui.Run(context.Background(), app, os.Stdin, os.Stdout)
	var fault *ui.PanicError
	if errors.As(err, &fault) {
		fmt.Println(fault)
		os.Exit(1)
	}
	if err != nil {
		fmt.Println("failed:", err)
		os.Exit(2)
	}
	fmt.Println("left in good order")
	os.Exit(0)
}

// breaking is a screen with a fault in its view.
type breaking struct{ dummy }

func (*breaking) View(ui.Canvas) string { panic("a fault in a view") }

// terminal is a program on a pseudo-terminal that answers no query.
type terminal struct {
	t      *testing.T
	tty    *os.File
	cmd    *exec.Cmd
	before *term.State
	mu     sync.Mutex
	cond   *sync.Cond
	out    bytes.Buffer
	ended  bool
}

func onTerminal(t *testing.T) *terminal {
	t.Helper()
	master, slave, err := pty.Open()
	if err != nil {
		t.Fatal(err)
	}
	if err := pty.Setsize(master, &pty.Winsize{Rows: 24, Cols: 80}); err != nil {
		t.Fatal(err)
	}
	p := &terminal{t: t, tty: master}
	p.cond = sync.NewCond(&p.mu)
	if p.before, err = term.GetState(int(slave.Fd())); err != nil {
		t.Fatal(err)
	}
	guard, cancel := context.WithTimeout(context.Background(), time.Minute) // against hanging only
	t.Cleanup(cancel)
	p.cmd = exec.CommandContext(guard, os.Args[0])
	p.cmd.Env = append(os.Environ(), "UI_ON_A_TERMINAL=1", "TERM=xterm-256color")
	p.cmd.Stdin, p.cmd.Stdout, p.cmd.Stderr = slave, slave, slave
	p.cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Setctty: true}
	if err := p.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	go p.read()
	slave.Close()
	t.Cleanup(func() { _ = p.cmd.Process.Kill(); master.Close() })
	return p
}

func (p *terminal) read() {
	buf := make([]byte, 4096)
	for {
		n, err := p.tty.Read(buf)
		p.mu.Lock()
		p.out.Write(buf[:n])
		p.ended = err != nil
		p.mu.Unlock()
		p.cond.Broadcast()
		if err != nil {
			return
		}
	}
}

// until waits for a text in what was written.
func (p *terminal) until(text string) {
	p.t.Helper()
	p.mu.Lock()
	defer p.mu.Unlock()
	for !strings.Contains(p.out.String(), text) {
		if p.ended {
			p.t.Fatalf("it ended without %q:\n%q", text, p.out.String())
		}
		p.cond.Wait()
	}
}

func (p *terminal) press(keys string) {
	p.t.Helper()
	if _, err := io.WriteString(p.tty, keys); err != nil {
		p.t.Fatal(err)
	}
}

// end waits for the program and holds that the terminal is as it was before.
func (p *terminal) end(code int, last string) string {
	p.t.Helper()
	_ = p.cmd.Wait()
	p.until(last)
	if got := p.cmd.ProcessState.ExitCode(); got != code {
		p.t.Fatalf("exit code %d, want %d:\n%q", got, code, p.out.String())
	}
	after, err := term.GetState(int(p.tty.Fd()))
	if err != nil {
		p.t.Fatal(err)
	}
	if !reflect.DeepEqual(p.before, after) {
		p.t.Error("the terminal is not in its old mode")
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	out := p.out.String()
	for _, restore := range []string{"\x1b[?1049l", "\x1b[?25h", "\x1b[?2004l"} {
		if !strings.Contains(out, restore) {
			p.t.Errorf("%q was not written", restore)
		}
	}
	if strings.Contains(out, "goroutine ") {
		p.t.Errorf("staff see a stack trace:\n%s", out)
	}
	return out
}

const f3, f5, ctrlQ = "\x1bOR", "\x1b[15~", "\x11"

func TestOnAMuteTerminalItDrawsTakesKeysAndAsksNothing(t *testing.T) {
	p := onTerminal(t)
	p.until("Hill St Books")
	p.until("news from before the start")
	p.press("\x1b[18~") // F7
	p.until("a manager must be signed in")
	p.press(ctrlQ)
	out := p.end(0, "left in good order")
	for _, query := range []string{"\x1b]11;?", "\x1b]10;?", "\x1b[6n", "\x1b[c", "\x1b[>c"} {
		if strings.Contains(out, query) {
			t.Errorf("it asked the terminal %q", query)
		}
	}
	if strings.Contains(out, "\x1b[?1003h") || strings.Contains(out, "\x1b[?1002h") {
		t.Error("it took the mouse")
	}
}

func TestSignalsEndItInGoodOrder(t *testing.T) {
	for _, sig := range []syscall.Signal{syscall.SIGTERM, syscall.SIGHUP} {
		p := onTerminal(t)
		p.until("Hill St Books")
		if err := p.cmd.Process.Signal(sig); err != nil {
			t.Fatal(err)
		}
		p.end(0, "left in good order")
	}
}

func TestAFaultRestoresTheTerminal(t *testing.T) {
	for key, sentence := range map[string]string{f3: "a fault in a command", f5: "a fault in a view"} {
		p := onTerminal(t)
		p.until("Hill St Books")
		p.press(key)
		p.end(1, "the program had to stop: "+sentence)
	}
}

func TestTheWindowMayChangeAtAnyTime(t *testing.T) {
	p := onTerminal(t)
	p.until("Hill St Books")
	if err := pty.Setsize(p.tty, &pty.Winsize{Rows: 10, Cols: 30}); err != nil {
		t.Fatal(err)
	}
	p.until("has 30x10")
	p.press(ctrlQ)
	p.end(0, "left in good order")
}
