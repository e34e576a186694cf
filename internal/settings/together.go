package settings

import (
	"fmt"
	"net/url"
	"path/filepath"
	"slices"
	"strings"

	"cashdesk/providers"
)

// together checks what only the whole file can say.
func (c *check) together() {
	c.s.OxaPay.Currencies = c.resolve("oxapay")
	c.s.XaiGate.Currencies = c.resolve("xaigate")
	c.s.Payneteasy.Currencies = c.resolve("payneteasy")
	c.coinsMeanOneThing()
	c.bothDegrees()
	if c.s.Mode == Live {
		c.live()
	}
	if c.s.Mode == Test {
		c.test()
	}
	c.handover()
	c.stillOff()
	fillPaths(c.s)
	if c.s.XaiGate.ShopName == "" {
		c.s.XaiGate.ShopName = c.s.Shop.Name
	}
	if c.at("paths.anchor") != nil && filepath.Dir(c.s.Paths.Anchor) == filepath.Dir(c.s.Paths.Journal) {
		c.wrong("paths.anchor", c.at("paths.anchor"), found(c.at("paths.anchor")), "a file in another folder than the journal", "who can cut the journal could cut the anchor too")
	}
}

// resolve finds the currencies of a provider's list; none means the shop's.
func (c *check) resolve(section string) []providers.Currency {
	names := c.currencies[section]
	if names == nil {
		names = []string{c.s.Shop.Currency.Code}
	}
	key := section + ".currencies"
	var list []providers.Currency
	for _, name := range names {
		currency, err := providers.ISO(name)
		if decimals, ok := c.s.OxaPay.Coins[name]; ok && section == "oxapay" {
			currency, err = providers.Currency{Code: name, Decimals: decimals}, nil
		}
		switch {
		case err != nil && section == "oxapay":
			c.wrong(key, c.at(key), "names "+providers.CleanText(name), "currencies of ISO 4217, and the coins under [oxapay.coins]", "write "+providers.CleanText(name)+" with its decimals under [oxapay.coins]")
		case err != nil:
			c.wrong(key, c.at(key), "names "+providers.CleanText(name), "currencies of ISO 4217, like EUR", "")
		case section == "payneteasy" && currency.Decimals != 2:
			c.wrong(key, c.at(key), "names "+currency.Code, "currencies with two decimals", "Payneteasy counts in hundredths")
		default:
			list = append(list, currency)
		}
	}
	return list
}

// coinsMeanOneThing refuses a coin with the name of a currency: its decimals
// would say how much money an amount is.
func (c *check) coinsMeanOneThing() {
	for name := range c.s.OxaPay.Coins {
		if _, err := providers.ISO(name); err == nil {
			c.wrong("oxapay.coins."+name, c.at("oxapay.coins").table[name], "is a currency of ISO 4217", "coins only", "its decimals are known already")
		}
	}
}

// bothDegrees checks that latitude and longitude are both there or both not.
func (c *check) bothDegrees() {
	lat, lng := c.at("payneteasy.latitude"), c.at("payneteasy.longitude")
	if lat != nil && lng == nil {
		c.wrong("payneteasy.latitude", lat, "stands alone", "latitude and longitude, or neither", "")
	}
	if lng != nil && lat == nil {
		c.wrong("payneteasy.longitude", lng, "stands alone", "latitude and longitude, or neither", "")
	}
}

// live refuses everything that is made for trying out.
func (c *check) live() {
	for _, section := range []string{"oxipay", "oxapay", "xaigate", "payneteasy"} {
		for _, key := range keys(section) {
			name := section + "." + key
			n := c.at(name)
			if n == nil {
				continue
			}
			v, _ := n.value.(string)
			u, err := url.Parse(v)
			if err != nil || u.Host == "" {
				continue
			}
			if providers.IsLoopback(u.Hostname()) {
				c.wrong(name, n, found(n), "in live mode no address of this machine", "the sandbox is for mode = \"test\"")
			}
			if key == "base_url" && forTrying(u) {
				c.wrong(name, n, found(n), "in live mode no test server", "take the provider's production address")
			}
		}
	}
	if n := c.at("oxipay.merchant_id"); n != nil && strings.EqualFold(c.s.Oxipay.MerchantID, "sandbox") {
		c.wrong("oxipay.merchant_id", n, found(n), "in live mode the shop's own number", "")
	}
}

