package cli

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"time"

	"github.com/spf13/cobra"

	"cashdesk/internal/journal"
	"cashdesk/internal/settings"
	"cashdesk/providers"
)

// historyForget removes personal data by hand.
func (p *program) historyForget() *cobra.Command {
	var older, reason string
	cmd := &cobra.Command{
		Use:   "forget [REFERENCE...]",
		Short: "Remove customers' personal data before its time",
		Long: `forget removes code, mobile, e-mail address, the provider's texts and the bytes
of the request of payments that are over; the payments stay, with amounts,
references and times. The counter does so by itself (privacy.keep_personal_data
in the settings); this is for a customer who asks, and for those who want it
sooner. Nothing brings it back.`,
		Example: `  cashdesk history forget 01JD3W7T0VRF2DAC56SG5C25S --reason "the customer asked for it"
  cashdesk history forget --older-than 30d --reason "the season is over"`,
		RunE: func(cmd *cobra.Command, references []string) error {
			keep, err := forgetWhat(references, older, reason)
			if err != nil { // before anybody types a passphrase for it
				return err
			}
			return p.forget(cmd.Context(), references, keep, reason)
		},
	}
	cmd.Flags().StringVar(&older, "older-than", "", "of all payments to which nothing has happened for so long, like 90d")
	cmd.Flags().StringVar(&reason, "reason", "", "why, kept in the journal")
	return cmd
}

func forgetWhat(references []string, older, reason string) (time.Duration, error) {
	keep, ok := settings.Days(older)
	switch {
	case (older == "") == (len(references) == 0):
		return 0, providers.Invalid("older-than", "say which payments: by their references, or by --older-than", "cashdesk history lists the references")
	case older != "" && !ok:
		return 0, providers.Invalid("older-than", fmt.Sprintf("%q is no number of days", older), "write it like 90d")
	case reason == "":
		return 0, providers.Invalid("reason", "a reason is needed", "write it like --reason \"the customer asked for it\"")
	}
	return keep, nil
}

func (p *program) forget(ctx context.Context, references []string, keep time.Duration, reason string) error {
	s, store, _, err := p.byPassphrase()
	if err != nil {
		return err
	}
	j, err := openBeside(ctx, s, store)
	if err != nil {
		return err
	}
	defer j.Close()
	var n int
	if keep > 0 {
		n, err = j.ForgetOlder(ctx, time.Now().Add(-keep), atThePrompt(), reason, func() bool { return ctx.Err() == nil })
	} else {
		n, err = forgetSales(ctx, j, references, reason)
	}
	if n > 0 {
		fmt.Fprintf(p.reply(), "Personal data was removed: payments %d.\n", n)
	}
	return errors.Join(err, p.wipe(ctx, j))
}

// forgetSales removes the data of every attempt of the sales that were named;
// of none, if one of them is not over.
func forgetSales(ctx context.Context, j *journal.Journal, references []string, reason string) (n int, err error) {
	var all []providers.Attempt
	for _, reference := range references {
		a, err := j.ByReference(ctx, reference)
		if errors.Is(err, journal.ErrNotFound) {
			return 0, &providers.Error{Kind: providers.Input, Text: "the journal has no payment with the reference " + strconv.Quote(reference), Hint: "give it whole, as cashdesk history lists it", Err: err}
		}
		if err != nil {
			return 0, err
		}
		sale := []providers.Attempt{a}
		if a.Sale != "" {
			if sale, err = j.BySale(ctx, a.Sale); err != nil {
				return 0, err
			}
		}
		if !slices.ContainsFunc(all, func(a providers.Attempt) bool { return a.ID == sale[0].ID }) { // two references of one sale
			all = append(all, sale...)
		}
	}
	for _, a := range all {
		if !a.Forgettable() {
			return 0, &providers.Error{
				Kind: providers.Conflict, Text: fmt.Sprintf("payment %s is not over: its data is still needed", a.Reference),
				Hint: "settle it first, or close what a manager has to look at",
			}
		}
	}
	for _, a := range all {
		if _, err := j.Forget(ctx, a.ID, atThePrompt(), reason); err != nil {
			return n, err
		}
		n++
	}
	return n, nil
}

// wipe empties the write-ahead log; whoever reads just now is given a moment.
func (p *program) wipe(ctx context.Context, j *journal.Journal) error {
	for range 20 {
		done, err := j.Wipe(ctx)
		if err != nil || done {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(100 * time.Millisecond):
		}
	}
	fmt.Fprintln(p.err, "Traces can be left in the journal's log while others use it; the counter empties it within a day.")
	return nil
}
