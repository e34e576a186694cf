package xaigate

import (
	"math/big"
	"strings"

	"cashdesk/providers"
	"cashdesk/providers/providertest"
)

// The oracle says what a body may be taken for. It reads on its own, and knows
// the provider's documentation, not the client's tables.

// hearing is one body as the client hears it: after the creation, or after the
// question how the invoice stands.
type hearing struct {
	asked  bool
	order  providers.Order
	number string // of the invoice that is asked for
	body   []byte
	status int
}

// invoice is what the body says, where it is a whole invoice of this order.
type invoice struct{ number, link, status, paid string }

// ours reads the invoice; false when the body holds none, or another one.
func (h hearing) ours() (inv invoice, ok bool) {
	o, ok := providertest.Object(h.body)
	loose, fits := o.Loose("invoiceNo", "amount", "paidAmount", "toEmail", "toName", "expiry", "description", "shopName", "orderId", "createdAt", "updatedAt")
	strict, fitsToo := o.Texts("status", "payUrl", "currency")
	inv = invoice{loose["invoiceNo"], strict["payUrl"], strict["status"], loose["paidAmount"]}
	return inv, ok && fits && fitsToo && h.status >= 200 && h.status < 300 && inv.number != "" && loose["orderId"] == h.order.Reference &&
		strings.EqualFold(strict["currency"], h.order.Amount.Currency.Code) && providertest.Same(loose["amount"], h.order.Amount.Decimal())
}

// keyless says that no half of the key stands in a text, whatever is between its
// digits.
func keyless(text string) bool {
	bare := func(text string) string {
		return strings.Map(func(r rune) rune {
			if strings.ContainsRune("0123456789abcdefghijklmnopqrstuvwxyz", r) {
				return r
			}
			return -1
		}, strings.ToLower(text))
	}
	key := bare(secret)
	for i := range len(key)/2 + 1 {
		if strings.Contains(bare(text), key[i:i+len(key)/2]) {
			return false
		}
	}
	return true
}

// want is the state that the answer has to be in.
func (h hearing) want() (providers.State, invoice) {
	inv, ok := h.ours()
	if !h.asked {
		if ok && inv.number == providers.CleanText(inv.number) && keyless(inv.number) && keyless(inv.link) && providertest.MayShow(inv.link, linkHost) {
			return providers.Open, inv
		}
		return providers.Refused, inv
	}
	if !ok || inv.number != h.number {
		return providers.Unknown, inv
	}
	paid, price := providertest.Rat(inv.paid), providertest.Rat(h.order.Amount.Decimal())
	switch strings.ToLower(inv.status) {
	case "paid":
		switch {
		case paid == nil || paid.Cmp(price) >= 0:
			return providers.Approved, inv
		case paid.Sign() > 0:
			return providers.PartlyPaid, inv
		}
		return providers.Unknown, inv
	case "paidpartial":
		return providers.PartlyPaid, inv
	case "expired":
		return providers.Expired, inv
	case "deleted":
		return providers.Declined, inv
	}
	return providers.Open, inv
}

// What must never happen.
const (
	falseYes  = "approved without a word of it"
	falseNo   = "declined without a word of it"
	misjudged = "misjudged otherwise"
)

// judge holds an answer against the oracle.
func (h hearing) judge(c *providertest.Tally, a providers.Answer) {
	want, inv := h.want()
	say := func(what, why string) {
		c.Wrong(what, "asked=%v %s HTTP %d: %s: %+v, want %s\n%.2000s", h.asked, h.order.Reference, h.status, why, a, want, h.body)
	}
	link, from, by := "", providers.Sent, providers.EventAnswered
	if h.asked {
		from, by = providers.Open, providers.EventWatched
	} else if want == providers.Open {
		link = inv.link
	}
	switch {
	case a.State != want && a.State == providers.Approved:
		say(falseYes, "the state")
	case a.State != want && a.State == providers.Declined:
		say(falseNo, "the state")
	case a.State != want || a.Link != link:
		say(misjudged, "the state or the link")
	case a.State != providers.Unknown && !providers.Allowed(from, by, a.State):
		say(misjudged, "a state that it cannot be in")
	case h.badlyPaid(a, inv):
		say(misjudged, "money that nobody spoke of")
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

// badlyPaid says that an answer speaks of other money than the body.
func (h hearing) badlyPaid(a providers.Answer, inv invoice) bool {
	if a.Received == "" {
		return a.Shortfall != ""
	}
	if !providertest.Same(a.Received, inv.paid) || a.Shortfall == "" {
		return !providertest.Same(a.Received, inv.paid)
	}
	missing, paid := providertest.Rat(a.Shortfall), providertest.Rat(inv.paid)
	return missing == nil || new(big.Rat).Add(missing, paid).Cmp(providertest.Rat(h.order.Amount.Decimal())) != 0
}
