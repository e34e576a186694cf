package cli

import (
	"context"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"cashdesk/internal/settings"
	"cashdesk/providers"
	"cashdesk/providers/oxipay"
)

// receiptPatience is how long a charge that was given a receipt number waits for
// the provider to take that too.
const receiptPatience = 10 * time.Second

func (p *program) receiptCommand() *cobra.Command {
	f := &payFlags{asks: true}
	number := ""
	cmd := &cobra.Command{
		Use:   "receipt REFERENCE NUMBER",
		Short: "Give an Oxipay sale the shop's own receipt number",
		Long: `receipt tells Oxipay the number that the shop's own till gave a sale afterwards. It
can be repeated. Until Oxipay has it, a running counter sends it again and again.

It ends with 0 when Oxipay has the number, with 4 when Oxipay does not take it, and
with 5 when that is not known yet; the state that it tells is the sale's.`,
		Example: `  cashdesk receipt A-1001 R-2026-00017 --operator mia --pin-file pin
  cashdesk receipt A-1001 R-2026-00017 --operator mia --pin-file pin --json`,
		Args: cobra.ExactArgs(2),
	}
	f.waits(cmd)
	return p.paying(cmd, f, func(_ *settings.Settings, args []string) (work, error) {
		if f.operator == "" {
			return nil, errNobody()
		}
		number = strings.TrimSpace(args[1])
		return func(ctx context.Context, c *clerk) ([]providers.Attempt, error) {
			a, err := c.find(ctx, args[0])
			if err != nil {
				return nil, err
			}
			c.numbered = true
			return told(c.number(ctx, a, number, c.patience(a.Provider)))
		}, nil
	})
}

// number gives a sale a receipt number, and waits a while until the provider has
// it or refuses it.
func (c *clerk) number(ctx context.Context, a providers.Attempt, number string, patience time.Duration) (providers.Attempt, error) {
	if a.ReceiptStored && a.Receipt == number {
		return a, nil
	}
	a, err := c.till.Receipt(context.WithoutCancel(ctx), c.session, a.ID, number)
	if err != nil {
		return a, refusedHere(err)
	}
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	return c.await(ctx, a, func(a providers.Attempt) bool { return a.ReceiptStored || a.ReceiptCode != "" }, nil), nil
}

// receiptResult tells of a sale what became of its receipt number.
func receiptResult(r result, a providers.Attempt) result {
	title := a.Provider.Title()
	r.Code, r.Say = a.ReceiptCode, ""
	switch {
	case a.ReceiptStored:
		r.exit, r.Message, r.Next = exitOK, title+" has the receipt number "+a.Receipt+".", "Nothing more."
	case a.ReceiptCode != "":
		r.exit, r.Message, r.Next = exitRefused, title+" did not take the receipt number.", "Give it another number."
		if code, listed := oxipay.Lookup(a.ReceiptCode); listed {
			r.Message, r.Next = code.Staff, code.Next
		}
	default:
		r.exit, r.Message = exitUnknown, title+" has not said yet whether it has the receipt number."
		r.Next = "A running counter sends it again; without one, repeat this command."
	}
	return r
}
