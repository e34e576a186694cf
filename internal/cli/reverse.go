package cli

import (
	"context"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"cashdesk/internal/settings"
	"cashdesk/internal/till"
	"cashdesk/providers"
)

func (p *program) reverseCommand() *cobra.Command {
	f := &payFlags{}
	cmd := &cobra.Command{
		Use:   "reverse REFERENCE",
		Short: "Undo a refund",
		Long: `reverse takes a refund back: one that went through, or one of which that is not
known. REFERENCE is the refund's own, or the sale's where it has only one. It is a
manager's, and needs a reason.

` + exitHelp,
		Example: `  cashdesk reverse A-1001 --reason "refunded by mistake" --operator mia --pin-file pin
  cashdesk reverse 01JD3W7T0VRF2DAC56SG5C25S --reason "refunded by mistake" --operator mia --pin-file pin --json`,
		Args: cobra.ExactArgs(1),
	}
	f.waits(cmd)
	f.agrees(cmd)
	return p.paying(cmd, f, func(_ *settings.Settings, args []string) (work, error) {
		if err := f.reasoned(); err != nil {
			return nil, err
		}
		return func(ctx context.Context, c *clerk) ([]providers.Attempt, error) { return told(c.reverse(ctx, args[0])) }, nil
	})
}

func (c *clerk) reverse(ctx context.Context, reference string) (providers.Attempt, error) {
	refund, err := c.findRefund(ctx, reference)
	if err != nil {
		return refund, err
	}
	permit, err := c.permit(ctx, till.Refund, c.flags.reason)
	if err != nil {
		return refund, err
	}
	if ctx.Err() != nil {
		return refund, ctx.Err()
	}
	a, err := c.till.Undo(context.WithoutCancel(ctx), c.session, permit, refund.ID)
	if err != nil {
		return a, refusedHere(err)
	}
	return c.outcome(ctx, a), nil
}

// findRefund is the refund that a reference names: its own, or a sale's only
// one that is not undone.
func (c *clerk) findRefund(ctx context.Context, reference string) (providers.Attempt, error) {
	a, err := c.find(ctx, reference)
	if err != nil || a.Kind == providers.Refund {
		return a, err
	}
	all, err := c.till.Refundable(ctx, a.ID)
	if err != nil {
		return a, err
	}
	var names []string
	var only providers.Attempt
	for _, refund := range all.Refunds {
		if !all.Undone[refund.ID] && (refund.State == providers.Approved || refund.State == providers.Unknown) {
			names, only = append(names, refund.Reference), refund
		}
	}
	switch len(names) {
	case 0:
		return a, ends(exitRefused, &providers.Error{Kind: providers.Conflict, Text: "this sale has no refund that could be undone", Hint: fmt.Sprintf("`cashdesk history --text %s` lists what there is", nameOf(a))})
	case 1:
		return only, nil
	}
	return a, providers.Invalid("reference", "this sale has several refunds", "name the one to undo: "+strings.Join(names, ", "))
}
