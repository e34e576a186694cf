package ui

import (
	"fmt"
	"runtime/debug"
	"sync"

	tea "github.com/charmbracelet/bubbletea"
)

// door is where events come in from outside. It never makes the sender wait.
type door struct {
	sync.Mutex
	queue []tea.Msg
	wake  chan struct{}
}

// Send brings an event in from outside: from any goroutine, also before Run. It does
// not wait. A message that is none of this package's reaches every screen.
func (a *App) Send(msg tea.Msg) { a.door.send(msg) }

func (d *door) send(msg tea.Msg) {
	d.Lock()
	d.queue = append(d.queue, msg)
	d.Unlock()
	select {
	case d.wake <- struct{}{}:
	default:
	}
}

// pump hands events over until done is closed.
func (d *door) pump(done <-chan struct{}, deliver func(tea.Msg)) {
	for {
		d.Lock()
		queue := d.queue
		d.queue = nil
		d.Unlock()
		for _, msg := range queue {
			deliver(msg)
		}
		select {
		case <-d.wake:
		case <-done:
			return
		}
	}
}

// PanicError is a fault of the program: it has ended with the terminal restored.
// The stack is for the log; staff see one sentence.
type PanicError struct {
	Value any
	Stack []byte
}

// Error is the sentence for staff.
func (e *PanicError) Error() string {
	return fmt.Sprintf("the program had to stop: %v", e.Value)
}

func newPanicError(value any) *PanicError {
	return &PanicError{Value: value, Stack: debug.Stack()}
}

// fail ends the program because of a panic in a screen.
func (a *App) fail(value any) tea.Cmd {
	a.failure = newPanicError(value)
	return tea.Quit
}
