package cli

import (
	"context"

	"github.com/spf13/cobra"

	"cashdesk/internal/settings"
	"cashdesk/internal/till"
	"cashdesk/providers"
)

// transferFlags are those of `cashdesk transfer`.
type transferFlags struct {
	beginFlags
	fromBIN, toBIN string
}

func (p *program) transferCommand() *cobra.Command {
	f := &transferFlags{}
	cmd := &cobra.Command{
		Use:   "transfer",
		Short: "Begin a Payneteasy transfer without the screen",
		Long: `transfer begins a transfer at the merchant group's own server, and shows the QR by
which the customer goes on with it. Whether money moves is confirmed there, not
here: it ends with 7. The commission stands in the answer's message.

Where the settings say ask_bins = true, --from-bin and --to-bin give the first six
digits of the two cards, never more.

` + exitHelp,
		Example: `  cashdesk transfer --amount 10.00 --currency EUR --operator mia --pin-file pin
  cashdesk transfer --amount 10.00 --currency EUR --reference T-17 --operator mia --pin-file pin --json
  cashdesk transfer --amount 10.00 --currency EUR --from-bin 411111 --to-bin 555555 --operator mia --pin-file pin`,
		Args: cobra.NoArgs,
	}
	f.begins(cmd)
	cmd.Flags().StringVar(&f.fromBIN, "from-bin", "", "the first 6 digits of the card that pays, where the settings ask for them")
	cmd.Flags().StringVar(&f.toBIN, "to-bin", "", "the first 6 digits of the card that receives")
	return p.paying(cmd, &f.payFlags, func(s *settings.Settings, _ []string) (work, error) {
		d, err := f.draft(s, providers.Payneteasy, providers.Transfer)
		if err != nil {
			return nil, err
		}
		if err := f.checkBINs(s); err != nil {
			return nil, err
		}
		d.FromBIN, d.ToBIN = f.fromBIN, f.toBIN
		return func(ctx context.Context, c *clerk) ([]providers.Attempt, error) {
			if err := c.withinLimits(ctx, d); err != nil {
				return nil, err
			}
			a, err := c.begin(ctx, &f.beginFlags, d)
			if err == nil && a.State == providers.HandedOver {
				c.showLink(a)
			}
			return told(a, err)
		}, nil
	})
}

// checkBINs takes the first digits of the cards only where the settings ask for
// them, and never more: what is wrong with them is told without them.
func (f *transferFlags) checkBINs(s *settings.Settings) error {
	for _, flag := range []struct{ name, digits string }{{"from-bin", f.fromBIN}, {"to-bin", f.toBIN}} {
		if err := providers.CheckBIN(flag.name, flag.digits); err != nil {
			return providers.Invalid(flag.name, "--"+flag.name+" is not exactly 6 digits", providers.HintOf(err))
		}
		if flag.digits != "" && !s.Payneteasy.AskBINs {
			return providers.Invalid(flag.name, "no digits of a card are asked for here", "leave --"+flag.name+" out, or set ask_bins = true under [payneteasy]")
		}
	}
	return nil
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
