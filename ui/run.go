package ui

import (
	"context"
	"io"
	"os"
	"os/signal"

	tea "github.com/charmbracelet/bubbletea"
	"golang.org/x/term"
)

// frameRate is the most that bubbletea draws at: a key shows after half the time
// that its usual 60 would take.
const frameRate = 120

// Run shows the app on a terminal until a person leaves, the context ends or the
// process is told to stop (SIGTERM, or SIGHUP when the terminal goes away), and
// restores the terminal however it ends. A fault in a screen is returned as
// *PanicError.
func Run(ctx context.Context, a *App, in io.Reader, out io.Writer) error {
	if f, ok := out.(interface{ Fd() uintptr }); ok { // the first frame need not wait for the size
		if w, h, err := term.GetSize(int(f.Fd())); err == nil {
			a.width, a.height = w, h
		}
	}
	// Signals are handled here: bubbletea dies of a SIGHUP and prints a stack on a
	// panic before its commands' panics even restore the terminal.
	p := tea.NewProgram(a, tea.WithInput(typed(in)), tea.WithOutput(out), tea.WithAltScreen(),
		tea.WithFPS(frameRate), tea.WithoutSignalHandler())
	done := make(chan struct{})
	defer close(done)
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, endings...)
	defer signal.Stop(signals)
	go func() {
		select {
		case <-signals:
		case <-ctx.Done():
		case <-done:
			return
		}
		p.Quit()
	}()
	go a.door.pump(done, p.Send)
	_, err := p.Run()
	if a.failure != nil {
		return a.failure
	}
	return err
}
