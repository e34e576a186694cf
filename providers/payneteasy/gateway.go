package payneteasy

import (
	"cmp"
	"net/netip"
	"slices"
	"strings"

	"cashdesk/providers"
)

// Prepare checks an order and builds the body of /transfer/initiate-transfer. A
// token that is still to be fetched is named in it as in the record; Send puts
// it in.
func (c *Client) Prepare(o providers.Order) (providers.Request, error) {
	if err := c.checkOrder(o); err != nil {
		return providers.Request{}, err
	}
	token, err := c.secrets()
	if err != nil {
		return providers.Request{}, err
	}
	body := InitiateRequest{
		Consumer:    Consumer{Device: Device{IMEI: c.config.IMEI, SerialNumber: c.config.SerialNumber}, IPAddresses: ipv4(c.config.IPAddresses)},
		Session:     Token{AccessToken: cmp.Or(token, tokenName)},
		Transaction: Transaction{AmountCentis: o.Amount.Minor, Currency: o.Amount.Currency.Code},
		FromBin:     cmp.Or(o.FromBIN, c.config.FromBin), ToBin: cmp.Or(o.ToBIN, c.config.ToBin),
	}
	if c.config.Lat != nil {
		body.Location = &Location{Lat: *c.config.Lat, Lng: *c.config.Lng}
	}
	r := providers.Request{Provider: providers.Payneteasy, Kind: o.Kind, Call: pathInitiate, Reference: o.Reference}
	if r.Body, err = providers.EncodeJSON(body); err != nil {
		return providers.Request{}, err
	}
	body.Session.AccessToken = tokenName
	// The digits of a customer's card go out, and are kept nowhere.
	if o.FromBIN != "" {
		body.FromBin = ""
	}
	if o.ToBIN != "" {
		body.ToBin = ""
	}
	r.Record, err = providers.EncodeJSON(body)
	return r, err
}

// tokenName stands for the token where that must not stand.
const tokenName = "[" + KeyAccessToken + "]"

func (c *Client) checkOrder(o providers.Order) error {
	if o.Kind != providers.Transfer {
		return providers.Invalid("kind", "Payneteasy begins transfers and nothing else", "choose a transfer")
	}
	if err := o.Amount.CheckPositive(); err != nil {
		return err
	}
	iso, err := providers.ISO(o.Amount.Currency.Code)
	if err != nil {
		return err
	}
	// amountCentis counts hundredths; what a currency without them means there
	// is nowhere said, and a guess could be wrong by a hundred.
	if iso.Decimals != 2 || o.Amount.Currency.Decimals != 2 {
		return providers.Invalid("currency", "transfers in "+iso.Code+" are not possible: only currencies with 2 decimals are", "take the payment another way")
	}
	return c.checkBINs(o)
}

// checkBINs takes what was typed only where the settings ask for it, and never
// more of a card number than the field holds.
func (c *Client) checkBINs(o providers.Order) error {
	for _, typed := range []struct{ field, text string }{{"from_bin", o.FromBIN}, {"to_bin", o.ToBIN}} {
		if err := providers.CheckBIN(typed.field, typed.text); err != nil {
			return err
		}
		if typed.text != "" && !c.config.AskBins {
			return providers.Invalid(typed.field, "no digits of a card are asked for here", "leave it empty; ask_bins in the settings asks for them")
		}
	}
	return nil
}

// secrets gives the keystore's access token, none where tokens are fetched, and
// refuses what could only fail later: a token of a wrong length, a control key
// that cannot verify an answer.
func (c *Client) secrets() (string, error) {
	token := ""
	if !c.fetches() {
		if token = providers.Secret(c.config.AccessToken); token == "" {
			return "", providers.KeyTrouble(KeyAccessToken, "Payneteasy's access token is missing")
		}
		if !fitsToken(token) {
			return "", providers.KeyTrouble(KeyAccessToken, "Payneteasy's access token does not have 32 to 128 characters")
		}
	}
	control := c.control()
	if control == "" {
		return token, nil
	}
	if _, ok := controlKey(control); !ok {
		return "", providers.KeyTrouble(KeyControl, "Payneteasy's control key is not hexadecimal")
	}
	if slices.Contains(published, strings.ToUpper(control)) && !c.config.Test {
		return "", providers.KeyTrouble(KeyControl, "Payneteasy's control key is a published sample, so anybody could sign with it")
	}
	return token, nil
}

// published are the control keys of the provider's samples.
var published = []string{"ABCD", "B17F59B4-A7DC-41B4-8FF9-37D986B43D20"}

func (c *Client) control() string { return providers.Secret(c.config.ControlKey) }

// ipv4 keeps the addresses that fit the field: 7 to 15 characters.
func ipv4(addresses []string) []string {
	var fit []string
	for _, address := range addresses {
		if ip, err := netip.ParseAddr(address); err == nil && ip.Is4() {
			fit = append(fit, address)
		}
	}
	return fit
}
