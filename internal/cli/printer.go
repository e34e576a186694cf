package cli

import (
	"context"
	"errors"
	"fmt"
	"os/exec"
	"strings"
	"time"

	"cashdesk/providers"
)

// printTime is how long the program that prints may take.
const printTime = 10 * time.Second

// printer prints slips with the program that the settings name.
type printer struct {
	command []string // program and arguments; no shell reads them
	within  time.Duration
}

// printing is how slips are printed, nil where nothing prints them.
func printing(command []string) func(text string) error {
	if len(command) == 0 {
		return nil
	}
	return printer{command: command, within: printTime}.print
}

// print gives a slip to the program's standard input and waits for it.
func (p printer) print(text string) error {
	ctx, cancel := context.WithTimeout(context.Background(), p.within)
	defer cancel()
	job := exec.CommandContext(ctx, p.command[0], p.command[1:]...)
	job.Stdin = strings.NewReader(text)
	// What the program says goes nowhere: it would tear the screen. A child of
	// its own that keeps standard input open is not waited for either.
	job.WaitDelay = time.Second
	return p.sentence(ctx, job.Run())
}

// sentence says what went wrong, for whoever stands at the counter.
func (p printer) sentence(ctx context.Context, err error) error {
	if err == nil {
		return nil
	}
	fault := &providers.Error{Kind: providers.Internal, Hint: "look at the printer and print it again; the payment is not touched by this", Err: err}
	var ended *exec.ExitError
	switch {
	case ctx.Err() != nil:
		fault.Text = fmt.Sprintf("the slip was not printed: %s took more than %s", p.command[0], p.within)
	case errors.As(err, &ended):
		fault.Text = fmt.Sprintf("the slip was not printed: %s ended with %s", p.command[0], ended)
	default:
		fault.Text = "the slip was not printed: " + p.command[0] + " cannot be run"
		fault.Hint = "a manager looks at [printer] command in the settings; the payment is not touched by this"
	}
	return fault
}
