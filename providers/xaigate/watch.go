package xaigate

import (
	"context"
	"strings"

	"github.com/shopspring/decimal"

	"cashdesk/providers"
)

// Ask asks for the status of an invoice. Unknown means "no news"; with reason
// NoKey it could not be asked for want of the key.
func (c *Client) Ask(ctx context.Context, w providers.Watch) providers.Answer {
	key, err := c.apiKey()
	if err != nil {
		return providers.Answer{State: providers.Unknown, Reason: providers.NoKey}
	}
	body, err := providers.EncodeJSON(InfoRequest{APIKey: key, InvoiceNo: w.ProviderRef})
	if err != nil || w.ProviderRef == "" {
		return providers.Answer{State: providers.Unknown, Reason: providers.Unreachable}
	}
	return readInfo(c.http.Post(ctx, pathInfo, body), w, key)
}

func readInfo(reply providers.Reply, w providers.Watch, key string) providers.Answer {
	a, inv, ok := readInvoice(reply, key)
	if !ok {
		return a
	}
	if inv.InvoiceNo.String() != w.ProviderRef || inv.OrderID.String() != w.Reference ||
		!strings.EqualFold(inv.Currency, w.Amount.Currency.Code) ||
		!inv.Amount.Equals(providers.Number(w.Amount.Decimal())) {
		a.Reason = providers.Disagrees
		return a
	}
	a.ProviderRef, a.ExpiresAt = w.ProviderRef, expiry(inv, reply.Date)
	row, listed := Lookup(inv.Status)
	if !listed {
		// An unknown status is open, never paid.
		a.State, a.Reason, a.Code = providers.Open, providers.Unlisted, providers.Censor(inv.Status, key, KeyAPI)
		return a
	}
	a.Code = row.Code
	return withMoney(a, inv.PaidAmount, w.Amount)
}

// withMoney decides the state by the status in Code and by what has come.
func withMoney(a providers.Answer, paidAmount providers.Number, asked providers.Amount) providers.Answer {
	paid, known := paidAmount.Decimal()
	price := decimal.New(asked.Minor, -int32(asked.Currency.Decimals))
	if known && paid.IsPositive() {
		a.Received = providers.MajorText(paid, asked.Currency)
	}
	short := known && paid.IsPositive() && paid.LessThan(price)
	switch a.Code {
	case statusPaid:
		a.State = providers.Approved
		switch {
		case known && !paid.IsPositive():
			// "Paid", and nothing has come: no news until the two agree.
			a.State, a.Reason = providers.Unknown, providers.Disagrees
		case short:
			// "Paid", and less than the price has come: a person decides.
			a.State, a.Reason = providers.PartlyPaid, providers.Disagrees
		}
	case statusPaidPartial:
		a.State = providers.PartlyPaid
	case statusExpired:
		a.State = providers.Expired
	case statusDeleted:
		a.State = providers.Declined
	default:
		a.State = providers.Open
	}
	if short && a.State == providers.PartlyPaid {
		a.Shortfall = providers.MajorText(price.Sub(paid), asked.Currency)
	}
	return a
}
