package oxipay

import "cashdesk/providers"

// The names of the provider's calls, which are also their paths below the base
// URL. Source: the seed pages and the provider's documentation.
const (
	CallInvite               = "Invite"
	CallProcessAuthorisation = "ProcessAuthorisation"
	CallCreateKey            = "CreateKey"
	CallSendReceipt          = "SendReceipt"
	CallSalesAdjustment      = "ProcessSalesAdjustment"
	CallAdjustmentReversal   = "ProcessSalesAdjustmentReversal"
)

// The longest values that the provider's fields take, in UTF-16 units (the
// strictest reading of "Unicode string"). Source: the seed pages and the
// provider's documentation.
const (
	maxMerchant  = 10
	maxMobile    = 10
	maxDevice    = 64
	maxOperator  = 64
	maxFirmware  = 64
	maxReference = 64
	maxItems     = 200
	maxToken     = 64
	maxReceipt   = 64
	maxSignature = 200
)

// Terminal holds the fields that every request carries. Source: the seed pages.
type Terminal struct {
	// Merchant identifier as defined by Oxipay; 1 to 10 characters.
	Merchant string `json:"x_merchant_id"`
	// Device is the unique identifier of this point of sale; 1 to 64 characters.
	Device string `json:"x_device_id"`
	// Operator is the id of who works at it; 1 to 64 characters.
	Operator string `json:"x_operator_id"`
	// Firmware is the version of the point of sale; 1 to 64 characters.
	Firmware string `json:"x_firmware_version"`
}

// Tracking is what cashdesk puts into tracking_data, which the reply echoes.
// The provider takes up to 1,000,000 bytes there and does not sign it.
type Tracking struct {
	// Token is fresh and random in each request: an echo of another token is
	// the answer to another request.
	Token string `json:"token"`
}

// Seal is the unsigned end of every request. Source: the seed pages.
type Seal struct {
	// Tracking is echoed by the reply; optional for the provider.
	Tracking Tracking `json:"tracking_data"`
	// Signature is 64 hex digits of HMAC-SHA256, see Sign; up to 200 allowed.
	Signature string `json:"signature"`
}

// InviteRequest asks Oxipay to send the customer an SMS with the way to a
// pre-approval code. Source: the seed page Invite.
type InviteRequest struct {
	Terminal
	// Mobile number in the national form; at most 10 digits.
	Mobile string `json:"x_mobile"`
	// PurchaseCents is the whole purchase in cents; 1 to 12 digits, as a number.
	PurchaseCents int64 `json:"x_purchase_amount"`
	Seal
}

// AuthorisationRequest charges a customer by a pre-approval code. Source: the
// seed page Process Authorisation.
type AuthorisationRequest struct {
	Terminal
	// Reference of this attempt, unique across the whole chain of shops; 1 to
	// 64 characters.
	Reference string `json:"x_pos_transaction_ref"`
	// Code is the pre-approval code as it was scanned or typed: 6 digits, or 10
	// with the prefix 6199.
	Code string `json:"x_pre_approval_code"`
	// FinanceCents is the part to be financed in cents, 1 to PurchaseCents.
	FinanceCents int64 `json:"x_finance_amount"`
	// PurchaseCents is the whole purchase in cents; 1 to 12 digits, as a number.
	PurchaseCents int64 `json:"x_purchase_amount"`
	// Items is a string that holds JSON, {"PurchaseItems":["a","b"]}; at most
	// 200 characters; optional and not signed.
	Items string `json:"purchase_items,omitempty"`
	Seal
}

// RefundRequest gives back what a sale took, or a part of it. Source: the
// provider's documentation, ProcessSalesAdjustment.
type RefundRequest struct {
	Terminal
	// Reference of this refund, unique as a sale's; 1 to 64 characters.
	Reference string `json:"x_pos_transaction_ref"`
	// PurchaseRef names the sale: what it was sent under, its receipt number, or
	// Oxipay's purchase number; 1 to 64 characters.
	PurchaseRef string `json:"x_purchase_ref"`
	// Cents is what goes back; above 0, at most 12 digits, as a number.
	Cents int64 `json:"x_amount"`
	Seal
}

// UndoRequest takes a refund back. Source: the provider's documentation,
// ProcessSalesAdjustmentReversal.
type UndoRequest struct {
	Terminal
	// Reference of this reversal, unique as a sale's; 1 to 64 characters.
	Reference string `json:"x_pos_transaction_ref"`
	// RefundSignature is the signature of the request that made the refund; hex
	// digits, at most 200.
	RefundSignature string `json:"x_adjustment_signature"`
	Seal
}

// KeyRequest changes a device token for a new signing key. It is signed with
// the token, and so is its reply. Source: the provider's documentation,
// CreateKey.
type KeyRequest struct {
	Terminal
	// Token of this device from the merchant's portal; 1 to 64 characters.
	Token string `json:"x_device_token"`
	// Vendor of the point of sale; 1 to 100 characters.
	Vendor string `json:"x_pos_vendor"`
	Seal
}

// ReceiptRequest tells the receipt number of a sale that was sent under a
// temporary reference. Source: the provider's documentation, SendReceipt.
type ReceiptRequest struct {
	Terminal
	// Reference that the sale was sent under; 1 to 64 characters.
	Reference string `json:"x_pos_transaction_ref"`
	// Number is the shop's own; 1 to 64 characters.
	Number string `json:"x_receipt_number"`
	Seal
}

// seal signs a request and gives its exact bytes; body makes the request around
// a signature. What is signed is read back from the bytes of the unsigned body,
// so that the fields and their signature cannot drift apart.
func seal(key string, body func(signature string) any) ([]byte, error) {
	draft, err := providers.EncodeJSON(body(""))
	if err != nil {
		return nil, err
	}
	m, err := parseMessage(draft)
	if err != nil {
		return nil, err
	}
	return providers.EncodeJSON(body(Sign(key, m.fields)))
}

// itemsText writes the purchase items as the seed page's JSON string. Whole
// items are dropped from the end until it fits; none left gives no field.
func itemsText(items []string) string {
	var kept []string
	for _, item := range items {
		if item = tidy(item); item != "" {
			kept = append(kept, item)
		}
	}
	for ; len(kept) > 0; kept = kept[:len(kept)-1] {
		text, err := providers.EncodeJSON(struct{ PurchaseItems []string }{kept})
		if err == nil && length(string(text)) <= maxItems {
			return string(text)
		}
	}
	return ""
}
