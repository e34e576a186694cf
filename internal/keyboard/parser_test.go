package keyboard

import (
	"io"
	"testing"

	tea "github.com/charmbracelet/bubbletea"
)

// parser is bubbletea's own: bytes as one read brings them go in, messages come out.
type parser struct {
	program *tea.Program
	chunks  chan []byte
	asked   chan struct{} // it wants the next read: the one before is parsed
	msgs    []tea.Msg
	synced  chan []tea.Msg
}

// syncMsg asks for what has come so far.
type syncMsg struct{}

func newParser(t testing.TB) *parser {
	p := &parser{chunks: make(chan []byte), asked: make(chan struct{}), synced: make(chan []tea.Msg)}
	p.program = tea.NewProgram(p, tea.WithInput(p), tea.WithOutput(io.Discard), tea.WithoutRenderer(), tea.WithoutSignalHandler())
	done := make(chan struct{})
	go func() {
		defer close(done)
		_, _ = p.program.Run()
	}()
	<-p.asked
	t.Cleanup(func() {
		p.program.Kill()
		close(p.chunks)
		<-done
	})
	return p
}

// Read is the keyboard, for bubbletea.
func (p *parser) Read(buf []byte) (int, error) {
	p.asked <- struct{}{}
	chunk, open := <-p.chunks
	if !open {
		return 0, io.EOF
	}
	return copy(buf, chunk), nil
}

// read is what one read of these bytes becomes.
func (p *parser) read(chunk []byte) []tea.Msg {
	p.chunks <- chunk
	<-p.asked
	p.program.Send(syncMsg{})
	return <-p.synced
}

// Init does nothing.
func (p *parser) Init() tea.Cmd { return nil }

// Update keeps what was parsed.
func (p *parser) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	switch msg := msg.(type) {
	case syncMsg:
		p.synced <- p.msgs
		p.msgs = nil
	case tea.WindowSizeMsg:
	default:
		p.msgs = append(p.msgs, msg)
	}
	return p, nil
}

// View draws nothing.
func (p *parser) View() string { return "" }
