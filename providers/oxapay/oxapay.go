// Package oxapay is a client for OxaPay's crypto invoices over either of its
// APIs, the older one and v1: create an invoice, follow it, look it up when the
// answer to its creation was lost (the older API only), list the coins that the
// merchant takes, and read what OxaPay reports by itself. It is plain Go and
// works without the rest of cashdesk.
//
// Sources: the seed page "Creating an Invoice" and the provider's documentation
// of both APIs, the result codes and the callbacks.
package oxapay

import (
	"fmt"
	"strings"
	"sync/atomic"

	"cashdesk/providers"
)

// KeyMerchant names the merchant API key in the keystore and in records.
const KeyMerchant = "oxapay.merchant_key"

// API is one of the two ways to ask OxaPay for the same job, by the name that
// its documentation gives it.
type API string

// The two APIs.
const (
	// Legacy is the older one, of the seed page: the key in the body, a result
	// code in every answer, and a list in which an invoice is found by its order.
	Legacy API = "legacy"
	// V1 is the newer one: the key in a header, an envelope around every answer,
	// and no way to find an invoice by its order.
	V1 API = "v1"
)

// Config is everything that can be chosen. Only MerchantKey and LinkHosts are
// required; every option left empty is left out of the request, and the
// merchant's own setting at the provider counts.
type Config struct {
	// HTTP is the way out. Its Base names the server, and there is no default.
	HTTP providers.HTTPOptions
	// API makes the invoices; Legacy when empty. An invoice that the other one
	// made is followed all the same.
	API API
	// MerchantKey gives the merchant API key each time it is needed; empty when
	// none is held. It is a function so that no value of this type can print it.
	MerchantKey func() string
	// LinkHosts are the hosts that a payLink may have, in lower case.
	LinkHosts []string
	// Test accepts a payLink on this machine, and the provider's own test key;
	// over v1 every invoice is then one for trying out.
	Test bool

	// UnderPaidCover is the part of the price, in per cent, that may be
	// missing: decimal text, 0 to 60.00. It is always sent, as 0 when empty,
	// since the merchant's own setting could call 40 % of a price paid.
	UnderPaidCover string
	// FeePaidByPayer says who pays OxaPay's fee: true the customer, false the
	// shop, nil as the merchant set it at the provider.
	FeePaidByPayer *bool
	// LifeTime is how long an invoice can be paid, in minutes, 15 to 2880; 0
	// leaves it to the provider (60).
	LifeTime int
	// CallbackURL and ReturnURL are absolute http or https addresses.
	CallbackURL, ReturnURL string
	// Email is sent for the provider's reports when the order has none.
	Email string
	// Description is sent when the order has none.
	Description string
	// Coins are the symbols in which prices may be written beside the
	// currencies of ISO 4217, each with its number of decimals, 0 to 8.
	Coins map[string]int
}

// Client speaks to OxaPay. It is safe for use by several goroutines.
type Client struct {
	config Config
	http   *providers.HTTP
	coins  atomic.Pointer[[]string] // what Accepted gave last; nil before
}

var (
	_ providers.Gateway  = (*Client)(nil)
	_ providers.Watcher  = (*Client)(nil)
	_ providers.Finder   = (*Client)(nil)
	_ providers.Losing   = (*Client)(nil)
	_ providers.Lister   = (*Client)(nil)
	_ providers.Notified = (*Client)(nil)
)

// New checks the configuration and makes a client; nothing is sent. Every
// error is a *providers.Error of kind Input with the setting in Field.
func New(c Config) (*Client, error) {
	if c.API == "" {
		c.API = Legacy
	}
	if err := c.check(); err != nil {
		return nil, err
	}
	way, err := providers.NewHTTP(c.HTTP)
	if err != nil {
		return nil, err
	}
	return &Client{config: c, http: way}, nil
}

var coverShape = providers.Pattern(`^[0-9]{1,2}(\.[0-9]{1,2})?$`)

func (c Config) check() error {
	if c.API != Legacy && c.API != V1 {
		return providers.Invalid("api", fmt.Sprintf("api %q is none of OxaPay's", c.API), `"legacy" or "v1"`)
	}
	if c.UnderPaidCover != "" {
		cover, ok := providers.Number(c.UnderPaidCover).Decimal()
		if !ok || !coverShape(c.UnderPaidCover) || cover.IntPart() > 60 || cover.IntPart() == 60 && !cover.IsInteger() {
			return providers.Invalid("under_paid_cover", fmt.Sprintf("under_paid_cover %q is not between 0 and 60.00 per cent", c.UnderPaidCover), "write it like 2.5")
		}
	}
	if c.LifeTime != 0 && (c.LifeTime < 15 || c.LifeTime > 2880) {
		return providers.Invalid("life_time", fmt.Sprintf("life_time of %d minutes is not between 15 and 2880", c.LifeTime), "0 leaves it to OxaPay (60)")
	}
	for _, link := range [][2]string{{"callback_url", c.CallbackURL}, {"return_url", c.ReturnURL}} {
		if err := providers.CheckWebURL(link[0], link[1]); err != nil {
			return err
		}
	}
	for symbol, decimals := range c.Coins {
		if symbol == "" || decimals < 0 || decimals > 8 {
			return providers.Invalid("coins", fmt.Sprintf("the coin %q cannot have %d decimals", symbol, decimals), "0 to 8 decimals")
		}
	}
	if c.Email == "" {
		return nil
	}
	return providers.CheckEmail(c.Email)
}

// testKey is the provider's own test key: invoices made with it bring nothing.
const testKey = "sandbox"

// merchantKey gives the key, or why there is none to use.
func (c *Client) merchantKey() (string, error) {
	key := providers.Secret(c.config.MerchantKey)
	switch {
	case key == "":
		return "", providers.KeyTrouble(KeyMerchant, "OxaPay's merchant key is missing")
	case key == testKey && !c.config.Test:
		return "", providers.KeyTrouble(KeyMerchant, "OxaPay's merchant key is the one for tests; nothing paid with it would arrive")
	case !inHeader(key):
		return "", providers.KeyTrouble(KeyMerchant, "OxaPay's merchant key has characters that cannot be sent")
	}
	return key, nil
}

// inHeader says that a text can be the value of an HTTP header.
func inHeader(text string) bool {
	return strings.IndexFunc(text, func(r rune) bool { return r < ' ' || r > '~' }) < 0
}

// Provider says that this is OxaPay.
func (c *Client) Provider() providers.Provider { return providers.OxaPay }
