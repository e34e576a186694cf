package cli

import (
	"context"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"cashdesk/internal/settings"
	"cashdesk/internal/till"
	"cashdesk/providers"
)

// refundFlags are those of `cashdesk refund`.
type refundFlags struct {
	payFlags
	amount      string
	elsewhere   bool
	providerRef string
	again       bool
}

func (p *program) refundCommand() *cobra.Command {
	f := &refundFlags{}
	cmd := &cobra.Command{
		Use:   "refund REFERENCE",
		Short: "Give a sale back, or a part of it",
		Long: `refund gives an approved Oxipay sale back: what remains of it, or --amount. It is a
manager's, and needs a reason. The answer names the refund's own reference, by
which ` + "`cashdesk reverse`" + ` undoes it.

Money of the other providers goes back at the provider. That it was done can be
written down here with --elsewhere and the refund's number there.

` + exitHelp,
		Example: `  cashdesk refund A-1001 --reason "the vase was cracked" --operator mia --pin-file pin
  cashdesk refund A-1001 --amount 20.00 --reason "one card too many" --operator mia --pin-file pin --json
  cashdesk refund X-1 --elsewhere --provider-reference 77120 --reason "sent back by hand" --operator mia --pin-file pin`,
		Args: cobra.ExactArgs(1),
	}
	f.waits(cmd)
	f.agrees(cmd)
	flags := cmd.Flags()
	flags.StringVar(&f.amount, "amount", "", "how much (default: all that remains)")
	flags.BoolVar(&f.elsewhere, "elsewhere", false, "write down that it was made at the provider")
	flags.StringVar(&f.providerRef, "provider-reference", "", "what it is called there, with --elsewhere")
	flags.BoolVar(&f.again, "again", false, "give the same amount of this sale back once more")
	return p.paying(cmd, &f.payFlags, func(_ *settings.Settings, args []string) (work, error) {
		if err := f.reasoned(); err != nil {
			return nil, err
		}
		if f.elsewhere != (f.providerRef != "") {
			return nil, providers.Invalid("provider-reference", "--elsewhere and --provider-reference go together", "say both, or neither")
		}
		return func(ctx context.Context, c *clerk) ([]providers.Attempt, error) {
			return told(c.refund(ctx, f, args[0]))
		}, nil
	})
}

// reasoned says what is missing of a command that is a manager's.
func (f *payFlags) reasoned() error {
	if f.operator == "" {
		return errNobody()
	}
	return till.CheckReason(f.reason)
}

func (c *clerk) refund(ctx context.Context, f *refundFlags, reference string) (providers.Attempt, error) {
	sale, err := c.find(ctx, reference)
	if err != nil {
		return providers.Attempt{}, err
	}
	a, err := c.recordRefund(ctx, f, sale)
	if err != nil || f.elsewhere {
		return a, refusedHere(err)
	}
	return c.outcome(ctx, a), nil
}

// recordRefund begins a refund, or writes down one that was made elsewhere. Only
// one process at a time does so with a sale: of two at the same moment neither
// would see the other's, and the same part would go back twice.
func (c *clerk) recordRefund(ctx context.Context, f *refundFlags, sale providers.Attempt) (providers.Attempt, error) {
	none := providers.Attempt{}
	release, alone, err := c.journal.Claim(sale.ID + ".refund")
	if err != nil {
		return none, err
	}
	if !alone {
		return none, &providers.Error{Kind: providers.Conflict, Text: "another process is giving this sale back just now", Hint: "`cashdesk status " + nameOf(sale) + "` says how it stands"}
	}
	defer release()
	amount, err := c.refundAmount(ctx, f, sale)
	if err != nil {
		return none, err
	}
	permit, err := c.permit(ctx, till.Refund, f.reason)
	if err != nil {
		return none, err
	}
	if ctx.Err() != nil {
		return none, ctx.Err()
	}
	// From here on a signal does not cut the recording in the middle.
	whole := context.WithoutCancel(ctx)
	if f.elsewhere {
		return c.till.RefundElsewhere(whole, c.session, permit, sale.ID, amount, f.providerRef)
	}
	return c.till.Refund(whole, c.session, permit, sale.ID, amount)
}

// refundAmount is how much goes back: what was said, or all that remains.
func (c *clerk) refundAmount(ctx context.Context, f *refundFlags, sale providers.Attempt) (providers.Amount, error) {
	all, err := c.till.Refundable(ctx, sale.ID)
	if err != nil {
		return providers.Amount{}, err
	}
	if f.amount == "" {
		if all.Remaining.Minor == 0 {
			return all.Remaining, refusedHere(&providers.Error{Kind: providers.Conflict, Text: all.Why, Hint: "`cashdesk status " + nameOf(sale) + "` says how it stands"})
		}
		return all.Remaining, nil
	}
	amount, err := providers.ParseAmount(f.amount, sale.Amount.Currency)
	if err == nil {
		err = amount.CheckPositive()
	}
	if err == nil && !f.again {
		err = refundedJustNow(all, amount)
	}
	return amount, err
}

// repeatTime is how long the same part of a sale is taken for a repeat of the
// command whose answer was lost.
const repeatTime = 30 * time.Minute

// refundedJustNow refuses the same part twice within a while. One that another
// process is giving back just now counts too: its answer may come before this one
// is recorded, and then nothing else would stand in the way.
func refundedJustNow(all till.Refundable, amount providers.Amount) error {
	for _, a := range all.Refunds {
		if a.Amount != amount || all.Undone[a.ID] || time.Since(a.CreatedAt) >= repeatTime {
			continue
		}
		text, hint := "", ""
		switch {
		case a.State == providers.Approved:
			text, hint = "went back a short while ago already", "--again gives the same amount back once more"
		case a.State == providers.Recorded, a.State.MoneyMayMove():
			text, hint = "may be going back already: that is not known yet", "`cashdesk status "+a.Reference+"` says how it stands"
		default:
			continue
		}
		return ends(exitRefused, &providers.Error{Kind: providers.Conflict, Text: fmt.Sprintf("%s of this sale %s", amount, text), Hint: "that refund is " + a.Reference + "; " + hint})
	}
	return nil
}
