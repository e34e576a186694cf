// Package payneteasy asks a merchant group's own server (the Connecting
// Party's server) to begin a transfer at Payneteasy. It is plain Go and works
// without the rest of cashdesk.
//
// Beginning a transfer moves no money; the customer's device finishes it
// elsewhere. So nothing here is ever approved: the best answer is HandedOver.
//
// Sources: the seed page "Initiate transfer" and the provider's public sample
// server and clients.
package payneteasy

import (
	"fmt"
	"math"
	"net/netip"
	"unicode/utf8"

	"cashdesk/providers"
)

// The names of the secrets in the keystore and in records.
const (
	KeyAccessToken = "payneteasy.access_token" // 32 to 128 characters, required
	KeyControl     = "payneteasy.control_key"  // hexadecimal, dashes allowed; optional, verifies the answers
)

// Config is everything that can be chosen. HTTP.Base, AccessToken and
// SerialNumber are required; an option left empty is left out of the request.
type Config struct {
	// HTTP is the way out; Base is the merchant group's own server.
	HTTP providers.HTTPOptions
	// AccessToken gives the access token each time it is needed, ControlKey the
	// control key; empty when none is held. They are functions so that no value
	// of this type can print a secret.
	AccessToken, ControlKey func() string

	SerialNumber string   // of the counter's device, 1 to 50 characters
	IMEI         string   // of the counter's device, 14 to 16 characters
	IPAddresses  []string // IPv4 goes out; IPv6 does not fit the field's 15 characters and is left out
	Lat, Lng     *float64 // -90 to 90 and -180 to 180, both or neither
	FromBin      string   // first 6 digits of the card that pays
	ToBin        string   // first 6 digits of the card that receives

	// HandoverURL is the page of the merchant group's where the customer goes
	// on, with {invoiceId} and, if the page needs them, {endpointId}, {nonce}
	// and {signature}. Empty shows no link.
	HandoverURL string
	// Test accepts a HandoverURL on this machine, and a published control key.
	Test bool
}

// Client speaks to the merchant group's server. It is safe for use by several
// goroutines.
type Client struct {
	config Config
	http   *providers.HTTP
}

var (
	_ providers.Gateway = (*Client)(nil)
)

// New checks the configuration and makes a client; nothing is sent. Every
// error is a *providers.Error of kind Input with the setting in Field.
func New(c Config) (*Client, error) {
	if err := c.checkDevice(); err != nil {
		return nil, err
	}
	if err := c.checkPlace(); err != nil {
		return nil, err
	}
	if err := checkHandover(c.HandoverURL, c.Test); err != nil {
		return nil, err
	}
	way, err := providers.NewHTTP(c.HTTP)
	if err != nil {
		return nil, err
	}
	return &Client{config: c, http: way}, nil
}

func (c Config) checkDevice() error {
	if n := utf8.RuneCountInString(c.SerialNumber); n < 1 || n > 50 || !providers.PlainText(c.SerialNumber) {
		return providers.Invalid("serial_number", fmt.Sprintf("serial_number has %d characters, not 1 to 50", n), "the serial number that the merchant group registered")
	}
	if n := utf8.RuneCountInString(c.IMEI); c.IMEI != "" && (n < 14 || n > 16 || !providers.PlainText(c.IMEI)) {
		return providers.Invalid("imei", fmt.Sprintf("imei has %d characters, not 14 to 16", n), "leave it out if the device has none")
	}
	for _, address := range c.IPAddresses {
		if _, err := netip.ParseAddr(address); err != nil {
			return providers.Invalid("ip_addresses", fmt.Sprintf("%q is not an IP address", providers.CleanText(address)), "write it like 192.0.2.10")
		}
	}
	return nil
}

var bin = providers.Pattern(`^[0-9]{6}$`)

func (c Config) checkPlace() error {
	if (c.Lat == nil) != (c.Lng == nil) {
		return providers.Invalid("lat", "lat and lng belong together", "set both or neither")
	}
	if c.Lat != nil && !(math.Abs(*c.Lat) <= 90) {
		return providers.Invalid("lat", "lat is not between -90 and 90", "write it like 52.37")
	}
	if c.Lng != nil && !(math.Abs(*c.Lng) <= 180) {
		return providers.Invalid("lng", "lng is not between -180 and 180", "write it like 4.89")
	}
	for _, option := range []struct{ field, value string }{{"from_bin", c.FromBin}, {"to_bin", c.ToBin}} {
		if option.value != "" && !bin(option.value) {
			return providers.Invalid(option.field, option.field+" is not exactly 6 digits", "the first 6 digits of the card number, no more")
		}
	}
	return nil
}

// Provider says that this is Payneteasy.
func (c *Client) Provider() providers.Provider { return providers.Payneteasy }
