package cli

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"cashdesk/internal/settings"
	"cashdesk/keystore"
	"cashdesk/providers"
)

// payFlags are the flags that every command about a payment has.
type payFlags struct {
	json           bool
	operator       string
	pinFile        string // "-": standard input
	passphraseFile string // "-": standard input
	timeout        time.Duration
	reason         string
	asks           bool // the command begins nothing: where it fails, a payment's fate is not known

	shop    *settings.Settings // once they are read
	command string             // its name, like "refund"
	blank   string             // a flag that was given with nothing in it

	// stdin are the flags whose value is "-": one may be.
	stdin map[string]*string
}

// paying is a command about a payment, with the flags of all of them. do is
// planned from the settings before anybody is asked for anything.
func (p *program) paying(cmd *cobra.Command, f *payFlags, plan planner) *cobra.Command {
	f.proves(cmd)
	f.command = cmd.Name()
	if cmd.ValidArgs == nil { // no file is a payment's reference
		cmd.ValidArgsFunction = cobra.NoFileCompletions
	}
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		f.blank = blankFlag(cmd)
		return p.pay(cmd.Context(), f, args, plan)
	}
	return cmd
}

// proves adds the flags that say who does it, how that is proven, and how the
// answer is told.
func (f *payFlags) proves(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.BoolVar(&f.json, "json", false, "one JSON object on standard output")
	flags.StringVar(&f.operator, "operator", "", "who does it, by id")
	flags.StringVar(&f.pinFile, "pin-file", "", "file with the operator's PIN, readable by its owner alone; - for standard input")
	flags.StringVar(&f.passphraseFile, "passphrase-file", "", "file with the keystore's passphrase, where nothing else opens it; - for standard input")
	f.maybeStdin("pin-file", &f.pinFile)
	f.maybeStdin("passphrase-file", &f.passphraseFile)
}

// blankFlag is a flag that was given with nothing in it, like --amount "$AMOUNT"
// where the variable is not set. Taking it for one that was left out would give a
// whole sale back instead of a part, or charge without the sale's reference.
func blankFlag(cmd *cobra.Command) string {
	for _, name := range []string{
		"settings", "operator", "pin-file", "passphrase-file", "amount", "currency", "reference", "code", "finance",
		"receipt", "mobile", "email", "provider-reference", "reason", "token-file", "from-bin", "to-bin",
	} {
		if flag := cmd.Flags().Lookup(name); flag != nil && flag.Changed && strings.TrimSpace(flag.Value.String()) == "" {
			return name
		}
	}
	return ""
}

// waits adds the flag of those that wait for an answer.
func (f *payFlags) waits(cmd *cobra.Command) {
	cmd.Flags().DurationVar(&f.timeout, "timeout", 0, "wait so long for the outcome, like 30s (default: as long as the provider may take)")
}

// agrees adds the flag of those to which a manager may have to agree.
func (f *payFlags) agrees(cmd *cobra.Command) {
	cmd.Flags().StringVar(&f.reason, "reason", "", "why, where a manager has to agree; kept in the journal")
}

// maybeStdin notes a flag that takes "-" for standard input.
func (f *payFlags) maybeStdin(name string, value *string) {
	if f.stdin == nil {
		f.stdin = map[string]*string{}
	}
	f.stdin[name] = value
}

// check says what is wrong with the flags, before anything is read.
func (f *payFlags) check() error {
	if f.blank != "" {
		return providers.Invalid(f.blank, fmt.Sprintf("--%s is there with nothing in it", f.blank), "say what it is, or leave the flag out")
	}
	first := ""
	for _, name := range []string{"code", "mobile", "email", "token-file", "pin-file", "passphrase-file"} {
		value := f.stdin[name]
		switch {
		case value == nil || *value != "-":
		case first != "":
			return providers.Invalid(name, fmt.Sprintf("--%s and --%s both ask for standard input", first, name), "only one thing can come from there: put the other one into a file")
		default:
			first = name
		}
	}
	if f.timeout < 0 {
		return providers.Invalid("timeout", "that is no time to wait", "write it like 30s")
	}
	return nil
}

// personal is what a flag says of a customer, or one line of standard input
// for "-": what stands in a command can be read by every process.
func (p *program) personal(question, value string) (string, error) {
	if value != "-" {
		return value, nil
	}
	return p.secret(question)
}

// secretOf is a secret from a file, from standard input for "-", and without a
// file from whoever sits at the terminal.
func (p *program) secretOf(flag, file, question string) (string, error) {
	switch {
	case file == "-", file == "" && isTerminal(p.in):
		return p.secret(strings.ToUpper(question[:1]) + question[1:])
	case file == "":
		return "", providers.Invalid(flag, "the "+question+" is needed, and there is no terminal to ask at", "name a file that holds it with --"+flag+", or - for standard input")
	}
	secret, err := keystore.SecretFromFile(file)
	var known *providers.Error
	if errors.As(err, &known) && known.Field == "file" {
		known.Field = flag
	}
	return secret.Reveal(), err
}
