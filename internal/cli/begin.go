package cli

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/shopspring/decimal"
	"github.com/spf13/cobra"

	"cashdesk/internal/journal"
	"cashdesk/internal/settings"
	"cashdesk/internal/till"
	"cashdesk/providers"
)

// beginFlags are the flags of the commands that begin a payment.
type beginFlags struct {
	payFlags
	amount, currency string
	reference        string
	others           []string // references of payments that are other customers'
	same             bool     // the same customer, on a manager's word
	large            bool
}

// begins adds the flags of the commands that begin a payment.
func (f *beginFlags) begins(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.StringVar(&f.amount, "amount", "", "the amount, like 125.50")
	flags.StringVar(&f.currency, "currency", "", "its currency (default: the shop's)")
	flags.StringVar(&f.reference, "reference", "", "the sale's own reference, unique for ever; the same one again answers with the first outcome")
	flags.StringArrayVar(&f.others, "other-customer", nil, "this payment of the same amount is another customer's, by its reference (can be repeated)")
	flags.BoolVar(&f.same, "same-customer", false, "charge the customer of an unknown payment again: a manager's word, with --reason")
	flags.BoolVar(&f.large, "large-amount", false, "the amount is right, although it is above max_amount")
	f.waits(cmd)
	f.agrees(cmd)
}

// draft is a payment as the flags have it, checked against the settings.
func (f *beginFlags) draft(s *settings.Settings, p providers.Provider, k providers.Kind) (till.Draft, error) {
	d := till.Draft{Sale: strings.TrimSpace(f.reference), Provider: p, Kind: k}
	switch {
	case f.operator == "":
		return d, errNobody()
	case f.amount == "":
		return d, providers.Invalid("amount", "there is no amount", "say --amount 125.50")
	case f.same && till.CheckReason(f.reason) != nil:
		return d, till.CheckReason(f.reason)
	}
	currency, err := f.currencyOf(s, p)
	if err != nil {
		return d, err
	}
	if d.Amount, err = providers.ParseAmount(f.amount, currency); err != nil {
		return d, err
	}
	if err := d.Amount.CheckPositive(); err != nil {
		return d, err
	}
	if !f.large && above(d.Amount, s.Shop.MaxAmount) {
		return d, providers.Invalid("amount", d.Amount.String()+" is more than usual at this counter", "if it is right, add --large-amount")
	}
	return d, nil
}

// above says that an amount is above the shop's figure. In another currency the
// same figure holds, as on screen.
func above(a, most providers.Amount) bool {
	return most.Minor > 0 && decimal.New(a.Minor, -int32(a.Currency.Decimals)).GreaterThan(decimal.New(most.Minor, -int32(most.Currency.Decimals)))
}

// currencyOf is the currency that was named, or the shop's, among those that
// the provider takes here.
func (f *beginFlags) currencyOf(s *settings.Settings, p providers.Provider) (providers.Currency, error) {
	want := strings.ToUpper(f.currency)
	if want == "" {
		want = s.Shop.Currency.Code
	}
	taken := currencies(s)[p]
	var codes []string
	for _, c := range taken {
		if c.Code == want {
			return c, nil
		}
		codes = append(codes, c.Code)
	}
	if len(codes) == 0 { // switched off: the till says so
		return s.Shop.Currency, nil
	}
	return providers.Currency{}, providers.Invalid("currency", fmt.Sprintf("%s does not take %s here", p.Title(), providers.CleanText(want)), "one of "+strings.Join(codes, ", "))
}

// begin begins a payment and waits for what becomes of it. A sale that was
// begun under this reference before, here or in another process, is answered
// with its outcome.
func (c *clerk) begin(ctx context.Context, f *beginFlags, d till.Draft) (providers.Attempt, error) {
	if err := ctx.Err(); err != nil {
		return providers.Attempt{}, err
	}
	if err := c.answers(ctx, f, &d); err != nil {
		return providers.Attempt{}, err
	}
	// From here on a signal does not cut the recording in the middle.
	whole := context.WithoutCancel(ctx)
	a, begun, err := c.till.BeginOnce(whole, c.session, d)
	if err != nil {
		return a, refusedHere(ofThisSale(err, d))
	}
	if begun {
		return c.outcome(ctx, a), nil
	}
	return c.again(ctx, a, d)
}

// ofThisSale says that a code is in use by this very sale, with other parameters:
// then it is the reference that was used before.
func ofThisSale(err error, d till.Draft) error {
	var used *till.InUseError
	if d.Sale == "" || !errors.As(err, &used) || used.Attempt.Sale != d.Sale {
		return err
	}
	return &till.ReferenceError{Attempt: used.Attempt, Text: "this reference was used for " + used.Attempt.Amount.String(), Hint: "`cashdesk status " + d.Sale + "` says how that stands"}
}

