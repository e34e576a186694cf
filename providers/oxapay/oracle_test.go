package oxapay

import (
	"slices"
	"strconv"
	"strings"

	"cashdesk/providers"
	"cashdesk/providers/providertest"
)

// The oracle says what a body may be taken for. It reads on its own, and knows
// the provider's documentation, not the client's tables.

// call is what was asked.
type call string

const (
	creates call = "create"
	asks    call = "ask"
	finds   call = "find"
)

// hearing is one body as the client hears it after one call.
type hearing struct {
	call   call
	order  providers.Order
	track  string // of the invoice that is asked for
	body   []byte
	status int
}

func (h hearing) fine() bool { return h.status >= 200 && h.status < 300 }

// refusals are the result codes that say for certain that no invoice was made.
func refusal(result string) bool {
	n, err := strconv.Atoi(result)
	return err == nil && strconv.Itoa(n) == result && n >= 101 && n <= 135 && (n < 131 || n > 134)
}

// created says what the answer to a create has to be: its state, and the
// invoice and link of an open one.
func (h hearing) created() (state providers.State, track, link string) {
	o, ok := providertest.Object(h.body)
	loose, fits := o.Loose("result", "trackId", "expiredAt")
	strict, fitsToo := o.Texts("message", "payLink")
	if !ok || !fits || !fitsToo || h.status == 429 {
		return providers.Unknown, "", ""
	}
	track, link = loose["trackId"], strict["payLink"]
	switch {
	case loose["result"] == "100" && h.fine() && readable(track) && keyless(link) && providertest.MayShow(link, linkHost):
		return providers.Open, track, link
	case refusal(loose["result"]) && h.status < 500:
		return providers.Refused, "", ""
	}
	return providers.Unknown, "", ""
}

func keyless(text string) bool {
	return !strings.Contains(strings.ToLower(text), strings.ToLower(secret))
}

// readable is a text that is kept as it came: visible, short, without the key.
func readable(text string) bool {
	return text != "" && text == providers.CleanText(text) && keyless(text)
}

// ours says that an object describes the invoice that was asked for.
func (h hearing) ours(o providertest.Node) bool {
	loose, fits := o.Loose("trackId", "orderId", "amount", "payAmount", "expiredAt")
	strict, fitsToo := o.Texts("currency", "status", "payCurrency", "payLink")
	return fits && fitsToo && readable(loose["trackId"]) && (h.track == "" || loose["trackId"] == h.track) &&
		loose["orderId"] == h.order.Reference && strings.EqualFold(strict["currency"], h.order.Amount.Currency.Code) &&
		providertest.Same(loose["amount"], h.order.Amount.Decimal())
}

// stateOf is what the status of our invoice means. While it is waited for, a
// payment that is known and is not the price is too little.
func (h hearing) stateOf(o providertest.Node) providers.State {
	status, _ := o.Field("status").Text()
	switch strings.ToLower(status) {
	case "new", "waiting":
		tx, _ := o.Field("txID").Text()
		loose, _ := o.Loose("payAmount")
		coin, _ := o.Field("payCurrency").Text()
		if tx != "" && h.notEnough(loose["payAmount"], coin) {
			return providers.PartlyPaid
		}
	case "paid":
		return providers.Approved
	case "failed":
		return providers.Declined
	case "expired":
		return providers.Expired
	}
	return providers.Open
}

// notEnough says that a sum is money, and not the whole price.
func (h hearing) notEnough(amount, coin string) bool {
	came, price := providertest.Rat(amount), providertest.Rat(h.order.Amount.Decimal())
	return came != nil && came.Sign() > 0 && (!strings.EqualFold(coin, h.order.Amount.Currency.Code) || came.Cmp(price) < 0)
}

// asked says what the answer to a question has to be.
func (h hearing) asked() providers.State {
	o, ok := providertest.Object(h.body)
	loose, fits := o.Loose("result")
	_, fitsToo := o.Texts("message")
	if !ok || !fits || !fitsToo || !h.fine() || loose["result"] != "100" || !h.ours(o) {
		return providers.Unknown
	}
	return h.stateOf(o)
}

// named gives every object in a value that has our orderId.
func named(n providertest.Node, reference string) []providertest.Node {
	var all []providertest.Node
	if loose, _ := n.Loose("orderId"); n.Kind == '{' && loose["orderId"] == reference {
		all = append(all, n)
	}
	for _, f := range n.Fields {
		all = append(all, named(f.Value, reference)...)
	}
	for _, item := range n.Items {
		all = append(all, named(item, reference)...)
	}
	return all
}

