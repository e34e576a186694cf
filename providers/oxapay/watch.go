package oxapay

import (
	"context"
	"encoding/json"
	"strings"

	"github.com/shopspring/decimal"

	"cashdesk/providers"
)

// A trackId goes out as a number only where JSON and every server's integer
// can hold it.
var digits = providers.Pattern(`^[1-9][0-9]{0,17}$`)

// Ask asks for the status of an invoice. Unknown means "no news"; with reason
// NoKey it could not be asked for want of the key.
func (c *Client) Ask(ctx context.Context, w providers.Watch) providers.Answer {
	key, err := c.merchantKey()
	if err != nil {
		return providers.Answer{State: providers.Unknown, Reason: providers.NoKey}
	}
	body, err := providers.EncodeJSON(InquiryRequest{Merchant: key, TrackID: trackID(w.ProviderRef)})
	if err != nil || w.ProviderRef == "" {
		return providers.Answer{State: providers.Unknown, Reason: providers.Unreachable}
	}
	return readInquiry(c.http.Post(ctx, pathInquiry, body), w, key)
}

// trackID is a number when it is all digits, text otherwise.
func trackID(ref string) any {
	if digits(ref) {
		return json.Number(ref)
	}
	return ref
}

func readInquiry(reply providers.Reply, w providers.Watch, key string) providers.Answer {
	a := answerTo(reply)
	if a.Reason != providers.NoReason {
		return a
	}
	var body InquiryReply
	if providers.DecodeJSON(reply.Body, &body) != nil || body.Result == "" {
		a.Reason = unreadable(reply)
		return a
	}
	if a, ok := successful(a, body.Result, body.Message, reply, key); !ok {
		return a
	}
	return judgeInvoice(a, body.Invoice, w, key)
}

// successful says whether a question was answered; if not, the answer says
// why there is no news. The provider's message beside a success is the same for
// every invoice, paid or not, so it is kept of a failure only.
func successful(a providers.Answer, result providers.Number, message string, reply providers.Reply, key string) (providers.Answer, bool) {
	code := result.String()
	if code == resultSuccess && reply.OK() {
		return a, true
	}
	a.Code, a.Message = clean(code, key), clean(message, key)
	row, listed := Lookup(code)
	switch {
	case code == resultSuccess:
		a.Reason = providers.Disagrees
	case !listed || row.Status != "":
		a.Reason = providers.Unlisted
	case row.Class == providers.ClassUnknown:
		a.Reason = providers.ServerFault
	default:
		a.Reason = providers.ProviderSaidNo
	}
	return a, false
}

// isFor says that an invoice is the one of an order, at its price.
func (i Invoice) isFor(order, currency string, price providers.Number) bool {
	return i.OrderID.String() == order && strings.EqualFold(i.Currency, currency) && i.Amount.Equals(price)
}

// judgeInvoice turns an invoice's status into an answer, once it is certain
// that it is the invoice that was asked for.
func judgeInvoice(a providers.Answer, inv Invoice, w providers.Watch, key string) providers.Answer {
	// An id that cannot be kept as it came would be asked for in vain.
	track := inv.TrackID.String()
	if track == "" || track != clean(track, key) || w.ProviderRef != "" && track != w.ProviderRef ||
		!inv.isFor(w.Reference, w.Amount.Currency.Code, providers.Number(w.Amount.Decimal())) {
		a.State, a.Reason = providers.Unknown, providers.Disagrees
		return a
	}
	a.ProviderRef = track
	row, listed := Lookup(inv.Status)
	if !listed || row.Status == "" {
		// An unknown status is pending, never paid.
		a.State, a.Reason, a.Code = providers.Open, providers.Unlisted, clean(inv.Status, key)
		return a
	}
	a.Code = row.Code
	switch row.Code {
	case statusPaid:
		a.State = providers.Approved
		a = withMoney(a, inv, w, key)
	case statusConfirming:
		a.State, a.Confirming = providers.Open, true
		a = withMoney(a, inv, w, key)
		a.Shortfall = "" // more may still be on its way
	case statusFailed:
		a.State = providers.Declined
	case statusExpired:
		a.State = providers.Expired
		a = withMoney(a, inv, w, key) // too little came, and nobody had asked meanwhile
	default:
		a.State = providers.Open
	}
	return a
}

// withMoney notes what came. Received and Shortfall are in the currency of
// the price; an amount of another coin goes into the small print, where it
// cannot be taken for the price's currency.
func withMoney(a providers.Answer, inv Invoice, w providers.Watch, key string) providers.Answer {
	paid, ok := inv.PayAmount.Decimal()
	if !ok || !paid.IsPositive() {
		return a
	}
	if !strings.EqualFold(inv.PayCurrency, w.Amount.Currency.Code) {
		a.Message = clean(providers.OtherCoin(paid.String(), inv.PayCurrency), key)
		return a
	}
	a.Received = providers.MajorText(paid, w.Amount.Currency)
	price := decimal.New(w.Amount.Minor, -int32(w.Amount.Currency.Decimals))
	if paid.LessThan(price) {
		a.Shortfall = providers.MajorText(price.Sub(paid), w.Amount.Currency)
	}
	return a
}
