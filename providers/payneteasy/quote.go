package payneteasy

import (
	"context"

	"github.com/shopspring/decimal"

	"cashdesk/providers"
)

// Quote asks get-rate for the limits and for what the transfer of an amount
// would cost. Where get-rate is not asked, the quote knows of neither, and the
// answer is of no exchange.
func (c *Client) Quote(ctx context.Context, a providers.Amount) (providers.Quote, providers.Answer) {
	if !c.rates.set() {
		return providers.Quote{}, providers.Answer{State: providers.Approved}
	}
	own, err := c.secrets()
	if err != nil {
		return providers.Quote{}, providers.Answer{State: providers.Refused, Reason: providers.NoKey}
	}
	ctx, cancel := c.patience(ctx)
	defer cancel()
	told, answer, ok := c.rate(ctx, own)
	if !ok {
		return providers.Quote{}, answer
	}
	q, ok := quoted(told, a)
	if !ok {
		answer.Reason = providers.Disagrees
		return providers.Quote{}, answer
	}
	answer.State = providers.Approved
	return q, answer
}

// Quotes says whether there is an address that tells limits and commission.
func (c *Client) Quotes() bool { return c.rates.set() }

// AsksBINs says whether the digits of the cards are typed for each transfer.
func (c *Client) AsksBINs() bool { return c.config.AskBins }

// rate asks get-rate with a pass, and once more with the next where that is
// turned away.
func (c *Client) rate(ctx context.Context, own string) (RateReply, providers.Answer, bool) {
	p, answer, ok := c.admit(ctx, own, 0)
	if !ok || p.fresh {
		return p.told, answer, ok
	}
	told, answer, ok := c.askRate(ctx, p)
	if answer.Reason != providers.AccessDenied {
		return told, answer, ok
	}
	if p, answer, ok = c.admit(ctx, own, p.turn); !ok || p.fresh {
		return p.told, answer, ok
	}
	return c.askRate(ctx, p) // another payment has got the next pass meanwhile
}

// askRate makes a pass known and reads limits and rates.
func (c *Client) askRate(ctx context.Context, p pass) (RateReply, providers.Answer, bool) {
	body, err := providers.EncodeJSON(RateRequest{
		Consumer: Consumer{Device: Device{SerialNumber: c.config.SerialNumber}}, Session: Token{AccessToken: p.token},
	})
	if err != nil {
		return RateReply{}, providers.Answer{State: providers.Refused, Reason: providers.Unreachable}, false
	}
	return c.readRate(c.rates.post(ctx, body), p.token)
}

func (c *Client) readRate(reply providers.Reply, token string) (RateReply, providers.Answer, bool) {
	var got RateReply
	a, ok := c.read(reply, &got)
	switch {
	case !ok:
	case got.Error != nil:
		a, ok = c.readFailure(a, *got.Error, token), false
	case !got.numbers():
		a.Reason, ok = providers.BadBody, false
	}
	return got, a, ok
}

// numbers says that whatever the reply names is a number that money can be.
func (r RateReply) numbers() bool {
	for _, n := range []providers.Number{r.RateInterest, r.RateMin, r.RateMax, r.LimitMin, r.LimitMax} {
		if d, ok := n.Decimal(); n != "" && (!ok || d.IsNegative()) {
			return false
		}
	}
	return true
}

// quoted works a quote out; false where the limits exclude one another. The
// commission is the share of the amount, not below rateMin nor above rateMax
// where they are above 0 (public clients), rounded up. Without a share it lies
// between the two.
func quoted(r RateReply, a providers.Amount) (providers.Quote, bool) {
	q := providers.Quote{Min: bound(r.LimitMin, a.Currency, true), Max: bound(r.LimitMax, a.Currency, false)}
	if q.Max.Minor > 0 && q.Min.Minor > q.Max.Minor {
		return providers.Quote{}, false
	}
	share, named := r.RateInterest.Decimal()
	least, _ := r.RateMin.Decimal()
	most, _ := r.RateMax.Decimal()
	if !named {
		q.CommissionMin, q.CommissionMax = commissionText(least, a.Currency), commissionText(most, a.Currency)
		return q, true
	}
	hundredth := share.Shift(-2)
	figure := decimal.New(a.Minor, -int32(a.Currency.Decimals)).Mul(hundredth)
	figure = decimal.Max(figure, least)
	if most.IsPositive() {
		figure = decimal.Min(figure, most)
	}
	q.CommissionMin = figure.RoundUp(int32(a.Currency.Decimals)).StringFixed(int32(a.Currency.Decimals))
	q.CommissionMax = q.CommissionMin
	return q, true
}

// commissionText is a bound of the commission; nothing for 0, which is none.
func commissionText(d decimal.Decimal, c providers.Currency) string {
	if !d.IsPositive() {
		return ""
	}
	return providers.MajorText(d, c)
}

// bound is a limit in whole minor units, on the inner side of what was named;
// zero where that is beyond anything that can be typed.
func bound(n providers.Number, c providers.Currency, up bool) providers.Amount {
	d, ok := n.Decimal()
	if !ok {
		return providers.Amount{Currency: c}
	}
	minor := d.Shift(int32(c.Decimals)).Floor()
	if up {
		minor = d.Shift(int32(c.Decimals)).Ceil()
	}
	if minor.GreaterThan(decimal.NewFromInt(providers.MaxMinor)) {
		minor = decimal.Zero
		if up {
			minor = decimal.NewFromInt(providers.MaxMinor)
		}
	}
	return providers.Amount{Minor: minor.IntPart(), Currency: c}
}
