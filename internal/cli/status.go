package cli

import (
	"context"
	"strings"

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
			if err == nil {
				var back string
				back, err = c.wentBack(ctx, a)
				c.remark(a, back, "")
			}
			return told(a, refusedHere(err))
		}, nil
	})
}

// wentBack says what was given back of a sale, or that a refund was undone; it
// is empty where there is nothing of that.
func (c *clerk) wentBack(ctx context.Context, a providers.Attempt) (string, error) {
	sale := a.ID
	if a.Kind.Returns() {
		sale = a.Of
	}
	if a.Kind == providers.UndoRefund {
		return "", nil
	}
	all, err := c.till.Refundable(ctx, sale)
	if err != nil || a.Kind == providers.Refund {
		if all.Undone[a.ID] {
			return "It was undone.", err
		}
		return "", err
	}
	gone, doubt := a.Amount, false
	gone.Minor = 0
	for _, refund := range all.Refunds {
		switch {
		case all.Undone[refund.ID]:
		case refund.State == providers.Approved:
			gone.Minor += refund.Amount.Minor
		case refund.State == providers.Recorded, refund.State.MoneyMayMove():
			doubt = true
		}
	}
	var parts []string
	if gone.Minor > 0 {
		parts = append(parts, gone.String()+" of it went back.")
	}
	if doubt {
		parts = append(parts, "A refund of it is not known yet.")
	}
	return strings.Join(parts, " "), nil
}
