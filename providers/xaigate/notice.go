package xaigate

import (
	"bytes"
	"net/http"
	"net/url"

	"cashdesk/providers"
)

// errNotice says nothing to whoever sent the report.
var errNotice = &providers.Error{Kind: providers.Input, Text: "this is no report of XaiGate's about an invoice"}

// longestName is more characters than an invoice's number or an order's has.
const longestName = 100

// Notice reads a report to notifyUrl: JSON or form fields with invoiceNo or
// orderId, whatever its headers say, since the provider's descriptions disagree.
// Nothing in it is signed, so it is never proven: whoever gets it asks invoice/info,
// and believes that alone. An error is a *providers.Error with nothing of the
// report in it.
func (c *Client) Notice(_ http.Header, body []byte) (providers.Notice, error) {
	if len(body) > providers.MaxReply {
		return providers.Notice{}, errNotice
	}
	number, order, ok := named(body)
	if !ok || !fine(number) || !fine(order) || number == "" && order == "" {
		return providers.Notice{}, errNotice
	}
	return providers.Notice{
		ProviderRef: number, Reference: order,
		Judge: func(providers.Watch) providers.Answer {
			return providers.Answer{State: providers.Unknown, Reason: providers.NoSignature}
		},
	}, nil
}

// named are the names of an invoice in a report; false where it has no form that
// can be read, or one of them twice.
func named(body []byte) (number, order string, ok bool) {
	if bytes.HasPrefix(bytes.TrimSpace(body), []byte("{")) {
		var said struct {
			InvoiceNo providers.Number `json:"invoiceNo"`
			OrderID   providers.Number `json:"orderId"`
		}
		err := providers.DecodeJSON(body, &said)
		return said.InvoiceNo.String(), said.OrderID.String(), err == nil
	}
	fields, err := url.ParseQuery(string(bytes.TrimSpace(body)))
	if err != nil || len(fields["invoiceNo"]) > 1 || len(fields["orderId"]) > 1 {
		return "", "", false
	}
	return fields.Get("invoiceNo"), fields.Get("orderId"), true
}

// fine says that a name could be one of an invoice here.
func fine(name string) bool {
	return len(name) <= longestName && name == providers.CleanText(name)
}
