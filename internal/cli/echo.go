package cli

import (
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"golang.org/x/term"
)

// silence is the terminal from a command's first question to its answer: raw,
// so that what is typed between two questions, while the keystore is made or
// opened, is not seen either.
type silence struct {
	fd      int
	before  *term.State
	lines   *term.Terminal // one for all questions: what was typed ahead is in it
	signals chan os.Signal
}

// hush takes the terminal's echo away, unless that is done already. A signal
// gives it back before it ends the program.
func (p *program) hush() (*silence, error) {
	if p.silence != nil {
		return p.silence, nil
	}
	fd := int(p.in.(*os.File).Fd())
	// Listening comes first: no signal may fall between the two.
	s := &silence{fd: fd, signals: make(chan os.Signal, 1)}
	signal.Notify(s.signals, syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP)
	var err error
	if s.before, err = term.MakeRaw(fd); err != nil {
		signal.Stop(s.signals)
		return nil, err
	}
	s.lines = term.NewTerminal(struct {
		io.Reader
		io.Writer
	}{p.in, p.err}, "")
	go s.endOnSignal()
	p.silence = s
	return s, nil
}

// endOnSignal ends the program as the signal would have, with the code that a
// shell gives it.
func (s *silence) endOnSignal() {
	sig, came := <-s.signals
	if !came {
		return
	}
	_ = term.Restore(s.fd, s.before)
	code := exitFailed
	if number, ok := sig.(syscall.Signal); ok {
		code = 128 + int(number)
	}
	os.Exit(code)
}

// echo gives the terminal back as it was. There is nothing to do when nothing
// was asked.
func (p *program) echo() {
	s := p.silence
	if s == nil {
		return
	}
	p.silence = nil
	_ = term.Restore(s.fd, s.before) // a terminal that is gone needs no echo
	signal.Stop(s.signals)
	close(s.signals)
}

// reply is where a command's answer goes: all questions were asked by then,
// so the terminal gets its echo back.
func (p *program) reply() io.Writer {
	p.echo()
	return p.out
}

// working tells whoever was asked that something takes a second or two. A
// script needs no such word.
func (p *program) working(what string) {
	if p.silence != nil {
		fmt.Fprintf(p.silence.lines, "one moment, %s…\n", what)
	}
}
