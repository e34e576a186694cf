package cli

import (
	"context"

	"github.com/spf13/cobra"

	"cashdesk/internal/settings"
	"cashdesk/providers"
)

func (p *program) transferCommand() *cobra.Command {
	f := &beginFlags{}
	cmd := &cobra.Command{
		Use:   "transfer",
		Short: "Begin a Payneteasy transfer without the screen",
		Long: `transfer begins a transfer at the merchant group's own server, and shows the QR by
which the customer goes on with it. Whether money moves is confirmed there, not
here: it ends with 7.

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
			a, err := c.begin(ctx, f, d)
			if err == nil && a.State == providers.HandedOver {
				c.showLink(a)
			}
			return told(a, err)
		}, nil
	})
}
