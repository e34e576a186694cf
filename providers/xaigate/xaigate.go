// Package xaigate is a client for XaiGate's crypto invoices: create an invoice
// and follow it. It is plain Go and works without the rest of cashdesk.
//
// The API key can also withdraw funds. It goes into the body of a request and
// nowhere else: not into an error, a message, a record or an answer.
//
// Sources: the seed page "Create Invoice" and the provider's documentation of
// the invoice's statuses.
package xaigate

import "cashdesk/providers"

// KeyAPI names the API key in the keystore and in records.
const KeyAPI = "xaigate.api_key"

// Config is everything that can be chosen. Only APIKey and LinkHosts are
// required; an option left empty is left out of the request.
type Config struct {
	// HTTP is the way out. Its Base names the server, and there is no default.
	HTTP providers.HTTPOptions
	// APIKey gives the API key each time it is needed; empty when none is held.
	// It is a function so that no value of this type can print it.
	APIKey func() string
	// LinkHosts are the hosts that a payUrl may have, in lower case.
	LinkHosts []string
	// Test accepts a payUrl on this machine, and the key published on the seed
	// page.
	Test bool

	// Currencies are those in which prices may be written; empty is USD and
	// EUR, the two on the seed page.
	Currencies []string
	// Email is the shop's own address, sent when the order has none.
	Email string
	// ShopName is shown to the customer.
	ShopName string
	// Description is sent when the order has none.
	Description string
	// SuccessURL, FailURL and NotifyURL are absolute http or https addresses.
	SuccessURL, FailURL, NotifyURL string
}

// Client speaks to XaiGate. It is safe for use by several goroutines.
type Client struct {
	config Config
	http   *providers.HTTP
}

var (
	_ providers.Gateway  = (*Client)(nil)
	_ providers.Watcher  = (*Client)(nil)
	_ providers.Notified = (*Client)(nil)
)

// New checks the configuration and makes a client; nothing is sent. Every
// error is a *providers.Error of kind Input with the setting in Field.
func New(c Config) (*Client, error) {
	if len(c.Currencies) == 0 {
		c.Currencies = []string{"USD", "EUR"}
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

func (c Config) check() error {
	for _, link := range [][2]string{{"success_url", c.SuccessURL}, {"fail_url", c.FailURL}, {"notify_url", c.NotifyURL}} {
		if err := providers.CheckWebURL(link[0], link[1]); err != nil {
			return err
		}
	}
	for _, code := range c.Currencies {
		if _, err := providers.ISO(code); err != nil {
			return err
		}
	}
	if c.Email == "" {
		return nil
	}
	return providers.CheckEmail(c.Email)
}

// published is the key on the seed page: everybody has it.
const published = "fdda9f03-6409-43eb-a6ef-e1f6cea71c2e"

// apiKey gives the key, or why there is none to use.
func (c *Client) apiKey() (string, error) {
	key := providers.Secret(c.config.APIKey)
	switch {
	case key == "":
		return "", providers.KeyTrouble(KeyAPI, "XaiGate's API key is missing")
	case key == published && !c.config.Test:
		return "", providers.KeyTrouble(KeyAPI, "XaiGate's API key is the published sample; nothing paid with it would arrive")
	}
	return key, nil
}

// Provider says that this is XaiGate.
func (c *Client) Provider() providers.Provider { return providers.XaiGate }
