package oxapay

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"strings"

	"cashdesk/providers"
)

// Find looks an invoice up by the orderId that was sent. Refused with reason
// NotFound comes only from a list that clearly answered and holds no such
// orderId; a list that may have more pages proves nothing. It is the older API's
// list whichever API is set: what is lost over v1 is not looked for (see Lost),
// so that whatever is, was made over the older one.
func (c *Client) Find(ctx context.Context, w providers.Watch) providers.Answer {
	key, err := c.merchantKey()
	if err != nil {
		return providers.Answer{State: providers.Unknown, Reason: providers.NoKey}
	}
	body, err := providers.EncodeJSON(ListRequest{Merchant: key, OrderID: w.Reference})
	if err != nil || w.Reference == "" {
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
	if providers.DecodeJSON(reply.Body, &body) != nil || body.Result == "" {
		a.Reason = unreadable(reply)
		return a
	}
	if a, ok := successful(a, body.Result, body.Message, reply, key); !ok {
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
		} else if inv.OrderID.String() == w.Reference {
			found = append(found, inv)
		}
	}
	switch {
	case len(found) == 1:
		return c.found(c.judge(a, found[0].standing(), w, key), found[0], key)
	case len(found) == 0 && whole && !mentions(reply.Body, w.Reference):
		a.State, a.Reason = providers.Refused, providers.NotFound
	default:
		a.Reason = providers.Disagrees
	}
	return a
}

// mentions says that a body names the order anywhere: then it is not certain
// that it is not there, whatever the list says.
func mentions(body []byte, reference string) bool {
	d := json.NewDecoder(bytes.NewReader(body))
	d.UseNumber()
	for {
		t, err := d.Token()
		if err != nil {
			return !errors.Is(err, io.EOF)
		}
		switch t := t.(type) {
		case string:
			if strings.TrimSpace(t) == reference {
				return true
			}
		case json.Number:
			if string(t) == reference {
				return true
			}
		}
	}
}

// found adds what the customer needs to pay, where the list says it.
func (c *Client) found(a providers.Answer, inv Invoice, key string) providers.Answer {
	if a.State == providers.Unknown {
		return a
	}
	if inv.ExpiredAt != "" {
		a.ExpiresAt = c.expiry(inv.ExpiredAt, a.ServerDate)
	}
	if a.State == providers.Open && inv.PayLink != "" && c.mayShow(inv.PayLink, key) {
		a.Link = inv.PayLink
	}
	return a
}

// fullPage is the number of entries from which on a list that says nothing of
// its pages may have another one. The provider's page size is an open point;
// ten is the smallest that clients reckon with.
const fullPage = 10

// mostEntries is more than a list of true invoices can have within
// providers.MaxReply.
const mostEntries = 10_000

// paging is what a list may say of its pages, beside the entries, in meta or
// in data; which of these a server fills is an open point.
type paging struct {
	Total providers.Number `json:"total"` // entries on all pages
	Count providers.Number `json:"count"` // entries on all pages, or on this one
	Pages providers.Number `json:"pages"`
}

// whole says whether n entries are certainly all there are.
func (p paging) whole(n int) bool {
	if count, known := p.Count.Int(); known && count != int64(n) {
		return false
	}
	total, knownTotal := p.Total.Int()
	pages, knownPages := p.Pages.Int()
	switch {
	case knownTotal && total != int64(n), knownPages && pages > 1:
		return false
	}
	return knownTotal || knownPages || n < fullPage
}

// entries gives the entries of the list wherever they stand, and whether they
// are certainly all there are.
func (l ListReply) entries() (all []json.RawMessage, whole, ok bool) {
	var inner struct {
		List json.RawMessage `json:"list"`
		paging
	}
	data := l.Data
	if bytes.HasPrefix(data, []byte("{")) && json.Unmarshal(data, &inner) == nil {
		data = inner.List
	}
	if len(data) == 0 {
		data = l.List
	}
	if !bytes.HasPrefix(data, []byte("[")) || json.Unmarshal(data, &all) != nil || len(all) > mostEntries {
		return nil, false, false
	}
	var meta paging
	if len(l.Meta) > 0 && json.Unmarshal(l.Meta, &meta) != nil {
		return all, false, true
	}
	// Whoever names a page decides; the first one that says anything is asked.
	for _, p := range []paging{meta, inner.paging, {Total: l.Total}} {
		if p != (paging{}) {
			return all, p.whole(len(all)), true
		}
	}
	return all, len(all) < fullPage, true
}