// forTrying knows the dummy and sandbox servers in the providers'
// documentation.
func forTrying(u *url.URL) bool {
	host := strings.ToLower(u.Hostname())
	for _, prefix := range []string{"testpos.", "sandboxpos.", "integration-pos."} {
		if strings.HasPrefix(host, prefix) {
			return true
		}
	}
	return slices.Contains(strings.Split(strings.ToLower(u.Path), "/"), "test")
}

// test refuses Oxipay's production servers: every frame would say TEST while
// a customer is charged.
func (c *check) test() {
	n := c.at("oxipay.base_url")
	u, err := url.Parse(c.s.Oxipay.BaseURL)
	if n == nil || err != nil {
		return
	}
	if strings.HasPrefix(strings.ToLower(u.Hostname()), "pos.") && !forTrying(u) {
		c.wrong("oxipay.base_url", n, found(n), "in test mode no production server", "mode = \"live\" takes real money")
	}
}

// What a QR on 80×24 holds, in bytes: on the whole screen, and beside the rest
// of the page.
const (
	qrFull   = 106
	qrBeside = 78
)

// typicalIDs stand for the ids when the length of a hand-over link is judged: a
// nonce holds two characters that take three bytes each.
var typicalIDs = strings.NewReplacer(
	"{invoiceId}", strings.Repeat("i", 36), "{endpointId}", "11111",
	"{nonce}", strings.Repeat("n", 36)+"%5E%24", "{signature}", strings.Repeat("S", 40),
)

// HandoverLength is how long a hand-over link typically is, in bytes; 0 where
// none is shown.
func (p Payneteasy) HandoverLength() int { return len(typicalIDs.Replace(p.HandoverURL)) }

// HandoverTooLong says that no QR on 80×24 holds such a link.
func (p Payneteasy) HandoverTooLong() bool { return p.HandoverLength() > qrFull }

// HandoverFits says in words what a QR of such a link needs.
func (p Payneteasy) HandoverFits() string {
	n := p.HandoverLength()
	switch {
	case n == 0:
		return "is not set: the customer gets no QR to go on with"
	case p.HandoverTooLong():
		return fmt.Sprintf("gives links of about %d bytes: too long for a QR on 80×24, which holds %d on the whole screen", n, qrFull)
	case n > qrBeside:
		return fmt.Sprintf("gives links of about %d bytes: on 80×24 their QR takes the whole screen, which holds %d", n, qrFull)
	}
	return fmt.Sprintf("gives links of about %d bytes: a QR on 80×24 holds %d beside the page, %d on the whole screen", n, qrBeside, qrFull)
}

func (c *check) handover() {
	p := &c.s.Payneteasy
	if u, err := url.Parse(p.HandoverURL); err == nil && u.Hostname() != "" {
		host := strings.ToLower(u.Hostname())
		if !slices.Contains(p.LinkHosts, host) {
			p.LinkHosts = append(p.LinkHosts, host)
		}
	}
	if p.HandoverTooLong() {
		c.warn("payneteasy.handover_url", p.HandoverFits(), "keep them under 107 bytes, best with {invoiceId} alone")
	}
}

// stillOff warns about a provider whose section forgets to switch it on.
func (c *check) stillOff() {
	for _, p := range providers.All {
		if n := c.root.table[string(p)]; n != nil && n.table != nil && n.table["enabled"] == nil {
			c.warn(string(p), "is not enabled", "write enabled = true there to take payments with it")
		}
	}
}
