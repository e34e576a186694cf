package xaigate

import "cashdesk/providers"

// The paths below the base URL.
const (
	pathCreate = "/api/v1/invoice/create"
	pathInfo   = "/api/v1/invoice/info"
)

// CreateRequest is the body of /api/v1/invoice/create, in the order of the
// seed page's example. Options left empty are left out.
type CreateRequest struct {
	APIKey      string `json:"apiKey"`                // UUID; required; the same key can withdraw funds
	ShopName    string `json:"shopName,omitempty"`    // shown to the customer
	Amount      string `json:"amount"`                // major units as decimal text, "10.55"; required; the page's table says String
	Currency    string `json:"currency"`              // ISO 4217; required; USD and EUR are documented
	OrderID     string `json:"orderId"`               // the attempt's own reference; required
	Email       string `json:"email"`                 // the payer's, or the shop's own; required
	SuccessURL  string `json:"successUrl,omitempty"`  // http(s), where the payer goes after paying
	FailURL     string `json:"failUrl,omitempty"`     // http(s), where the payer goes otherwise
	NotifyURL   string `json:"notifyUrl,omitempty"`   // http(s), where unsigned hints are sent
	Description string `json:"description,omitempty"` // what is sold
}

// InfoRequest is the body of /api/v1/invoice/info (the provider's
// documentation).
type InfoRequest struct {
	APIKey    string `json:"apiKey"`    // as in CreateRequest
	InvoiceNo string `json:"invoiceNo"` // from the reply to the creation
}

// Invoice answers both calls (seed page). The page types most fields as text
// and shows some as numbers, so either is read everywhere. Further fields are
// ignored.
type Invoice struct {
	InvoiceNo   providers.Number `json:"invoiceNo"`   // the invoice's number, "INV2167234232"
	Amount      providers.Number `json:"amount"`      // the price in major units; "10" for 10.00, so compared as a decimal
	PaidAmount  providers.Number `json:"paidAmount"`  // what has come, major units
	ToEmail     providers.Number `json:"toEmail"`     // the payer's e-mail; not compared
	ToName      providers.Number `json:"toName"`      // the shop's name
	Expiry      providers.Number `json:"expiry"`      // minutes from createdAt, 60 by default; cannot be asked for
	Description providers.Number `json:"description"` // as it was sent
	Status      string           `json:"status"`      // Pending, Paid, PaidPartial, Expired, Deleted
	PayURL      string           `json:"payUrl"`      // where the customer pays
	Currency    string           `json:"currency"`    // of Amount
	ShopName    providers.Number `json:"shopName"`    // as it was sent
	OrderID     providers.Number `json:"orderId"`     // as it was sent; a number in the page's sample
	CreatedAt   providers.Number `json:"createdAt"`   // RFC 3339 with microseconds, UTC
	UpdatedAt   providers.Number `json:"updatedAt"`   // as CreatedAt
}
