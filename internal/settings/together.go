package settings

import (
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

// maxHandover is what a full-screen QR on 80×24 holds, in bytes.
const maxHandover = 106

// typicalIDs stand for the ids when the length of a hand-over link is judged.
var typicalIDs = strings.NewReplacer(
	"{invoiceId}", strings.Repeat("i", 36), "{endpointId}", "11111",
	"{nonce}", strings.Repeat("n", 36), "{signature}", strings.Repeat("S", 40),
)

func (c *check) handover() {
	link := c.s.Payneteasy.HandoverURL
	if u, err := url.Parse(link); err == nil && u.Hostname() != "" {
		host := strings.ToLower(u.Hostname())
		if !slices.Contains(c.s.Payneteasy.LinkHosts, host) {
			c.s.Payneteasy.LinkHosts = append(c.s.Payneteasy.LinkHosts, host)
		}
	}
	if n := len(typicalIDs.Replace(link)); n > maxHandover {
		c.warn("payneteasy.handover_url", "gives links that are too long for a QR on 80×24", "keep them under 107 bytes, best with {invoiceId} alone")
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
