package oxapay

import (
	"crypto/hmac"
	"crypto/sha512"
	"encoding/hex"
	"encoding/json"
	"net/http"
	"strings"

	"cashdesk/providers"
)

// headerMAC is the header with the MAC of a report's raw body.
const headerMAC = "HMAC"

// report is a callback's body in the words of both APIs; one has track_id, the
// other trackId.
type report struct {
	Invoice
	Type   remark           `json:"type"`
	V1ID   providers.Number `json:"track_id"`
	V1Ref  providers.Number `json:"order_id"`
	V1Paid json.RawMessage  `json:"txs"`
}

// errNotice says nothing to whoever sent the report.
var errNotice = &providers.Error{Kind: providers.Input, Text: "this is no report of OxaPay's about an invoice"}

// Notice reads a callback: its HMAC header must be the lower-case hex
// HMAC-SHA512 of the raw body under the merchant key, and it must be about an
// invoice. The API whose words it has decides how it is judged, whichever is
// set. An error is a *providers.Error with nothing of the report in it.
func (c *Client) Notice(header http.Header, body []byte) (providers.Notice, error) {
	key, err := c.merchantKey()
	if err != nil {
		return providers.Notice{}, err
	}
	var said report
	if !genuine(header, body, key) || len(body) > providers.MaxReply || providers.DecodeJSON(body, &said) != nil || !said.ofInvoice() {
		return providers.Notice{}, errNotice
	}
	s := said.standing()
	if s.track != clean(s.track, key) || s.order != clean(s.order, key) || s.track == "" && s.order == "" {
		return providers.Notice{}, errNotice
	}
	return providers.Notice{
		ProviderRef: s.track, Reference: s.order, Proven: true,
		Judge: func(w providers.Watch) providers.Answer {
			return c.judge(providers.Answer{State: providers.Unknown}, s, w, key)
		},
	}, nil
}

// genuine says that whoever holds the merchant key wrote these bytes.
func genuine(header http.Header, body []byte, key string) bool {
	given := header.Values(headerMAC)
	return len(given) == 1 && hmac.Equal([]byte(given[0]), []byte(reportMAC(body, key)))
}

func reportMAC(body []byte, key string) string {
	mac := hmac.New(sha512.New, []byte(key))
	mac.Write(body)
	return hex.EncodeToString(mac.Sum(nil))
}

// ofInvoice says that it is about one invoice; "payment" is the older API's
// word for it. Payouts and static addresses are none of a counter's.
func (r report) ofInvoice() bool {
	both := r.TrackID != "" && r.V1ID != "" || r.OrderID != "" && r.V1Ref != ""
	return !both && (strings.EqualFold(string(r.Type), "invoice") || strings.EqualFold(string(r.Type), "payment"))
}

func (r report) standing() standing {
	if r.V1ID != "" || r.V1Ref != "" {
		return V1Payment{TrackID: r.V1ID, OrderID: r.V1Ref, Status: r.Status, Amount: r.Amount, Currency: r.Currency, Txs: r.V1Paid}.standing()
	}
	return r.Invoice.standing()
}
