package till

import (
	"context"
	"errors"
	"strings"

	"cashdesk/providers"
)

// The scripted providers as the till gets them, with what only each of them can
// do. Their answers to that come the same way.

type scriptedOxipay struct{ *scripted }

func (s scriptedOxipay) SignatureOf(body []byte) (string, error) {
	if len(body) == 0 {
		return "", errors.New("no body")
	}
	return "signature of " + string(body), nil
}

func (s scriptedOxipay) Register(ctx context.Context, token string) (string, providers.Answer) {
	s.arrived <- "register " + token
	return "a-key-that-is-new", s.answer(ctx)
}

func (scriptedOxipay) RegisterWords(a providers.Answer) providers.Words {
	return providers.Words{Staff: "Registering is " + string(a.State) + ".", Next: "Get a fresh token."}
}

func (s scriptedOxipay) Receipt(ctx context.Context, reference, number, operator string) providers.Answer {
	s.arrived <- strings.Join([]string{"receipt", reference, number, operator}, " ")
	return s.answer(ctx)
}

type scriptedOxaPay struct{ *scripted }

func (s scriptedOxaPay) Accepted(ctx context.Context) ([]string, providers.Answer) {
	s.arrived <- "accepted"
	return []string{"BTC", "USDT"}, s.answer(ctx)
}

type scriptedPayneteasy struct{ *scripted }

func (s scriptedPayneteasy) Quote(ctx context.Context, a providers.Amount) (providers.Quote, providers.Answer) {
	s.arrived <- "quote " + a.String()
	return providers.Quote{Min: providers.Amount{Minor: 100, Currency: a.Currency}, CommissionMin: "1.50"}, s.answer(ctx)
}

// Watches says whether the group's own server tells what became of a transfer.
func (s scriptedPayneteasy) Watches(k providers.Kind) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return k == providers.Transfer && s.tells
}

// equipped are the providers of a counter.
func (c *counter) equipped() []providers.Gateway {
	return []providers.Gateway{scriptedOxipay{c.oxipay}, scriptedOxaPay{c.oxapay}, c.xaigate, scriptedPayneteasy{c.payneteasy}}
}

// script is the provider whose answers the test gives.
func (c *counter) script(p providers.Provider) *scripted {
	return map[providers.Provider]*scripted{
		providers.Oxipay: c.oxipay, providers.OxaPay: c.oxapay, providers.XaiGate: c.xaigate, providers.Payneteasy: c.payneteasy,
	}[p]
}

// done is an answer to a call without money.
var done = providers.Answer{State: providers.Approved, Signature: providers.SignatureValid, HTTPStatus: 200}

// sold is a sale that was approved.
func (c *counter) sold(minor int64, code string) providers.Attempt {
	c.t.Helper()
	a := c.begin(sale(minor, code))
	c.oxipay.gets()
	yes := approved
	yes.ProviderRef = "P" + a.ID
	c.oxipay.answers <- yes
	return c.becomes(a.ID, providers.Approved)
}

// paidInvoice is an invoice that the customer has paid.
func (c *counter) paidInvoice(minor int64) providers.Attempt {
	c.t.Helper()
	a := c.opens(c.oxapay, invoice(providers.OxaPay, minor))
	c.passes()
	c.oxapay.gets()
	c.oxapay.answers <- providers.Answer{State: providers.Approved, ProviderRef: a.ProviderRef, Received: a.Amount.Decimal(), HTTPStatus: 200}
	return c.becomes(a.ID, providers.Approved)
}

// money is so many cents.
func money(minor int64) providers.Amount { return providers.Amount{Minor: minor, Currency: aud} }

// refunded is a refund with its answer.
func (c *counter) refunded(sale providers.Attempt, minor int64, answer providers.Answer) providers.Attempt {
	c.t.Helper()
	a, err := c.till.Refund(context.Background(), c.mia, Permit{right: Refund, By: "mia", Reason: "brought back"}, sale.ID, money(minor))
	if err != nil {
		c.t.Fatal(err)
	}
	c.oxipay.gets()
	c.oxipay.answers <- answer
	return c.becomes(a.ID, answer.State)
}

// returns are the rows of the table of rights for what goes back, and for what
// stands around a sale.
var returns = map[string]deed{
	"Refund": {Refund, func(c *counter, s Session, with Permit) error {
		return noResult(c.till.Refund(c.t.Context(), s, with, c.sold(5000, "010203").ID, money(2000)))
	}},
	"Undo": {Refund, func(c *counter, s Session, with Permit) error {
		return noResult(c.till.Undo(c.t.Context(), s, with, c.refunded(c.sold(5000, "010203"), 2000, approved).ID))
	}},
	"RefundElsewhere": {Refund, func(c *counter, s Session, with Permit) error {
		a := c.paidInvoice(3500)
		return noResult(c.till.RefundElsewhere(c.t.Context(), s, with, a.ID, a.Amount, "tx 1"))
	}},
	"Register": {Keys, func(c *counter, s Session, with Permit) error {
		c.oxipay.answers <- done
		return c.till.Register(c.t.Context(), s, with, "0123456789")
	}},
	"RegisterAnyway": {Keys, func(c *counter, s Session, with Permit) error {
		c.unknownSale(100, "010203")
		c.oxipay.answers <- done
		return c.till.RegisterAnyway(c.t.Context(), s, with, "0123456789")
	}},
	"Receipt": {do: func(c *counter, s Session, _ Permit) error {
		return noResult(c.till.Receipt(c.t.Context(), s, c.sold(5000, "010203").ID, "R-1"))
	}},
	"Quote": {do: func(c *counter, s Session, _ Permit) error {
		c.payneteasy.answers <- done
		return noResult(c.till.Quote(c.t.Context(), s, providers.Payneteasy, providers.Amount{Minor: 1000, Currency: aud}))
	}},
	"Accepted": {do: func(c *counter, s Session, _ Permit) error {
		c.oxapay.answers <- done
		_, fresh, err := c.till.Accepted(c.t.Context(), s, providers.OxaPay)
		if err == nil && !fresh {
			return errors.New("an old list")
		}
		return err
	}},
}

func init() {
	for name, d := range returns {
		deeds[name] = d
	}
}
