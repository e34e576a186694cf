package cli

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"cashdesk/internal/settings"
	"cashdesk/internal/till"
	"cashdesk/providers"
)

// kindRegister is what `cashdesk keys register` is called in its JSON: it is no
// payment, and so no providers.Kind.
const kindRegister = "register"

// oldKeyDies is said before a token is asked for.
const oldKeyDies = "Oxipay gives this device a new key for the token, and the key it has now is dead from then on.\n" +
	"The token lasts 72 hours and works once. The new key goes into the keystore; nobody sees it."

// registerFlags are those of `cashdesk keys register`.
type registerFlags struct {
	payFlags
	token  string // the file that holds it; "-": standard input
	giveUp bool
	begun  bool // the till was asked to register: how it failed may not be known
}

func (p *program) keysRegister() *cobra.Command {
	f := &registerFlags{}
	cmd := &cobra.Command{
		Use:   "register",
		Short: "Register this device with Oxipay",
		Long: `register has Oxipay change a token from its merchant portal for a new signing key,
which goes straight into the keystore; nobody sees it. The old key is dead from then
on. It is a manager's, and needs a reason. The token is asked for at a prompt, or
read from a file or standard input; never from a flag.

While a payment that the old key signed is not known, it is refused: settle that one
first. --give-up has all of those stay not known, and nothing is asked about them any
more; a manager settles them against the portal.

Exit codes: 0 registered, 1 the program failed, 2 usage or settings, 4 refused (the
old key is as it was), 5 not known: the answer was lost, and a new key with it. Get a
fresh token then, and register again.`,
		Example: `  cashdesk keys register --reason "a new till" --operator mia
  cashdesk keys register --token-file token --reason "a new till" --operator mia --pin-file pin --json`,
		Args: cobra.NoArgs,
	}
	f.proves(cmd)
	f.agrees(cmd)
	flags := cmd.Flags()
	flags.StringVar(&f.token, "token-file", "", "file with the token from the merchant portal, readable by its owner alone; - for standard input")
	flags.BoolVar(&f.giveUp, "give-up", false, "register although payments are not known yet, and ask about those no more")
	f.maybeStdin("token-file", &f.token)
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		f.blank = blankFlag(cmd)
		return p.register(cmd.Context(), f)
	}
	return cmd
}

// register registers this device, and tells what became of it.
func (p *program) register(ctx context.Context, f *registerFlags) error {
	code := ""
	_, err := p.paid(ctx, &f.payFlags, nil, func(_ *settings.Settings, _ []string) (work, error) {
		token, err := p.deviceToken(f)
		return func(ctx context.Context, c *clerk) ([]providers.Attempt, error) {
			err := c.register(ctx, f, token)
			code = c.registerCode(f)
			return nil, err
		}, err
	})
	if errors.Is(err, context.Canceled) {
		err = f.stopped()
	}
	if !f.json {
		if err == nil {
			err = p.sayRegistered(f)
		}
		return err
	}
	return errors.Join(p.tell(true, []result{f.result(code, err)}), err)
}

// deviceToken reads the token, after the warning.
func (p *program) deviceToken(f *registerFlags) (string, error) {
	if err := f.reasoned(); err != nil {
		return "", err
	}
	fmt.Fprintln(p.err, oldKeyDies)
	token, err := p.secretOf("token-file", f.token, "device token from Oxipay's merchant portal")
	if err != nil {
		return "", err
	}
	return token, till.CheckToken(token)
}

func (c *clerk) register(ctx context.Context, f *registerFlags, token string) error {
	permit, err := c.permit(ctx, till.Keys, f.reason)
	if err != nil {
		return err
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	register := c.till.Register
	if f.giveUp {
		register = c.till.RegisterAnyway
	}
	f.begun = true
	c.working("asking Oxipay for the new key")
	// The key that comes would be lost with whoever leaves now.
	return notRegistered(register(context.WithoutCancel(ctx), c.session, permit, token))
}

// registerCode is the code of what Oxipay answered, as the journal has it; empty
// if it was not asked.
func (c *clerk) registerCode(f *registerFlags) string {
	if !f.begun {
		return ""
	}
	last, err := c.journal.CounterEvents(context.Background(), []providers.EventType{providers.EventRegistering}, "", time.Time{}, 1)
	if err != nil || len(last) == 0 || last[0].Session != c.session.ID {
		return ""
	}
	return last[0].Code
}

// notRegistered gives the reason why this device was not registered its exit code,
// and names the way out where payments stand in its way.
func notRegistered(err error) error {
	var waiting *till.UnresolvedError
	if errors.As(err, &waiting) {
		var names []string
		for _, a := range waiting.Attempts {
			names = append(names, nameOf(a))
		}
		return ends(exitRefused, &providers.Error{
			Kind: providers.Conflict, Text: waiting.Error() + ", so nothing was sent", Err: err,
			Hint: "settle " + shortly(names) + " first (`cashdesk resolve`, or against the portal at the counter, F6); --give-up leaves them not known and asks about them no more",
		})
	}
	switch providers.KindOf(err) {
	case providers.Uncertain:
		return ends(exitUnknown, err)
	case providers.Credentials:
		return ends(exitRefused, err)
	}
	return refusedHere(err)
}

// shortly names a few of many.
func shortly(names []string) string {
	const few = 4
	if len(names) <= few {
		return strings.Join(names, ", ")
	}
	return fmt.Sprintf("%s and %d more", strings.Join(names[:few], ", "), len(names)-few)
}

// result is what the JSON tells of it.
func (f *registerFlags) result(code string, err error) result {
	if err == nil {
		return result{
			Version: resultVersion, Provider: string(providers.Oxipay), Kind: kindRegister, State: string(providers.Approved), Code: code,
			Message: registeredWords, Next: atOnce, Test: f.shop.Test(), At: time.Now().In(f.shop.Shop.TimeZone).Format(time.RFC3339),
		}
	}
	r := failedResult(err, &f.payFlags)
	r.Provider, r.Kind, r.Code, r.Say = string(providers.Oxipay), kindRegister, code, ""
	if kind := providers.KindOf(err); kind == providers.Uncertain || f.begun && kind == providers.Internal {
		r.State = string(providers.Unknown)
	}
	return r
}

const registeredWords = "This device is registered. The new key is in the keystore, and the old one is dead."

func (p *program) sayRegistered(f *registerFlags) error {
	mark := ""
	if f.shop.Test() {
		mark = "TEST  "
	}
	_, err := fmt.Fprintf(p.reply(), "%s%s\n%s\n", mark, registeredWords, atOnce)
	return err
}
