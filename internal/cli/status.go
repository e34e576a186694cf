package cli

import (
	"context"

	"github.com/spf13/cobra"

	"cashdesk/internal/settings"
	"cashdesk/providers"
)

func (p *program) statusCommand() *cobra.Command {
	f := &payFlags{asks: true}
	cmd := &cobra.Command{
		Use:   "status REFERENCE",
		Short: "Say how a payment stands",
		Long: `status reads from the journal how a sale stands, by its reference, and ends with
the exit code of that. Nobody is asked, nothing is sent; ` + "`cashdesk resolve`" + `
asks the provider.

Like ` + "`cashdesk history`" + ` it needs no PIN: whoever can open the keystore can read
the journal, in which customers' data is masked. With --operator it tells only
what that person may see.

` + exitHelp,
		Example: `  cashdesk status A-1001
  cashdesk status A-1001 --json`,
		Args: cobra.ExactArgs(1),
	}
	return p.paying(cmd, f, func(_ *settings.Settings, args []string) (work, error) {
		return func(ctx context.Context, c *clerk) ([]providers.Attempt, error) {
			a, err := c.find(ctx, args[0])
			if err == nil && c.session.ID != "" {
				_, err = c.till.Detail(ctx, c.session, a.ID)
			}
			return told(a, refusedHere(err))
		}, nil
	})
}
