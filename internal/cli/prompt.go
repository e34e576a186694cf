package cli

import (
	"bufio"
	"errors"
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

// secretTwice asks twice on a terminal, so that a slip is noticed. What cannot
// be right is told before it has to be typed again.
func (p *program) secretTwice(question string, check func(string) error) (string, error) {
	first, err := p.secret(question)
	if err != nil {
		return "", err
	}
	if err := check(first); err != nil {
		return "", err
	}
	if !isTerminal(p.in) {
		return first, nil
	}
	second, err := p.secret(question + " again")
	if err != nil {
		return "", err
	}
	if first != second {
		return "", &providers.Error{Kind: providers.Input, Text: "the two were not the same", Hint: "try again"}
	}
	return first, nil
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
