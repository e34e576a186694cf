package cli

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"cashdesk/internal/settings"
	"cashdesk/internal/till"
	"cashdesk/providers"
)

// invoiceFlags are those of `cashdesk invoice`.
type invoiceFlags struct {
	beginFlags
	email string
	wait  bool
}

// invoicing are the providers that make invoices.
var invoicing = []string{string(providers.OxaPay), string(providers.XaiGate)}

func (p *program) invoiceCommand() *cobra.Command {
	f := &invoiceFlags{}
	cmd := &cobra.Command{
		Use:   "invoice oxapay|xaigate",
		Short: "Make a crypto invoice without the screen",
		Long: `invoice has OxaPay or XaiGate make an invoice, and tells the link by which the
customer pays; on a terminal it draws the QR too. A running counter watches it.

With --wait it stays until the invoice is paid or expired, and tells every step
on standard error. Ctrl+C leaves it: the invoice can still be paid then, and is
still watched by the counter.

` + exitHelp,
		Example: `  cashdesk invoice oxapay --amount 10.00 --currency USD --operator mia --pin-file pin
  cashdesk invoice xaigate --amount 10.00 --currency USD --email - --operator mia --pin-file pin
  cashdesk invoice oxapay --amount 10.00 --currency USD --reference A-1002 --wait --json --operator mia --pin-file pin`,
		Args:      cobra.MatchAll(cobra.ExactArgs(1), cobra.OnlyValidArgs),
		ValidArgs: invoicing,
	}
	f.begins(cmd)
	flags := cmd.Flags()
	flags.StringVar(&f.email, "email", "", "the customer's e-mail address; - for standard input")
	flags.BoolVar(&f.wait, "wait", false, "wait until it is paid or expired")
	f.maybeStdin("email", &f.email)
	return p.paying(cmd, &f.payFlags, func(s *settings.Settings, args []string) (work, error) {
		d, err := f.draft(s, providers.Provider(args[0]), providers.Invoice)
		if err != nil {
			return nil, err
		}
		if d.Email, err = p.personal("The customer's e-mail address", f.email); err != nil {
			return nil, err
		}
		if d.Email = strings.TrimSpace(d.Email); d.Email != "" {
			if err := providers.CheckEmail(d.Email); err != nil {
				return nil, err
			}
		}
		return func(ctx context.Context, c *clerk) ([]providers.Attempt, error) { return told(c.invoice(ctx, f, d)) }, nil
	})
}

// invoice makes an invoice, shows how it is paid, and with --wait watches it.
func (c *clerk) invoice(ctx context.Context, f *invoiceFlags, d till.Draft) (providers.Attempt, error) {
	a, err := c.begin(ctx, &f.beginFlags, d)
	if err != nil || !payable(a) {
		return a, err
	}
	c.showLink(a)
	if !f.wait {
		return a, nil
	}
	fmt.Fprintln(c.err, "Waiting for the payment. Ctrl+C leaves it open.")
	said := ""
	tell := func(a providers.Attempt) {
		if line := c.till.Words(a).Staff; line != said {
			fmt.Fprintln(c.err, line)
			said = line
		}
	}
	for payable(a) && ctx.Err() == nil {
		c.attend(ctx, a)
		a = c.watched(ctx, a, tell)
	}
	return a, nil
}

// attendEvery is how often a command that waits sees to it that somebody looks.
const attendEvery = 30 * time.Second

// attend has an invoice looked after from here, unless somebody does: whoever
// did may have ended meanwhile.
func (c *clerk) attend(ctx context.Context, a providers.Attempt) {
	if live := c.till.Live(a.ID); live.Busy || live.NextIn > 0 {
		return
	}
	// Mostly another process has it, which is as good.
	_ = c.till.CheckNow(ctx, c.session, a.ID, false)
}

// watched waits a while for an invoice's end.
func (c *clerk) watched(ctx context.Context, a providers.Attempt, tell func(providers.Attempt)) providers.Attempt {
	ctx, cancel := context.WithTimeout(ctx, attendEvery)
	defer cancel()
	return c.await(ctx, a, func(a providers.Attempt) bool { return !payable(a) }, tell)
}

// payable says that the customer can pay an invoice, as far as it is known.
func payable(a providers.Attempt) bool {
	return slices.Contains([]providers.State{providers.Open, providers.PartlyPaid}, a.State)
}
