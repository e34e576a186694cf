package cli

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"cashdesk/internal/settings"
	"cashdesk/providers"
)

// currenciesVersion is the version of the JSON that `cashdesk currencies` prints.
const currenciesVersion = 1

// takenResult is what `cashdesk currencies` tells.
type takenResult struct {
	Version    int             `json:"version"`
	Provider   string          `json:"provider"`
	Currencies []takenCurrency `json:"currencies"`      // that an invoice can be priced in: the settings' own
	Coins      []string        `json:"coins,omitempty"` // that the customer can pay with, as the provider said
	Fresh      bool            `json:"fresh"`           // the provider said so just now
	Next       string          `json:"next,omitempty"`
	Message    string          `json:"message,omitempty"`
	Test       bool            `json:"test"`
	At         string          `json:"at"` // RFC 3339: when the provider said so
}

type takenCurrency struct {
	Code     string `json:"code"`
	Decimals int    `json:"decimals"`
}

func (p *program) currenciesCommand() *cobra.Command {
	f := &payFlags{asks: true}
	cmd := &cobra.Command{
		Use:   "currencies oxapay|xaigate",
		Short: "Say what an invoice can be priced in and paid with",
		Long: `currencies lists what an invoice can be priced in, as the settings have it, and asks
OxaPay which coins the merchant's account takes. Where OxaPay does not answer it tells
what that said last. XaiGate does not tell its coins.

Exit codes: 0 told, 1 the program failed, 2 usage or settings, 4 refused here, 5 the
provider did not tell, and has not before.`,
		Example: `  cashdesk currencies oxapay --operator mia --pin-file pin
  cashdesk currencies oxapay --operator mia --pin-file pin --json`,
		Args:      cobra.MatchAll(cobra.ExactArgs(1), cobra.OnlyValidArgs),
		ValidArgs: invoicing,
	}
	f.proves(cmd)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		f.blank = blankFlag(cmd)
		return p.currencies(cmd.Context(), f, providers.Provider(args[0]))
	}
	return cmd
}

// currencies tells what a provider takes here.
func (p *program) currencies(ctx context.Context, f *payFlags, from providers.Provider) error {
	r := takenResult{Version: currenciesVersion, Provider: string(from), Currencies: []takenCurrency{}}
	_, err := p.paid(ctx, f, []string{string(from)}, func(s *settings.Settings, _ []string) (work, error) {
		if f.operator == "" {
			return nil, errNobody()
		}
		r.Currencies = taken(s, from)
		return func(ctx context.Context, c *clerk) ([]providers.Attempt, error) { return nil, c.coins(ctx, from, &r) }, nil
	})
	if errors.Is(err, context.Canceled) {
		err = f.stopped()
	}
	if f.json {
		return errors.Join(p.tellTaken(f, r, err), err)
	}
	if err == nil {
		err = p.sayTaken(f, r)
	}
	return err
}

// taken is what the settings have an invoice priced in.
func taken(s *settings.Settings, from providers.Provider) []takenCurrency {
	all := []takenCurrency{}
	for _, c := range currencies(s)[from] {
		all = append(all, takenCurrency{c.Code, c.Decimals})
	}
	return all
}

// coins adds what the provider tells; XaiGate has no call for it.
func (c *clerk) coins(ctx context.Context, from providers.Provider, r *takenResult) error {
	if from == providers.XaiGate {
		return nil
	}
	list, fresh, err := c.till.Accepted(ctx, c.session, from)
	switch {
	case providers.KindOf(err) == providers.ProviderFault:
		return ends(exitUnknown, err)
	case err != nil:
		return refusedHere(err)
	}
	at := time.Now()
	if age, kept := c.till.AcceptedAge(from); kept && !fresh {
		at = at.Add(-age)
	}
	r.Coins, r.Fresh, r.At = list, fresh, at.In(c.settings.Shop.TimeZone).Format(time.RFC3339)
	return nil
}

func (p *program) tellTaken(f *payFlags, r takenResult, err error) error {
	if err != nil {
		said := failedResult(err, f)
		r.Message, r.Next = said.Message, said.Next
	}
	at := time.Now()
	if f.shop != nil {
		r.Test, at = f.shop.Test(), at.In(f.shop.Shop.TimeZone)
	}
	if r.At == "" {
		r.At = at.Format(time.RFC3339)
	}
	return json.NewEncoder(p.reply()).Encode(r)
}

func (p *program) sayTaken(f *payFlags, r takenResult) error {
	var codes []string
	for _, c := range r.Currencies {
		codes = append(codes, c.Code)
	}
	title, mark := providers.Provider(r.Provider).Title(), ""
	if f.shop.Test() {
		mark = "TEST  "
	}
	text := fmt.Sprintf("%s%s  priced in: %s\n", mark, title, strings.Join(codes, " "))
	switch {
	case len(r.Coins) == 0:
		text += title + " does not tell with which coins customers can pay.\n"
	case r.Fresh:
		text += "Customers can pay with: " + strings.Join(r.Coins, " ") + "\n"
	default:
		text += "Customers can pay with: " + strings.Join(r.Coins, " ") + "\n" + title + " cannot be asked now; it said so at " + r.At + ".\n"
	}
	_, err := fmt.Fprint(p.reply(), text)
	return err
}
