package oxapay

import (
	"bytes"
	"context"
	"encoding/json"

	"cashdesk/providers"
)

// Find looks an invoice up by the orderId that was sent. Refused with reason
// NotFound comes only from a list that clearly answered and holds no such
// orderId; a list that may have more pages proves nothing.
func (c *Client) Find(ctx context.Context, w providers.Watch) providers.Answer {
	key, err := c.merchantKey()
	if err != nil {
		return providers.Answer{State: providers.Unknown, Reason: providers.AccessDenied}
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
			providers.CheckLink(found[0].PayLink, c.config.LinkHosts, c.config.Test) == nil {
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
