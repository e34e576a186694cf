package oxapay

import (
	"math/big"
	"strings"

	"cashdesk/providers"
	"cashdesk/providers/providertest"
)

// The oracle of v1 and of the reports; like the other one it reads on its own.

const (
	createsV1 call = "create over v1"
	asksV1    call = "ask over v1"
	hears     call = "report"
)

// success gives the data of an envelope that says that all is well. The HTTP
// status says nothing beside it.
func success(body []byte) (providertest.Node, bool) {
	o, ok := providertest.Object(body)
	loose, fits := o.Loose("status")
	fault := o.Field("error")
	text, isText := fault.Text()
	none := fault.Kind == 'n' || fault.Kind == '{' && len(fault.Fields) == 0 || fault.Kind == '[' && len(fault.Items) == 0 || isText && text == ""
	data := o.Field("data")
	return data, ok && fits && loose["status"] == "200" && none && data.Kind == '{'
}

// createdV1 says what the answer to a create over v1 has to be: an invoice, or
// none that anybody could pay.
func (h hearing) createdV1() (state providers.State, track, link string) {
	data, ok := success(h.body)
	loose, fits := data.Loose("track_id")
	strict, fitsToo := data.Texts("payment_url")
	track, link = loose["track_id"], strict["payment_url"]
	plain := track != "" && len(track) <= 64 && strings.Trim(track, "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_-") == ""
	if ok && fits && fitsToo && plain && readable(track) && keyless(link) && providertest.MayShow(link, linkHost) {
		return providers.Open, track, link
	}
	return providers.Refused, "", ""
}

// wealth is what came for an invoice.
type wealth struct {
	own       *big.Rat // in the currency of the price
	other     bool     // something in another coin
	named     bool     // and one of these has a name
	confirmed bool
	partly    bool // some is confirmed, some is not
}

// loose is a value of any type as text.
func loosely(n providertest.Node, name string) string {
	values, _ := n.Loose(name)
	return values[name]
}

// came reads the payments; a list that has anything but objects tells of none.
func (h hearing) came(txs providertest.Node) wealth {
	w := wealth{own: new(big.Rat)}
	if txs.Kind != '[' {
		return w
	}
	for _, tx := range txs.Items {
		if tx.Kind != '{' && tx.Kind != 'n' {
			return w
		}
	}
	confirmed := 0
	for _, tx := range txs.Items {
		amount := loosely(tx, "sent_amount")
		if amount == "" {
			amount = loosely(tx, "amount")
		}
		if strings.EqualFold(loosely(tx, "status"), "confirmed") {
			confirmed++
		}
		sum, coin := providertest.Rat(amount), loosely(tx, "currency")
		switch {
		case sum == nil || sum.Sign() <= 0:
		case strings.EqualFold(coin, h.order.Amount.Currency.Code):
			w.own.Add(w.own, sum)
		default:
			w.other, w.named = true, w.named || coin != ""
		}
	}
	w.confirmed = confirmed > 0 && confirmed == len(txs.Items)
	w.partly = confirmed > 0 && !w.confirmed
	return w
}

func (h hearing) short(w wealth) bool {
	return !w.other && w.own.Sign() > 0 && w.own.Cmp(providertest.Rat(h.order.Amount.Decimal())) < 0
}

// stateV1 is what the status of our invoice means over v1.
func (h hearing) stateV1(data providertest.Node) providers.State {
	status, _ := data.Field("status").Text()
	w := h.came(data.Field("txs"))
	_, err := providers.ISO(h.order.Amount.Currency.Code)
	switch strings.ToLower(status) {
	case "new", "waiting":
		if w.other || h.short(w) {
			return providers.PartlyPaid
		}
	case "paying":
		if w.partly || w.confirmed && (h.short(w) || err != nil && w.named) {
			return providers.PartlyPaid
		}
	case "paid", "manual_accept":
		return providers.Approved
	case "underpaid", "refunding":
		return providers.PartlyPaid
	case "refunded":
		return providers.Declined
	case "expired":
		return providers.Expired
	}
	return providers.Open
}

// oursV1 says that an object of v1's describes the invoice that was asked for.
func (h hearing) oursV1(o providertest.Node) bool {
	loose, fits := o.Loose("track_id", "order_id", "amount")
	strict, fitsToo := o.Texts("currency", "status")
	return fits && fitsToo && readable(loose["track_id"]) && loose["track_id"] == h.track && loose["order_id"] == h.order.Reference &&
		strings.EqualFold(strict["currency"], h.order.Amount.Currency.Code) && providertest.Same(loose["amount"], h.order.Amount.Decimal())
}

// askedV1 says what the answer to a question over v1 has to be.
func (h hearing) askedV1() providers.State {
	data, ok := success(h.body)
	if !ok || !h.oursV1(data) {
		return providers.Unknown
	}
	return h.stateV1(data)
}

// says that a value is there at all.
func says(n providertest.Node) bool {
	text, isText := n.Text()
	return isText && text != "" || n.Kind == '0'
}

// heardOf says what a report with a right MAC has to be judged.
func (h hearing) heardOf() providers.State {
	o, ok := providertest.Object(h.body)
	_, fits := o.Loose("trackId", "orderId", "amount", "payAmount", "expiredAt", "track_id", "order_id")
	_, fitsToo := o.Texts("currency", "status", "payCurrency", "payLink")
	kind := strings.ToLower(loosely(o, "type"))
	both := says(o.Field("trackId")) && says(o.Field("track_id")) || says(o.Field("orderId")) && says(o.Field("order_id"))
	newer := says(o.Field("track_id")) || says(o.Field("order_id"))
	switch {
	case !ok || !fits || !fitsToo || both || kind != "invoice" && kind != "payment":
		return providers.Unknown
	case newer && h.oursV1(o):
		return h.stateV1(o)
	case !newer && h.ours(o):
		return h.stateOf(o)
	}
	return providers.Unknown
}

// badlyPaidV1 says that an answer speaks of money in the price's currency that
// the payments of the body do not add up to.
func (h hearing) badlyPaidV1(a providers.Answer) bool {
	o, _ := providertest.Object(h.body)
	if h.call == asksV1 {
		o = o.Field("data")
	}
	w := h.came(o.Field("txs"))
	told, ok := new(big.Rat).SetString(a.Received)
	return a.Received != "" && (!ok || w.other || told.Cmp(w.own) != 0) || a.Received == "" && a.Shortfall != ""
}
