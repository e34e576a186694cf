package cli

import (
	"context"

	"github.com/spf13/cobra"

	"cashdesk/internal/settings"
	"cashdesk/internal/till"
	"cashdesk/providers"
)

func (p *program) transferCommand() *cobra.Command {
	f := &beginFlags{}
	cmd := &cobra.Command{
		Use:   "transfer",
		Short: "Begin a Payneteasy transfer without the screen",
		Long: `transfer begins a transfer at the merchant group's own server, and shows the QR by
which the customer goes on with it. Whether money moves is confirmed there, not
here: it ends with 7. The commission stands in the answer's message.

` + exitHelp,
		Example: `  cashdesk transfer --amount 10.00 --currency EUR --operator mia --pin-file pin
  cashdesk transfer --amount 10.00 --currency EUR --reference T-17 --operator mia --pin-file pin --json`,
		Args: cobra.NoArgs,
	}
	f.begins(cmd)
	return p.paying(cmd, &f.payFlags, func(s *settings.Settings, _ []string) (work, error) {
		d, err := f.draft(s, providers.Payneteasy, providers.Transfer)
		if err != nil {
			return nil, err
		}
		return func(ctx context.Context, c *clerk) ([]providers.Attempt, error) {
			if err := c.withinLimits(ctx, d); err != nil {
				return nil, err
			}
			a, err := c.begin(ctx, f, d)
			if err == nil && a.State == providers.HandedOver {
				c.showLink(a)
			}
			return told(a, err)
		}, nil
	})
}

// withinLimits asks the server for its limits before a transfer is begun, where
// it has an address for that. One that was begun before is not asked about.
func (c *clerk) withinLimits(ctx context.Context, d till.Draft) error {
	if _, same, err := c.till.Same(ctx, c.session, d); same || err != nil {
		return refusedHere(err)
	}
	quote, err := c.till.Quote(ctx, c.session, d.Provider, d.Amount)
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case providers.KindOf(err) == providers.ProviderFault:
		return ends(exitRefused, err)
	case err != nil:
		return refusedHere(err)
	}
	return quote.Check(d.Amount)
}