// found says whether a state may come of a list. How a list tells of its pages
// is the client's own reading; what it must not do is to say "not there" of a
// list that names the order, or to take another invoice for ours.
func (h hearing) found(a providers.Answer) bool {
	if a.State == providers.Unknown {
		return true
	}
	o, ok := providertest.Object(h.body)
	loose, _ := o.Loose("result")
	if !ok || !h.fine() || loose["result"] != "100" {
		return false
	}
	all := named(o, h.order.Reference)
	if a.State == providers.Refused {
		return len(all) == 0 && a.Reason == providers.NotFound
	}
	return slices.ContainsFunc(all, func(inv providertest.Node) bool {
		track, _ := inv.Loose("trackId")
		link, _ := inv.Texts("payLink")
		return h.ours(inv) && h.stateOf(inv) == a.State && track["trackId"] == a.ProviderRef && (a.Link == "" || a.Link == link["payLink"])
	})
}

// What must never happen.
const (
	falseYes  = "approved without a word of it"
	falseNo   = "declined without a word of it"
	misjudged = "misjudged otherwise"
)

// judge holds an answer against the oracle.
func (h hearing) judge(c *providertest.Tally, a providers.Answer) {
	say := func(what, why string) {
		c.Wrong(what, "%s %s %s HTTP %d: %s: %+v\n%.2000s", h.call, h.order.Reference, h.track, h.status, why, a, h.body)
	}
	var want providers.State
	right := true
	switch h.call {
	case creates:
		var track, link string
		want, track, link = h.created()
		right = a.State == want && a.Link == link && (want != providers.Open || a.ProviderRef == track)
	case asks:
		want = h.asked()
		right = a.State == want && a.Link == "" && (a.State == providers.Unknown || a.ProviderRef == h.track)
	case finds:
		right = h.found(a)
	case createsV1:
		var track, link string
		want, track, link = h.createdV1()
		right = a.State == want && a.Link == link && (want != providers.Open || a.ProviderRef == track)
	case asksV1:
		want = h.askedV1()
		right = a.State == want && a.Link == "" && (a.State == providers.Unknown || a.ProviderRef == h.track)
	case hears:
		want = h.heardOf()
		right = a.State == want && a.Link == "" && (a.State == providers.Unknown || a.ProviderRef == h.track)
	}
	switch {
	case !right && a.State == providers.Approved:
		say(falseYes, "want "+string(want))
	case !right && (a.State == providers.Declined || a.State == providers.Refused):
		say(falseNo, "want "+string(want))
	case !right:
		say(misjudged, "want "+string(want))
	case h.badlyPaid(a):
		say(misjudged, "money that nobody spoke of")
	case a.Link != "" && (a.State != providers.Open || !providertest.MayShow(a.Link, linkHost)):
		say(misjudged, "the link")
	case !h.lives(a.State):
		say(misjudged, "a state that it cannot be in")
	default:
		if why := providertest.Unfit(a, secret); why != "" {
			say(misjudged, why)
		}
		c.Add("rightly " + string(a.State))
	}
	if _, ok := providertest.Object(h.body); !ok {
		c.Add("unreadable")
	}
}

// badlyPaid says that an answer speaks of money in the price's currency that
// the body does not.
func (h hearing) badlyPaid(a providers.Answer) bool {
	if o, _ := providertest.Object(h.body); h.call == asksV1 || h.call == hears && says(o.Field("track_id")) {
		return h.badlyPaidV1(a)
	}
	if a.Received == "" {
		return a.Shortfall != ""
	}
	o, _ := providertest.Object(h.body)
	return !slices.ContainsFunc(named(o, h.order.Reference), func(inv providertest.Node) bool {
		paid, _ := inv.Loose("payAmount")
		in, _ := inv.Texts("payCurrency")
		return providertest.Same(paid["payAmount"], a.Received) && strings.EqualFold(in["payCurrency"], h.order.Amount.Currency.Code)
	})
}

// lives says whether the life of a payment lets it be in this state by then.
func (h hearing) lives(to providers.State) bool {
	switch {
	case h.call == creates || h.call == createsV1:
		return providers.Allowed(providers.Sent, providers.EventAnswered, to)
	case to == providers.Unknown: // no news, which changes nothing
		return true
	case h.call == finds && to == providers.Refused: // not found: the till makes a decline of it
		return true
	}
	return providers.Allowed(providers.Open, providers.EventWatched, to)
}
