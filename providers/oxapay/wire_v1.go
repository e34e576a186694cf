package oxapay

import (
	"encoding/json"

	"cashdesk/providers"
)

// The paths of v1 below the base URL.
const (
	pathV1Create  = "/v1/payment/invoice"
	pathV1Payment = "/v1/payment/" // and the track_id
	pathV1Coins   = "/v1/payment/accepted-currencies"
)

// headerKey carries the merchant API key to v1.
const headerKey = "merchant_api_key"

// V1CreateRequest is the body of /v1/payment/invoice. Options left empty are
// left out.
type V1CreateRequest struct {
	Amount         json.Number `json:"amount"`                      // in Currency, major units, plain decimal; required
	Currency       string      `json:"currency"`                    // crypto or fiat symbol; always sent, else it would be US dollars
	LifeTime       int         `json:"lifetime,omitempty"`          // minutes, 15 to 2880; the provider's default is 60
	FeePaidByPayer *int        `json:"fee_paid_by_payer,omitempty"` // 1 the payer pays the fee, 0 the merchant
	UnderPaidCover json.Number `json:"under_paid_coverage"`         // per cent, 0 to 60.00; always sent
	CallbackURL    string      `json:"callback_url,omitempty"`      // http(s), where news are sent
	ReturnURL      string      `json:"return_url,omitempty"`        // http(s), where the payer goes after paying
	Email          string      `json:"email,omitempty"`             // the payer's, for the provider's reports
	OrderID        string      `json:"order_id"`                    // the attempt's own reference; always sent
	Description    string      `json:"description,omitempty"`       // shown in the provider's reports
	Sandbox        bool        `json:"sandbox,omitempty"`           // an invoice for trying out, which brings nothing
}

// V1Reply is the envelope around every answer of v1.
type V1Reply struct {
	Data    json.RawMessage  `json:"data"`
	Message remark           `json:"message"` // text for people; never decides anything
	Error   json.RawMessage  `json:"error"`   // {} or null for none, else type, key and message
	Status  providers.Number `json:"status"`  // 200 is success; counts for more than the HTTP status
}

// V1Created is the data of an answer to V1CreateRequest.
type V1Created struct {
	TrackID    providers.Number `json:"track_id"`    // the invoice's id
	PaymentURL string           `json:"payment_url"` // where the customer pays
	ExpiredAt  remark           `json:"expired_at"`  // Unix seconds
}

// V1Payment is the data of an answer to GET /v1/payment/{track_id}. What decides
// nothing here is not read, so that a type nobody expected cannot hide a payment.
type V1Payment struct {
	TrackID  providers.Number `json:"track_id"` // must be the one asked for
	Status   string           `json:"status"`   // new, waiting, paying, paid, manual_accept, underpaid, refunding, refunded, expired
	Amount   providers.Number `json:"amount"`   // the price, in Currency
	Currency string           `json:"currency"` // of the price
	OrderID  providers.Number `json:"order_id"` // must be what was sent
	Txs      json.RawMessage  `json:"txs"`      // the payments so far, see V1Tx
}

// V1Tx is one payment for an invoice: Amount where it is asked for, SentAmount
// in a report.
type V1Tx struct {
	Amount     remark `json:"amount"`      // in Currency
	SentAmount remark `json:"sent_amount"` // in Currency, before any fee
	Currency   remark `json:"currency"`    // the coin that came
	Status     remark `json:"status"`      // confirming or confirmed
}

// remark is a value that must not keep the rest from being read: text and
// numbers as they are, nothing of anything else.
type remark string

// UnmarshalJSON takes everything.
func (r *remark) UnmarshalJSON(raw []byte) error {
	var n providers.Number
	if n.UnmarshalJSON(raw) != nil {
		n = ""
	}
	*r = remark(n.String())
	return nil
}
