// Package payneteasy asks a merchant group's own server (the Connecting
// Party's server) to begin a transfer at Payneteasy. It is plain Go and works
// without the rest of cashdesk.
//
// Beginning a transfer moves no money; the customer's device finishes it
// elsewhere. So the best answer to a beginning is HandedOver, and only the
// group's own result address, where there is one, tells of money.
//
// Sources: the seed page "Initiate transfer"; the provider's public sample
// server and clients for the calls before it; the result is defined by us.
package payneteasy

import (
	"fmt"
	"math"
	"net/netip"
	"sync"
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
	AskBins      bool     // an order may bring its own, as typed at the counter

	// AccessTokenURL gives out access tokens: GET answers one, which is held in
	// memory alone and AccessToken is not asked. Empty asks AccessToken.
	AccessTokenURL string
	// GetRateURL tells limits and commission, and makes a token known to the
	// server, which may begin transfers for no other. Empty asks nobody.
	GetRateURL string
	// ResultURL tells what became of a transfer, with {invoiceId} in it. Empty
	// follows none.
	ResultURL string

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
	// The calls at addresses of their own; without a way they are not made.
	tokens, rates, results call

	gate chan struct{} // held by whoever fetches a token or makes it known
	mu   sync.Mutex
	held pass // guarded by mu
}

var (
	_ providers.Gateway = (*Client)(nil)
	_ providers.Quoter  = (*Client)(nil)
	_ providers.Watcher = (*Client)(nil)
	_ providers.Choosy  = (*Client)(nil)
	_ providers.Asker   = (*Client)(nil)
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
	if err := checkResult(c.ResultURL); err != nil {
		return nil, err
	}
	way, err := providers.NewHTTP(c.HTTP)
	if err != nil {
		return nil, err
	}
	made := &Client{config: c, http: way, gate: make(chan struct{}, 1)}
	if made.tokens, err = newCall("access_token_url", c.AccessTokenURL, c.HTTP); err != nil {
		return nil, err
	}
	if made.rates, err = newCall("get_rate_url", c.GetRateURL, c.HTTP); err != nil {
		return nil, err
	}
	if made.results, err = newCall("result_url", c.ResultURL, c.HTTP); err != nil {
		return nil, err
	}
	return made, nil
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
		if err := providers.CheckBIN(option.field, option.value); err != nil {
			return err
		}
	}
	return nil
}

// Provider says that this is Payneteasy.
func (c *Client) Provider() providers.Provider { return providers.Payneteasy }
