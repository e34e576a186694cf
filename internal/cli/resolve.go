package cli

import (
	"context"
	"errors"

	"github.com/spf13/cobra"

	"cashdesk/internal/settings"
	"cashdesk/internal/till"
	"cashdesk/providers"
)

// resolveFlags are those of `cashdesk resolve`.
type resolveFlags struct {
	payFlags
	sure bool
}

func (p *program) resolveCommand() *cobra.Command {
	f := &resolveFlags{payFlags: payFlags{asks: true}}
	cmd := &cobra.Command{
		Use:   "resolve [REFERENCE]",
		Short: "Ask the providers now what is not known or open",
		Long: `resolve asks about one sale, or about all that is not known or open, and tells how
each stands then. What a running counter is asking about already is left to it.

After the resend window asking may itself be the charge: if Oxipay never had the
request, the same bytes charge the customer now. Such a sale is told as it stands,
and asked about only with --sure; for one that was closed, a manager has to say so,
with --reason.

` + exitHelp,
		Example: `  cashdesk resolve --operator mia --pin-file pin
  cashdesk resolve A-1001 --operator mia --pin-file pin --json
  cashdesk resolve A-1001 --sure --reason "the portal does not have it" --operator mia --pin-file pin`,
		Args: cobra.MaximumNArgs(1),
	}
	f.waits(cmd)
	f.agrees(cmd)
	cmd.Flags().BoolVar(&f.sure, "sure", false, "ask although that may charge the customer")
	return p.paying(cmd, &f.payFlags, func(_ *settings.Settings, args []string) (work, error) {
		switch {
		case f.operator == "":
			return nil, errNobody()
		case f.sure && len(args) == 0:
			return nil, providers.Invalid("sure", "--sure is about one payment", "name its reference")
		}
		return func(ctx context.Context, c *clerk) ([]providers.Attempt, error) { return c.resolve(ctx, f, args) }, nil
	})
}

func (c *clerk) resolve(ctx context.Context, f *resolveFlags, references []string) ([]providers.Attempt, error) {
	if len(references) == 1 {
		a, err := c.find(ctx, references[0])
		if err != nil {
			return nil, err
		}
		return told(c.check(ctx, f, a))
	}
	all, err := c.till.Unsettled(ctx)
	for i := 0; i < len(all) && err == nil; i++ {
		all[i], err = c.check(ctx, f, all[i])
	}
	return all, err
}

// check asks about one attempt now, and waits for what that brings. What is
// over, what another process looks after, and what may not be asked about is
// told as it stands: a payment whose fate is not known must not read as refused.
func (c *clerk) check(ctx context.Context, f *resolveFlags, a providers.Attempt) (providers.Attempt, error) {
	ctx, cancel := context.WithTimeout(ctx, c.patience(a.Provider))
	defer cancel()
	if a.State == providers.Recorded || a.State == providers.Sent {
		a = c.await(ctx, a, func(a providers.Attempt) bool { return a.State != providers.Recorded && a.State != providers.Sent }, nil)
	}
	before, looks := a.Seq, c.till.Live(a.ID).Looks
	err := c.checkNow(ctx, f, a)
	var risk *till.ChargeRiskError
	switch {
	case errors.As(err, &risk):
		c.remark(a, "Nothing was asked: "+risk.Error()+".", riskHint(risk.Attempt))
		return a, nil
	case providers.KindOf(err) == providers.Conflict:
		if !a.State.Final() {
			c.remark(a, "Nothing was asked: "+err.Error()+".", providers.HintOf(err))
		}
		return a, nil
	case err != nil:
		return a, err
	}
	return c.await(ctx, a, func(a providers.Attempt) bool {
		return a.State.Final() && a.State != providers.HandedOver || c.till.Live(a.ID).Looks > looks || c.answeredSince(ctx, a, before)
	}, nil), nil
}

// checkNow asks, with a manager's word where only that may.
func (c *clerk) checkNow(ctx context.Context, f *resolveFlags, a providers.Attempt) error {
	byManager := a.Closed || a.KeySuspected
	err := c.till.CheckNow(ctx, c.session, a.ID, f.sure && !byManager)
	var risk *till.ChargeRiskError
	if !errors.As(err, &risk) || !f.sure {
		return err
	}
	permit, err := c.permit(ctx, till.Settle, f.reason)
	if err != nil {
		return err
	}
	return c.till.CheckWith(ctx, c.session, permit, a.ID)
}

// answeredSince says that an answer came after an event, though it may tell
// nothing.
func (c *clerk) answeredSince(ctx context.Context, a providers.Attempt, seq int64) bool {
	if a.Seq == seq || a.State == providers.Sent {
		return false
	}
	timeline, err := c.journal.Timeline(context.WithoutCancel(ctx), a.ID)
	last := len(timeline) - 1
	return err == nil && last >= 0 && timeline[last].Seq > seq && timeline[last].Type == providers.EventAnswered
}
