package oxapay

import (
	"bytes"
	"context"
	"encoding/json"
	"regexp"
	"strings"

	"github.com/shopspring/decimal"

	"cashdesk/providers"
)

// A trackId goes out as a number only where JSON and every server's integer
// can hold it.
var digits = regexp.MustCompile(`^[1-9][0-9]{0,17}$`)

// Ask asks for the status of an invoice. Unknown means "no news".
func (c *Client) Ask(ctx context.Context, w providers.Watch) providers.Answer {
	key := c.config.Secret(KeyMerchant)
	track := json.RawMessage(w.ProviderRef)
	if !digits.MatchString(w.ProviderRef) {
		quoted, err := providers.EncodeJSON(w.ProviderRef)
		if err != nil {
			return providers.Answer{State: providers.Unknown, Reason: providers.Unreachable}
		}
		track = quoted
	}
	if key == "" || w.ProviderRef == "" {
		return providers.Answer{State: providers.Unknown, Reason: providers.Unreachable}
	}
	body, err := providers.EncodeJSON(InquiryRequest{Merchant: key, TrackID: track})
	if err != nil {
		return providers.Answer{State: providers.Unknown, Reason: providers.Unreachable}
	}
	return readInquiry(c.http.Post(ctx, pathInquiry, body), w, key)
}

func readInquiry(reply providers.Reply, w providers.Watch, key string) providers.Answer {
	a := answerTo(reply)
	if a.Reason != providers.NoReason {
		return a
	}
	var body InquiryReply
	if json.Unmarshal(reply.Body, &body) != nil || body.Result == "" {
		a.Reason = unreadable(reply)
		return a
	}
	a.Message = clean(body.Message, key)
	if a, ok := successful(a, body.Result, reply, key); !ok {
		return a
	}
	return judgeInvoice(a, body.Invoice, w, key)
}

// successful says whether a question was answered; if not, the answer says
// why there is no news.
func successful(a providers.Answer, result providers.Number, reply providers.Reply, key string) (providers.Answer, bool) {
	code := result.String()
	if code == resultSuccess && reply.OK() {
		return a, true
	}
	a.Code = clean(code, key)
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

// judgeInvoice turns an invoice's status into an answer, once it is certain
// that it is the invoice that was asked for.
func judgeInvoice(a providers.Answer, inv Invoice, w providers.Watch, key string) providers.Answer {
	if inv.TrackID.String() == "" || w.ProviderRef != "" && inv.TrackID.String() != w.ProviderRef ||
		inv.OrderID.String() != w.Reference || !strings.EqualFold(inv.Currency, w.Amount.Currency.Code) ||
		!inv.Amount.Equals(providers.Number(w.Amount.Decimal())) {
		a.State, a.Reason = providers.Unknown, providers.Disagrees
		return a
	}
	a.ProviderRef = providers.CleanText(inv.TrackID.String())
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
		a = withMoney(a, inv, w)
	case statusConfirming:
		a.State, a.Confirming = providers.Open, true
		a = withMoney(a, inv, w)
		a.Shortfall = "" // more may still be on its way
	case statusFailed:
		a.State = providers.Declined
	case statusExpired:
		a.State = providers.Expired
	default:
		a.State = providers.Open
	}
	return a
}

// withMoney notes what came. Received and Shortfall are in the currency of
// the price; an amount of another coin goes into the small print, where it
// cannot be taken for the price's currency.
func withMoney(a providers.Answer, inv Invoice, w providers.Watch) providers.Answer {
	paid, ok := inv.PayAmount.Decimal()
	if !ok || !paid.IsPositive() {
		return a
	}
	if !strings.EqualFold(inv.PayCurrency, w.Amount.Currency.Code) {
		a.Message = providers.CleanText(paid.String() + " " + inv.PayCurrency + " came. " + a.Message)
		return a
	}
	a.Received = providers.MajorText(paid, w.Amount.Currency)
	price := decimal.New(w.Amount.Minor, -int32(w.Amount.Currency.Decimals))
	if paid.LessThan(price) {
		a.Shortfall = providers.MajorText(price.Sub(paid), w.Amount.Currency)
	}
	return a
}

// Find looks an invoice up by the orderId that was sent. Refused with reason
// NotFound comes only from a list that clearly answered and holds no such
// orderId; a list that may have more pages proves nothing.
func (c *Client) Find(ctx context.Context, w providers.Watch) providers.Answer {
	key := c.config.Secret(KeyMerchant)
	body, err := providers.EncodeJSON(ListRequest{Merchant: key, OrderID: w.Reference})
	if err != nil || key == "" || w.Reference == "" {
		return providers.Answer{State: providers.Unknown, Reason: providers.Unreachable}
	}
	return c.readList(c.http.Post(ctx, pathList, body), w, key)
}

func (c *Client) readList(reply providers.Reply, w providers.Watch, key string) providers.Answer {
	a := answerTo(reply)
	if a.Reason != providers.NoReason {
		return a
	}
	var body ListReply
	if json.Unmarshal(reply.Body, &body) != nil || body.Result == "" {
		a.Reason = unreadable(reply)
		return a
	}
	a.Message = clean(body.Message, key)
	if a, ok := successful(a, body.Result, reply, key); !ok {
		return a
	}
	entries, whole, ok := body.entries()
	if !ok {
		a.Reason = providers.BadBody
		return a
	}
	var found []Invoice
	for _, raw := range entries {
		var inv Invoice
		if json.Unmarshal(raw, &inv) != nil {
			whole = false // it could have been ours
			continue
		}
		if inv.OrderID.String() == w.Reference {
			found = append(found, inv)
		}
	}
	switch {
	case len(found) == 1:
		a = judgeInvoice(a, found[0], w, key)
		if a.State == providers.Open && found[0].PayLink != "" &&
			providers.CheckLink(found[0].PayLink, c.config.LinkHosts, c.config.AllowLoopback) == nil {
			a.Link = found[0].PayLink
		}
		if a.State != providers.Unknown && found[0].ExpiredAt != "" {
			a.ExpiresAt = c.expiry(found[0].ExpiredAt, reply.Date)
		}
	case len(found) == 0 && whole:
		a.State, a.Reason = providers.Refused, providers.NotFound
	default:
		a.Reason = providers.Disagrees
	}
	return a
}

// fullPage is the number of entries from which on a list without a total may
// have another page. The provider's page size is an open point; ten is the
// smallest one that clients reckon with.
const fullPage = 10

// entries gives the entries of the list wherever they stand, and whether they
// are certainly all there are.
func (l ListReply) entries() (all []json.RawMessage, whole, ok bool) {
	var inner struct {
		List  json.RawMessage  `json:"list"`
		Total providers.Number `json:"total"`
	}
	var meta struct {
		Total providers.Number `json:"total"`
	}
	data := l.Data
	if bytes.HasPrefix(data, []byte("{")) && json.Unmarshal(data, &inner) == nil {
		data = inner.List
	}
	if len(data) == 0 {
		data = l.List
	}
	if !bytes.HasPrefix(data, []byte("[")) || json.Unmarshal(data, &all) != nil {
		return nil, false, false
	}
	if len(l.Meta) > 0 && json.Unmarshal(l.Meta, &meta) != nil {
		return all, false, true
	}
	for _, total := range []providers.Number{l.Total, inner.Total, meta.Total} {
		if n, known := total.Int(); known {
			return all, n == int64(len(all)), true
		}
	}
	return all, len(all) < fullPage, true
}
