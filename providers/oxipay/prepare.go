package oxipay

import (
	"encoding/hex"
	"fmt"
	"io"
	"slices"
	"strings"

	"cashdesk/providers"
)

// Prepare checks an order of kind Authorise, Invite, Refund or UndoRefund, and
// builds and signs its request; nothing is sent. The request asks for its exact
// bytes to be kept: only they may be sent again, and a refund is undone by their
// signature.
func (c *Client) Prepare(o providers.Order) (providers.Request, error) {
	var none providers.Request
	call, build, err := c.fill(o)
	if err != nil {
		return none, err
	}
	key, err := c.signingKey()
	if err != nil {
		return none, err
	}
	body, err := c.sealed(key, build)
	if err != nil {
		return none, err
	}
	return providers.Request{
		Provider: providers.Oxipay, Kind: o.Kind, Call: call, Reference: strings.TrimSpace(o.Reference),
		Body: body, Record: body, Keep: true,
	}, nil
}

// sealed is the exact body that build makes around a seal with this key.
func (c *Client) sealed(key string, build func(Seal) any) ([]byte, error) {
	token, err := c.token()
	if err != nil {
		return nil, err
	}
	body, err := seal(key, func(signature string) any {
		return build(Seal{Tracking: Tracking{Token: token}, Signature: signature})
	})
	if err != nil {
		return nil, &providers.Error{Kind: providers.Internal, Text: "the request could not be built", Err: err}
	}
	return body, nil
}

// terminal is what every request of an operator carries.
func (c *Client) terminal(operator string) (Terminal, error) {
	operator, err := field("operator", operator, maxOperator)
	return Terminal{c.config.Merchant, c.config.Device, operator, c.config.Firmware}, err
}

// callOf is the call that each kind of order becomes.
var callOf = map[providers.Kind]string{
	providers.Authorise:  CallProcessAuthorisation,
	providers.Invite:     CallInvite,
	providers.Refund:     CallSalesAdjustment,
	providers.UndoRefund: CallAdjustmentReversal,
}

// fill checks the fields of an order's call, and gives what makes its body
// once there is a seal.
func (c *Client) fill(o providers.Order) (call string, build func(Seal) any, err error) {
	call, taken := callOf[o.Kind]
	if !taken {
		return "", nil, providers.Invalid("kind", "Oxipay makes no invoices and no transfers", "choose another way to pay")
	}
	if err := c.checkAmount(o); err != nil {
		return "", nil, err
	}
	terminal, err := c.terminal(o.Operator)
	if err != nil {
		return "", nil, err
	}
	switch o.Kind {
	case providers.Invite:
		r, err := c.inviteRequest(o)
		r.Terminal = terminal
		return call, func(s Seal) any { r.Seal = s; return r }, err
	case providers.Refund:
		r, err := refundRequest(o)
		r.Terminal = terminal
		return call, func(s Seal) any { r.Seal = s; return r }, err
	case providers.UndoRefund:
		r, err := undoRequest(o)
		r.Terminal = terminal
		return call, func(s Seal) any { r.Seal = s; return r }, err
	}
	r, err := c.authorisationRequest(o)
	r.Terminal = terminal
	return call, func(s Seal) any { r.Seal = s; return r }, err
}

func (c *Client) inviteRequest(o providers.Order) (InviteRequest, error) {
	mobile, err := NationalMobile(c.config.Country, o.Mobile)
	if err != nil {
		return InviteRequest{}, err
	}
	mobile, err = field("mobile", mobile, maxMobile)
	return InviteRequest{Mobile: mobile, PurchaseCents: o.Amount.Minor}, err
}

func (c *Client) authorisationRequest(o providers.Order) (AuthorisationRequest, error) {
	var none AuthorisationRequest
	reference, err := field("reference", o.Reference, maxReference)
	if err != nil {
		return none, err
	}
	finance, err := c.finance(o)
	if err != nil {
		return none, err
	}
	if err := c.acceptCode(o); err != nil {
		return none, err
	}
	return AuthorisationRequest{
		Reference: reference, Code: strings.TrimSpace(o.Code),
		FinanceCents: finance, PurchaseCents: o.Amount.Minor, Items: itemsText(o.Items),
	}, nil
}

// checkAmount holds the amount of everything but an undo, which names none to
// Oxipay: the refund's goes.
func (c *Client) checkAmount(o providers.Order) error {
	if o.Kind == providers.UndoRefund {
		return nil
	}
	a, want, enter := o.Amount, currencies[c.config.Country], "enter what the customer pays"
	if o.Kind == providers.Refund {
		enter = "enter what goes back to the customer"
	}
	switch {
	case a.Currency.Code != want:
		return providers.Invalid("currency", "Oxipay takes "+want+" here", "enter the amount in "+want+", or choose another way to pay")
	case a.Minor < 1:
		return providers.Invalid("amount", "the amount is zero", enter)
	case a.Minor > providers.MaxMinor:
		return providers.Invalid("amount", "the amount has more than 12 digits", enter)
	}
	return nil
}

// finance is the part to be financed: between the provider's minimum and the
// purchase.
func (c *Client) finance(o providers.Order) (int64, error) {
	finance := o.FinanceMinor
	if finance == 0 {
		finance = o.Amount.Minor
	}
	least := max(1, c.config.MinFinanceMinor)
	switch {
	case finance > o.Amount.Minor:
		return 0, providers.Invalid("finance", "the financed part is more than the purchase", "finance the whole amount or less")
	case finance < least:
		smallest := providers.Amount{Minor: least, Currency: o.Amount.Currency}
		return 0, providers.Invalid("amount", fmt.Sprintf("Oxipay finances %s or more", smallest), "choose another way to pay")
	}
	return finance, nil
}

// acceptCode lets the usual shapes pass silently, and others only after a
// warning; live mode needs the setting as well.
func (c *Client) acceptCode(o providers.Order) error {
	usual, err := CheckCode(o.Code)
	switch {
	case err != nil:
		return err
	case usual:
		return nil
	case !c.config.Test && !c.config.AcceptOtherCodes:
		return providers.Invalid("code", "this is not a code of 6 digits", "scan it again; a manager can allow other codes with accept_other_codes in the settings")
	case !o.AcceptOtherCode:
		unusual := providers.Invalid("code", "this is not a code of 6 digits", "check it with the customer before it is sent as it is")
		unusual.Err = providers.ErrUnusualCode
		return unusual
	}
	return nil
}

func (c *Client) signingKey() (string, error) {
	key := c.key()
	switch {
	case key == "":
		return "", providers.KeyTrouble("oxipay.signing_key", "there is no Oxipay signing key")
	case !c.config.Test && slices.Contains(published, key):
		return "", &providers.Error{Kind: providers.Credentials, Text: "the Oxipay signing key is a published test key", Hint: "register this device with Oxipay, or set mode to test"}
	}
	return key, nil
}

// token is 128 random bits: enough that no other request ever carries it.
func (c *Client) token() (string, error) {
	var b [16]byte
	if _, err := io.ReadFull(c.config.Random, b[:]); err != nil {
		return "", &providers.Error{Kind: providers.Internal, Text: "this machine gives no random numbers", Err: err}
	}
	return hex.EncodeToString(b[:]), nil
}
