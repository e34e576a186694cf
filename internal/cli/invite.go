package cli

import (
	"context"

	"github.com/spf13/cobra"

	"cashdesk/internal/settings"
	"cashdesk/providers"
)

func (p *program) inviteCommand() *cobra.Command {
	f := &beginFlags{}
	mobile, again := "", false
	cmd := &cobra.Command{
		Use:   "invite",
		Short: "Have Oxipay send a customer an SMS",
		Long: `invite has Oxipay send an SMS to a customer who has no code yet. It moves no
money: when the customer has a code, ` + "`cashdesk charge`" + ` takes the payment.

` + exitHelp,
		Example: `  echo 0400000000 | cashdesk invite --amount 125.50 --mobile - --operator mia --pin-file pin
  echo 0400000000 | cashdesk invite --amount 125.50 --mobile - --operator mia --pin-file pin --json`,
		Args: cobra.NoArgs,
	}
	f.begins(cmd)
	cmd.Flags().StringVar(&mobile, "mobile", "", "the customer's mobile number; - for standard input, where no other process sees it")
	cmd.Flags().BoolVar(&again, "again", false, "send a second SMS to a mobile that was invited a moment ago")
	f.maybeStdin("mobile", &mobile)
	return p.paying(cmd, &f.payFlags, func(s *settings.Settings, _ []string) (work, error) {
		if mobile == "" {
			return nil, providers.Invalid("mobile", "there is no mobile number", "say --mobile -, and give the number on standard input")
		}
		d, err := f.draft(s, providers.Oxipay, providers.Invite)
		if err != nil {
			return nil, err
		}
		if d.Mobile, err = p.personal("The customer's mobile number", mobile); err != nil {
			return nil, err
		}
		d.InviteAgain = again
		return func(ctx context.Context, c *clerk) ([]providers.Attempt, error) { return told(c.begin(ctx, f, d)) }, nil
	})
}
