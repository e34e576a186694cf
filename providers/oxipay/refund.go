package oxipay

import (
	"errors"
	"strings"

	"cashdesk/providers"
)

// SignatureOf is the signature of a request that was sent, as it stands in its
// bytes: by it Oxipay finds a refund that is to be undone, even if its answer
// was lost. An error means that the bytes are not those of a request.
func (c *Client) SignatureOf(body []byte) (string, error) {
	m, err := parseMessage(body)
	if err == nil && (m.signature == "" || !all(m.signature, isHex)) {
		err = errors.New("there is no signature in it")
	}
	if err != nil {
		return "", &providers.Error{Kind: providers.Internal, Text: "the kept request of this refund cannot be read", Hint: "undo the refund in Oxipay's portal", Err: err}
	}
	return m.signature, nil
}

// refundRequest is a refund with a reference of its own, of the sale that
// PurchaseRef names.
func refundRequest(o providers.Order) (RefundRequest, error) {
	reference, err := field("reference", o.Reference, maxReference)
	if err != nil {
		return RefundRequest{}, err
	}
	sale, err := field("sale", o.PurchaseRef, maxReference)
	if err != nil {
		return RefundRequest{}, err
	}
	if sale == reference {
		return RefundRequest{}, providers.Invalid("reference", "the refund has the reference of its sale", "a refund needs a reference of its own")
	}
	return RefundRequest{Reference: reference, PurchaseRef: sale, Cents: o.Amount.Minor}, nil
}

// undoRequest takes back the refund whose request bore RefundSignature.
func undoRequest(o providers.Order) (UndoRequest, error) {
	reference, err := field("reference", o.Reference, maxReference)
	if err != nil {
		return UndoRequest{}, err
	}
	signature, err := field("signature", strings.ToLower(o.RefundSignature), maxSignature)
	if err != nil {
		return UndoRequest{}, err
	}
	if !all(signature, isHex) {
		return UndoRequest{}, providers.Invalid("signature", "this is not the signature of a refund", "undo the refund in Oxipay's portal")
	}
	return UndoRequest{Reference: reference, RefundSignature: signature}, nil
}
