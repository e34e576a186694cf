// Package cli is the command line: one file per command. It is the only room
// that knows all the others, and wires them together.
package cli

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"cashdesk/internal/journal"
	"cashdesk/internal/settings"
	"cashdesk/providers"
)

// The exit codes of every command.
const (
	exitOK     = 0
	exitFailed = 1 // the program failed
	exitUsage  = 2 // usage, settings, keys: the person at the prompt can mend it
)

// program is what every command shares: where it reads and writes, and the
// flags of the root.
type program struct {
	in       io.Reader
	out      io.Writer
	err      io.Writer
	settings string // path of the settings file, empty for the default
	ran      bool   // a command was found and its words were in order
	code     int    // what a command ends with that told of payments
	silence  *silence
}

// Run runs the command line and returns the exit code.
func Run(args []string, in io.Reader, out, errOut io.Writer) int {
	keepMemory() // before anything secret is in it
	p := &program{in: in, out: out, err: errOut}
	defer p.echo()
	root := p.root()
	root.SetArgs(args)
	root.SetIn(in)
	root.SetOut(out)
	root.SetErr(errOut)
	err := root.ExecuteContext(context.Background())
	if err == nil {
		return p.code
	}
	p.echo()
	p.report(err)
	return p.exitCode(err)
}

// exitCode tells what the person at the prompt can mend from what went wrong
// in here. An error before any command ran is one of usage.
func (p *program) exitCode(err error) int {
	var many settings.Errors
	var known *providers.Error
	var told *ended
	switch {
	case errors.As(err, &told):
		return told.code
	case !p.ran, errors.As(err, &many), isSetUp(err):
		return exitUsage
	case errors.As(err, &known) && known.Kind != providers.Internal:
		return exitUsage
	}
	return exitFailed
}

// isSetUp says that the journal is not the one that belongs to this counter,
// key and mode, or that another counter has it.
func isSetUp(err error) bool {
	for _, kind := range []error{journal.ErrInUse, journal.ErrNewer, journal.ErrMode, journal.ErrKey} {
		if errors.Is(err, kind) {
			return true
		}
	}
	return false
}

// report prints an error as a sentence and a hint, never a stack.
func (p *program) report(err error) {
	fmt.Fprintf(p.err, "cashdesk: %s\n", err)
	if hint := providers.HintOf(err); hint != "" {
		fmt.Fprintf(p.err, "  %s\n", hint)
	} else if !p.ran {
		fmt.Fprintln(p.err, "  `cashdesk --help` shows what there is")
	}
}

func (p *program) root() *cobra.Command {
	root := &cobra.Command{
		Use:   "cashdesk",
		Short: "Take payments at the counter",
		Long: `cashdesk takes payments at a shop's counter: Oxipay codes and invitations,
OxaPay and XaiGate crypto invoices, Payneteasy transfers.

Without a command it opens the counter. To look around with nothing set up:

  cashdesk demo`,
		Example: `  cashdesk demo                     a working counter with everything inside
  cashdesk settings init            write settings.toml with comments
  cashdesk keys set oxipay.signing_key oxapay.merchant_key
  cashdesk staff add mia --name Mia --role manager
  cashdesk                          open the counter`,
		Args:          cobra.NoArgs,
		SilenceErrors: true,
		SilenceUsage:  true,
		// cobra looks at flags that exclude one another only after this.
		PersistentPreRunE: func(cmd *cobra.Command, _ []string) error {
			err := cmd.ValidateFlagGroups()
			p.ran = err == nil
			return err
		},
		RunE: func(cmd *cobra.Command, _ []string) error { return p.counter(cmd.Context()) },
	}
	root.PersistentFlags().StringVar(&p.settings, "settings", "", "settings file (default "+settings.DefaultPath()+")")
	root.AddCommand(
		p.demoCommand(), p.sandboxCommand(), p.callbacksCommand(), p.historyCommand(),
		p.chargeCommand(), p.inviteCommand(), p.invoiceCommand(), p.transferCommand(),
		p.refundCommand(), p.reverseCommand(), p.receiptCommand(), p.statusCommand(), p.resolveCommand(), p.currenciesCommand(),
		p.keysCommand(), p.staffCommand(), p.keystoreCommand(), p.settingsCommand(), p.versionCommand(),
	)
	cobrasOwn(root)
	return root
}

// settingsPath is the settings file in use.
func (p *program) settingsPath() string {
	if p.settings != "" {
		return p.settings
	}
	return settings.DefaultPath()
}

// load reads the settings.
func (p *program) load() (*settings.Settings, error) {
	return settings.Load(p.settingsPath())
}
