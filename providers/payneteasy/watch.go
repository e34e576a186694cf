package payneteasy

import (
	"context"
	"net/url"
	"strings"

	"cashdesk/providers"
)

// Watches says that transfers can be followed: where a result address is set.
func (c *Client) Watches(k providers.Kind) bool {
	return k == providers.Transfer && c.results.set()
}

// Ask asks the group's own server what became of a transfer. Unknown means "no
// news"; HandedOver, that it is still going on.
func (c *Client) Ask(ctx context.Context, w providers.Watch) providers.Answer {
	if !c.results.set() || w.ProviderRef == "" {
		return providers.Answer{State: providers.Unknown, Reason: providers.NotFound}
	}
	target := call{c.results.way, fill(c.results.target, InitiateReply{InvoiceID: providers.Number(w.ProviderRef)})}
	return c.readResult(target.get(ctx), w)
}

// readResult believes a status only beside the invoice that was asked about.
func (c *Client) readResult(reply providers.Reply, w providers.Watch) providers.Answer {
	var got ResultReply
	a, ok := c.read(reply, &got)
	a.State = providers.Unknown
	switch row, listed := lookupResult(got.Status); {
	case !ok:
	case got.Error != nil:
		a.Reason = providers.ServerFault
	case string(got.InvoiceID) != w.ProviderRef:
		a.Reason = providers.Disagrees
	case !listed:
		a.Reason = providers.Unlisted
	default:
		a.State, a.Code, a.ProviderRef = resultStates[row.Code], row.Code, w.ProviderRef
	}
	return a
}

// checkResult refuses a template that could not ask about one transfer.
func checkResult(template string) error {
	if template == "" {
		return nil
	}
	no := func(why string) error {
		return providers.Invalid("result_url", "result_url "+why, "write it like https://group.example/result?invoiceId={invoiceId}")
	}
	for _, name := range placeholder().FindAllString(template, -1) {
		if name != "{invoiceId}" {
			return no("has " + providers.CleanText(name) + ", which is not {invoiceId}")
		}
	}
	if !strings.Contains(template, "{invoiceId}") {
		return no("has no {invoiceId}, so it could not say which transfer is meant")
	}
	u, err := url.Parse(fill(template, InitiateReply{InvoiceID: "1"}))
	if err != nil || u.Host == "" || !strings.HasPrefix(template, u.Scheme+"://"+u.Host) {
		return no("is not an absolute address with a fixed host")
	}
	return nil
}
