package cli

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"golang.org/x/term"

	"cashdesk/providers"
)

// maxSecret is the longest secret that is read, in bytes.
const maxSecret = 4096

// secret asks for something that must not be seen: without echo on a
// terminal, else one line of standard input. It is never taken from a flag,
// where every process on the machine could read it.
func (p *program) secret(question string) (string, error) {
	if isTerminal(p.in) {
		return p.ask(question)
	}
	return p.line()
}

// ask asks on the terminal. Its echo is off before the question is there and
// stays off after the answer, so that neither a quick hand nor a paste is ever
// seen.
func (p *program) ask(question string) (string, error) {
	quiet, err := p.hush()
	if err != nil {
		return "", err
	}
	line, err := quiet.lines.ReadPassword(question + ": ")
	if errors.Is(err, io.EOF) { // also Ctrl+C
		return "", &providers.Error{Kind: providers.Input, Text: "nothing was given", Hint: "run the command again when it is at hand", Err: err}
	}
	return line, err
}

// isTerminal says whether a person sits at the other end.
func isTerminal(stream any) bool {
	file, ok := stream.(*os.File)
	return ok && term.IsTerminal(int(file.Fd()))
}

// mostTries is how often a person is asked for a new secret before the command ends.
const mostTries = 3

// tries asks a person again when what was typed cannot be taken: whoever is put back
// at the shell types the next try there, where everybody can read it. Piped input has
// one try.
func (p *program) tries(try func() (wrong, err error)) error {
	for n := 1; ; n++ {
		wrong, err := try()
		switch {
		case err != nil:
			return err
		case wrong == nil:
			return nil
		case n == mostTries || !isTerminal(p.in):
			return wrong
		}
		fmt.Fprintln(p.silence.lines, withHint(wrong))
	}
}

// secretTwice asks twice on a terminal, so that a slip is noticed. What cannot be
// right is told before it has to be typed again.
func (p *program) secretTwice(question string, check func(string) error) (value string, err error) {
	err = p.tries(func() (wrong, err error) {
		if value, err = p.secret(question); err != nil {
			return nil, err
		}
		if wrong := check(value); wrong != nil || !isTerminal(p.in) {
			return wrong, nil
		}
		second, err := p.secret(question + " again")
		if err == nil && second != value {
			wrong = &providers.Error{Kind: providers.Input, Text: "the two were not the same", Hint: "try again"}
		}
		return wrong, err
	})
	if err != nil {
		return "", err
	}
	return value, nil
}

// line reads one line of standard input, so that several secrets can follow
// one another there.
func (p *program) line() (string, error) {
	reader, ok := p.in.(*bufio.Reader)
	if !ok {
		reader = bufio.NewReaderSize(p.in, maxSecret)
		p.in = reader
	}
	line, err := reader.ReadString('\n')
	if err == io.EOF && line != "" {
		err = nil
	}
	if err != nil {
		return "", &providers.Error{Kind: providers.Input, Text: "nothing was given on standard input", Hint: "one line is expected", Err: err}
	}
	if len(line) > maxSecret {
		return "", &providers.Error{Kind: providers.Input, Text: "that line is too long"}
	}
	return strings.TrimRight(line, "\r\n"), nil
}
