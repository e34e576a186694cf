package cli

import (
	"context"
	"strings"

	"github.com/spf13/cobra"

	"cashdesk/internal/settings"
	"cashdesk/providers"
)

// chargeFlags are those of `cashdesk charge`.
type chargeFlags struct {
	beginFlags
	code, finance string
	receipt       string
	items         []string
	unusual       bool
}

func (p *program) chargeCommand() *cobra.Command {
	f := &chargeFlags{}
	cmd := &cobra.Command{
		Use:   "charge",
		Short: "Charge an Oxipay code without the screen",
		Long: `charge takes a payment by the code in the customer's Oxipay app, and waits for
what becomes of it. It works beside a running counter, which shows it too. What
is not known when it ends is asked about by the counter, or by ` + "`cashdesk resolve`" + `.

With --reference it can be repeated: the same sale is charged once, and every
repeat answers with its outcome. After a decline a new code is the next try.

` + exitHelp,
		Example: `  echo 6199010203 | cashdesk charge --amount 125.50 --code - --operator mia --pin-file pin
  echo 6199010203 | cashdesk charge --amount 125.50 --code - --reference A-1001 --operator mia --pin-file pin --json
  echo 6199010203 | cashdesk charge --amount 125.50 --finance 100.00 --item "Blue vase" --code - --operator mia --pin-file pin`,
		Args: cobra.NoArgs,
	}
	f.begins(cmd)
	flags := cmd.Flags()
	flags.StringVar(&f.code, "code", "", "the customer's code; - for standard input, where no other process sees it")
	flags.StringVar(&f.finance, "finance", "", "the part that Oxipay finances, where the customer pays the rest otherwise")
	flags.StringVar(&f.receipt, "receipt", "", "the shop's own receipt number; without --reference it is the sale's reference too")
	flags.StringArrayVar(&f.items, "item", nil, "what is sold (can be repeated)")
	flags.BoolVar(&f.unusual, "accept-unusual-code", false, "send a code of an unusual shape as it is")
	f.maybeStdin("code", &f.code)
	return p.paying(cmd, &f.payFlags, func(s *settings.Settings, _ []string) (work, error) { return p.charge(f, s) })
}

func (p *program) charge(f *chargeFlags, s *settings.Settings) (work, error) {
	if f.code == "" {
		return nil, providers.Invalid("code", "there is no code", "say --code -, and give the code on standard input")
	}
	d, err := f.draft(s, providers.Oxipay, providers.Authorise)
	if err != nil {
		return nil, err
	}
	if f.finance != "" {
		part, err := providers.ParseAmount(f.finance, d.Amount.Currency)
		if err == nil {
			err = part.CheckPositive()
		}
		if err != nil {
			return nil, err
		}
		d.FinanceMinor = part.Minor
	}
	d.Items, d.AcceptOtherCode = f.items, f.unusual
	if d.Code, err = p.personal("The customer's code", f.code); err != nil {
		return nil, err
	}
	if d.Sale == "" {
		d.Sale = strings.TrimSpace(f.receipt)
	}
	return func(ctx context.Context, c *clerk) ([]providers.Attempt, error) {
		a, err := c.begin(ctx, &f.beginFlags, d)
		if err == nil && a.State == providers.Approved {
			a = c.giveReceipt(ctx, a, strings.TrimSpace(f.receipt))
		}
		return told(a, err)
	}, nil
}

// giveReceipt gives an approved sale the shop's own number, where it goes by
// another reference. The sale stands, whatever becomes of that.
func (c *clerk) giveReceipt(ctx context.Context, a providers.Attempt, number string) providers.Attempt {
	if number == "" || number == a.Reference {
		return a
	}
	given, err := c.number(ctx, a, number, receiptPatience)
	switch {
	case err != nil:
		c.complain(err)
		c.remark(a, "It did not get the receipt number: "+err.Error()+".", "`cashdesk receipt` gives it another one.")
		return a
	case !given.ReceiptStored:
		about := receiptResult(result{}, given)
		c.remark(a, about.Message, about.Next)
	}
	return given
}

// told is the one payment of a command, or why there is none.
func told(a providers.Attempt, err error) ([]providers.Attempt, error) {
	if err != nil {
		return nil, err
	}
	return []providers.Attempt{a}, nil
}

// exitHelp stands in the help of every command about a payment.
const exitHelp = `Exit codes: 0 approved, 1 the program failed, 2 usage or settings, 3 declined,
4 refused (nothing happened), 5 not known yet, 6 open, 7 begun elsewhere (no money
confirmed here), 8 expired or cancelled, 9 the reference was used before with
other parameters.`
