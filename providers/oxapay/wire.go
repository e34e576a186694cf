package oxapay

import (
	"encoding/json"

	"cashdesk/providers"
)

// The paths below the base URL.
const (
	pathCreate  = "/merchants/request"
	pathInquiry = "/merchants/inquiry"
	pathList    = "/merchants/list"
	pathCoins   = "/merchants/allowedCoins"
)

// CreateRequest is the body of /merchants/request, in the order of the seed
// page's example. Options left empty are left out.
type CreateRequest struct {
	Merchant       string      `json:"merchant"`                 // merchant API key; required
	Amount         json.Number `json:"amount"`                   // in Currency, major units, plain decimal; required, above 0
	Currency       string      `json:"currency"`                 // crypto or fiat symbol; always sent, else it would be US dollars
	LifeTime       int         `json:"lifeTime,omitempty"`       // minutes, 15 to 2880; the provider's default is 60
	FeePaidByPayer *int        `json:"feePaidByPayer,omitempty"` // 1 the payer pays the fee, 0 the merchant
	UnderPaidCover json.Number `json:"underPaidCover"`           // per cent, 0 to 60.00; always sent
	CallbackURL    string      `json:"callbackUrl,omitempty"`    // http(s), where news are sent
	ReturnURL      string      `json:"returnUrl,omitempty"`      // http(s), where the payer goes after paying
	Description    string      `json:"description,omitempty"`    // shown in the provider's reports
	OrderID        string      `json:"orderId"`                  // the attempt's own reference; always sent, since it is looked up by it
	Email          string      `json:"email,omitempty"`          // the payer's, for the provider's reports
}

// CreateReply answers CreateRequest (seed page; expiredAt seen in practice).
type CreateReply struct {
	Result    providers.Number `json:"result"`    // result code; 100 is success, and nothing else is
	Message   string           `json:"message"`   // text for people; never decides anything
	TrackID   providers.Number `json:"trackId"`   // the invoice's id; text on the seed page, a number on some servers
	PayLink   string           `json:"payLink"`   // where the customer pays
	ExpiredAt providers.Number `json:"expiredAt"` // Unix seconds, may be absent
}

// InquiryRequest is the body of /merchants/inquiry (the provider's
// documentation).
type InquiryRequest struct {
	Merchant string `json:"merchant"` // merchant API key
	TrackID  any    `json:"trackId"`  // a json.Number when it is all digits, text otherwise
}

// Invoice is what /merchants/inquiry, and each entry of /merchants/list, says
// of one invoice (the provider's documentation; amounts are text there). The
// reply has more fields (type, network, address, email, description,
// feePaidByPayer, underPaidCover, date, payDate); they decide nothing here and
// are not read, so that a type nobody expected in one of them cannot hide a
// payment.
type Invoice struct {
	TrackID     providers.Number `json:"trackId"`     // must be the one asked for
	Status      string           `json:"status"`      // New, Waiting, Confirming, Paid, Failed, Expired; any case
	Amount      providers.Number `json:"amount"`      // the price, in Currency
	Currency    string           `json:"currency"`    // of the price
	PayAmount   providers.Number `json:"payAmount"`   // what came, in PayCurrency; may be partial while Confirming
	PayCurrency string           `json:"payCurrency"` // the coin that came
	TxID        json.RawMessage  `json:"txID"`        // text once a payment was seen; anything else is none
	OrderID     providers.Number `json:"orderId"`     // must be what was sent
	PayLink     string           `json:"payLink"`     // only some servers send it again
	ExpiredAt   providers.Number `json:"expiredAt"`   // Unix seconds, only some servers
}

// InquiryReply answers InquiryRequest.
type InquiryReply struct {
	Result  providers.Number `json:"result"` // 100 is success
	Message string           `json:"message"`
	Invoice
}

// ListRequest is the body of /merchants/list, filtered by the orderId. That
// filter is an open point: should a server ignore it, the reply holds other
// invoices too, which is why Find compares every entry itself.
type ListRequest struct {
	Merchant string `json:"merchant"` // merchant API key
	OrderID  string `json:"orderId"`  // the attempt's own reference
}

// ListReply answers ListRequest. Its exact shape is an open point: clients
// read the entries from data; data.list and list are accepted too. What Meta,
// Data and Total say of further pages is read where they say it.
type ListReply struct {
	Result  providers.Number `json:"result"` // 100 is success
	Message string           `json:"message"`
	Data    json.RawMessage  `json:"data"`
	List    json.RawMessage  `json:"list"`
	Meta    json.RawMessage  `json:"meta"`
	Total   providers.Number `json:"total"`
}

// CoinsRequest is the body of /merchants/allowedCoins.
type CoinsRequest struct {
	Merchant string `json:"merchant"` // merchant API key
}

// CoinsReply answers CoinsRequest.
type CoinsReply struct {
	Result  providers.Number `json:"result"` // 100 is success
	Message string           `json:"message"`
	Allowed json.RawMessage  `json:"allowed"` // the symbols, each a text
}