// again answers for a sale that was begun before: with its outcome, which is
// waited for where it is on its way, and asked for where nobody knows it. What
// certainly never reached the provider is tried once more.
func (c *clerk) again(ctx context.Context, a providers.Attempt, d till.Draft) (providers.Attempt, error) {
	ctx, cancel := context.WithTimeout(ctx, c.patience(a.Provider))
	defer cancel()
	flying := a.State == providers.Recorded || a.State == providers.Sent
	if flying {
		a = c.await(ctx, a, func(a providers.Attempt) bool { return a.State != providers.Recorded && a.State != providers.Sent }, nil)
	}
	switch {
	case a.State == providers.Cancelled, a.State == providers.Refused && a.Code == "" && !flying:
		next, err := c.till.Begin(context.WithoutCancel(ctx), c.session, d)
		if err == nil {
			return c.await(ctx, next, decided, nil), nil
		}
		// Another process may have tried it once more by now.
		if next, same, unread := c.till.Same(context.WithoutCancel(ctx), c.session, d); same && unread == nil && next.ID != a.ID {
			return c.await(ctx, next, decided, nil), nil
		}
		return a, refusedHere(err)
	case a.State == providers.Unknown && !decided(a):
		// Where asking could itself be the charge, nobody asks by themselves. What
		// another process finds out is this one's answer too.
		err := c.till.CheckNow(context.WithoutCancel(ctx), c.session, a.ID, false)
		if err == nil || errors.Is(err, till.ErrDriven) {
			a = c.await(ctx, a, decided, nil)
		}
	}
	return a, nil
}

// answers puts the answers to the counter's questions into a draft.
func (c *clerk) answers(ctx context.Context, f *beginFlags, d *till.Draft) error {
	for _, reference := range f.others {
		a, err := c.find(ctx, reference)
		if err != nil {
			return err
		}
		d.OtherCustomers = append(d.OtherCustomers, a.ID)
	}
	if !f.same {
		return nil
	}
	permit, err := c.permit(ctx, till.Override, f.reason)
	d.SameCustomer = &permit
	return err
}

// permit asks for a right that is a manager's, for the operator who signed in.
// Nobody else can agree here: there is one PIN.
func (c *clerk) permit(ctx context.Context, r till.Right, reason string) (till.Permit, error) {
	permit, err := c.till.Permit(ctx, c.session, r, till.Manager{}, reason)
	if err != nil && till.CheckReason(reason) == nil && !c.till.May(c.session, r) {
		err = &providers.Error{Kind: providers.Forbidden, Text: fmt.Sprintf("only a manager may %s", r), Hint: "have a manager give the command, with their --operator and PIN", Err: err}
	}
	return permit, refusedHere(err)
}

// find is the payment that a reference names: an attempt's own, or of a sale
// the attempt that counts.
func (c *clerk) find(ctx context.Context, reference string) (providers.Attempt, error) {
	reference = strings.TrimSpace(reference) // as it was when it was given
	sale, err := c.journal.BySale(ctx, reference)
	if err != nil {
		return providers.Attempt{}, err
	}
	sale = slices.DeleteFunc(sale, func(a providers.Attempt) bool { return a.Kind.Returns() })
	if len(sale) > 0 {
		return counts(sale), nil
	}
	a, err := c.journal.ByReference(ctx, reference)
	if errors.Is(err, journal.ErrNotFound) {
		return a, noSuch(reference)
	}
	return a, err
}

// counts is the attempt by which a sale stands: one that took the money, else
// one that still may, else the newest.
func counts(sale []providers.Attempt) providers.Attempt {
	for _, like := range []func(providers.Attempt) bool{
		func(a providers.Attempt) bool { return a.State == providers.Approved },
		func(a providers.Attempt) bool { s := standing(a); return s == providers.Unknown || s.MoneyMayMove() },
	} {
		if at := slices.IndexFunc(sale, like); at >= 0 {
			return sale[at]
		}
	}
	return sale[len(sale)-1]
}

func noSuch(reference string) error {
	return providers.Invalid("reference", fmt.Sprintf("the journal has no payment with the reference %q", providers.CleanText(reference)), "give it whole, as `cashdesk history` lists it")
}

// stopped is what a command ends with that was told to before it began, or found
// out, anything.
func (f *payFlags) stopped() error {
	if f.asks {
		return ends(exitUnknown, &providers.Error{Kind: providers.Conflict, Text: "stopped before the answer came", Hint: "give the command again"})
	}
	return ends(exitOver, &providers.Error{Kind: providers.Conflict, Text: "stopped before anything was sent", Hint: "nothing was charged"})
}

func errNobody() error {
	return providers.Invalid("operator", "nobody is named who does it", "say --operator ID, and give the PIN with --pin-file")
}
