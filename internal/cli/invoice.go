package cli

import (
	"context"
	"fmt"
	"slices"
	"strings"

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
	return c.await(ctx, a, func(a providers.Attempt) bool { return !payable(a) }, func(a providers.Attempt) {
		if line := c.till.Words(a).Staff; line != said {
			fmt.Fprintln(c.err, line)
			said = line
		}
	}), nil
}

// payable says that the customer can pay an invoice, as far as it is known.
func payable(a providers.Attempt) bool {
	return slices.Contains([]providers.State{providers.Open, providers.PartlyPaid}, a.State)
}
