// Package oxipay is a client of Oxipay's (later humm's) in-store interface:
// plain Go, usable without the rest of cashdesk. It signs requests, verifies
// replies, and gives every answer one meaning; what is not certain is unknown.
package oxipay

import (
	"crypto/rand"
	"io"
	"time"

	"cashdesk/providers"
)

// AuthoriseTimeout is the longest that a call which moves money may take, unless
// Config says otherwise: a bank stands behind the answer.
const AuthoriseTimeout = 75 * time.Second

// Config is what a client needs to know.
type Config struct {
	// HTTP is the way out. Its Timeout is the one of calls that move no money.
	HTTP providers.HTTPOptions
	// Authorise is the time-out of a sale, of a refund and of its undoing; 0
	// means AuthoriseTimeout.
	Authorise time.Duration

	Merchant string // x_merchant_id, 1 to 10 characters
	Device   string // x_device_id, 1 to 64 characters
	Firmware string // x_firmware_version, 1 to 64 characters
	Country  string // Australia or NewZealand

	// SigningKey gives the device signing key each time one is needed; empty
	// when none is held. It is a function so that no value of this type can
	// print the key.
	SigningKey func() string

	// Test accepts codes of unusual shapes (as the dummy interface needs) and
	// the published dummy key.
	Test bool
	// AcceptOtherCodes lets live mode send a code of an unusual shape, after
	// the warning that Order.AcceptOtherCode stands for.
	AcceptOtherCodes bool
	// MinFinanceMinor is the smallest amount that Oxipay finances, in cents; 0
	// means 1.
	MinFinanceMinor int64

	// Random makes the tokens of the tracking data; nil means crypto/rand.
	Random io.Reader
}

// Client is Oxipay as a providers.Gateway. It is safe for use by several
// goroutines when Config.Random and Config.SigningKey are.
type Client struct {
	config Config
	money  *providers.HTTP // for what moves money
	other  *providers.HTTP
}

var (
	_ providers.Gateway   = (*Client)(nil)
	_ providers.Refunder  = (*Client)(nil)
	_ providers.Registrar = (*Client)(nil)
	_ providers.Receipter = (*Client)(nil)
)

// New checks the configuration and makes a client; nothing is sent. Errors are
// *providers.Error of kind Input, their Field the name of the setting.
func New(c Config) (*Client, error) {
	var err error
	if c.Merchant, err = field("merchant_id", c.Merchant, maxMerchant); err != nil {
		return nil, err
	}
	if c.Device, err = field("device_id", c.Device, maxDevice); err != nil {
		return nil, err
	}
	if c.Firmware, err = field("firmware_version", c.Firmware, maxFirmware); err != nil {
		return nil, err
	}
	if _, served := currencies[c.Country]; !served {
		return nil, providers.Invalid("country", "Oxipay serves only AU and NZ", "set the country to AU or NZ")
	}
	if c.MinFinanceMinor < 0 || c.MinFinanceMinor > providers.MaxMinor {
		return nil, providers.Invalid("min_finance", "the smallest financed amount is out of range", "")
	}
	if c.Random == nil {
		c.Random = rand.Reader
	}
	client := &Client{config: c}
	if client.other, err = providers.NewHTTP(c.HTTP); err != nil {
		return nil, err
	}
	if c.HTTP.Timeout = c.Authorise; c.Authorise <= 0 {
		c.HTTP.Timeout = AuthoriseTimeout
	}
	if client.money, err = providers.NewHTTP(c.HTTP); err != nil {
		return nil, err
	}
	return client, nil
}

// Provider says that this is Oxipay.
func (c *Client) Provider() providers.Provider { return providers.Oxipay }

// currencies that each country's customers pay in.
var currencies = map[string]string{Australia: "AUD", NewZealand: "NZD"}

// published keys stand in the provider's documentation: whoever reads it can
// forge an approval signed with them.
var published = []string{"1234567890", "dy33vQhksVsv"}

func (c *Client) key() string { return providers.Secret(c.config.SigningKey) }
