package settings

import (
	"maps"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"

	// A shop's Windows computer has no time zones of its own for Go to read.
	_ "time/tzdata"

	"cashdesk/providers"
)

func proxy() value {
	return text(func(s *Settings) *string { return &s.Proxy }, "http://, https:// or socks5:// with host and port, without a password", func(v string) bool {
		u, err := url.Parse(v)
		return err == nil && u.Host != "" && u.User == nil && visible(v) && slices.Contains([]string{"http", "https", "socks5"}, u.Scheme)
	})
}

func timeZone() value {
	return of(`"Local" or a name like "Australia/Sydney"`, func(c *check, v string) bool {
		zone, err := time.LoadLocation(v)
		c.s.Shop.TimeZone = zone
		return err == nil && v != ""
	})
}

func shopCurrency() value {
	return of("a currency of ISO 4217, like \"AUD\" or \"NZD\"", func(c *check, v string) bool {
		currency, err := providers.ISO(v)
		if err != nil {
			// Amounts are still read, so that they report only their own mistakes.
			currency, _ = providers.ISO("AUD")
		}
		c.s.Shop.Currency = currency
		return err == nil
	})
}

func isPrefix(v string) bool {
	if v == "" || len(v) > 8 || strings.IndexFunc(v, func(r rune) bool { return r <= ' ' || r > '~' }) >= 0 {
		return false
	}
	// A digit or a letter could be the beginning of an amount, a code or a search.
	return !only(1, 1, "", true)(v[:1])
}

// names is a list of currencies; what they mean is decided once the whole
// file is read, since a coin may be defined below.
func names(section string) value {
	return of(`a list: currencies, like ["AUD"]`, func(c *check, list []any) bool {
		var out []string
		for _, item := range list {
			name, ok := item.(string)
			if !ok || name == "" || slices.Contains(out, name) {
				return false
			}
			out = append(out, name)
		}
		c.currencies[section] = out
		return len(out) > 0
	})
}

func feePaidByPayer() value {
	return of("true or false", func(c *check, v bool) bool {
		c.s.OxaPay.FeePaidByPayer = &v
		return true
	})
}

func hosts(field func(*Settings) *[]string) value {
	return texts(field, `host names in lower case, like ["pay.example.com"]`, hostName)
}

func degrees(most float64, field func(*Location) *float64) value {
	return number(func(s *Settings) *float64 {
		if s.Payneteasy.Location == nil {
			s.Payneteasy.Location = &Location{}
		}
		return field(s.Payneteasy.Location)
	}, -most, most)
}

var (
	coinName    = providers.Pattern(`^[A-Z0-9]{2,10}$`)
	placeholder = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`\{[^{}]*\}`) })
)

// coins is a table of its own: coin → decimals.
func coins() value {
	const allowed = "a table of coins, each with its decimals, 0 to 8: USDT = 6"
	return value{allowed: allowed, put: func(c *check, n *node) bool {
		if n.table == nil {
			return false
		}
		c.s.OxaPay.Coins = map[string]int{}
		for _, name := range slices.Sorted(maps.Keys(n.table)) {
			decimals, ok := n.table[name].value.(int64)
			if !ok || decimals < 0 || decimals > 8 || !coinName(name) {
				c.wrong("oxapay.coins."+name, n.table[name], found(n.table[name]), "capital letters and digits, with 0 to 8 decimals, like USDT = 6", "")
				continue
			}
			c.s.OxaPay.Coins[name] = int(decimals)
		}
		return true
	}}
}

// template is an address with placeholders, the first of which must be there.
func template(field func(*Settings) *string, known ...string) value {
	allowed := "https://… with " + known[0]
	if len(known) > 1 {
		allowed += ", and " + strings.Join(known[1:], " ") + " if need be"
	}
	return text(field, allowed, func(v string) bool {
		for _, p := range placeholder().FindAllString(v, -1) {
			if !slices.Contains(known, p) {
				return false
			}
		}
		return strings.Contains(v, known[0]) && isWeb(placeholder().ReplaceAllString(v, "x"))
	})
}
