package settings

import (
	"fmt"
	"net/mail"
	"net/netip"
	"net/url"
	"path/filepath"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/shopspring/decimal"

	"cashdesk/providers"
)

// value is what one setting may be, and where it goes.
type value struct {
	allowed string
	put     func(c *check, n *node) bool // false: the value is not allowed
}

// of makes a value of TOML type T; anything else is not allowed.
func of[T any](allowed string, put func(c *check, v T) bool) value {
	return value{allowed: allowed, put: func(c *check, n *node) bool {
		v, ok := n.value.(T)
		return ok && put(c, v)
	}}
}

func text(field func(*Settings) *string, allowed string, ok func(string) bool) value {
	return of(allowed, func(c *check, v string) bool {
		*field(c.s) = v
		return ok(v)
	})
}

func toggle(field func(*Settings) *bool) value {
	return of("true or false", func(c *check, v bool) bool {
		*field(c.s) = v
		return true
	})
}

func choice(field func(*Settings) *string, words ...string) value {
	allowed := `"` + strings.Join(words[:len(words)-1], `", "`) + `" or "` + words[len(words)-1] + `"`
	return text(field, allowed, func(v string) bool {
		for _, w := range words {
			if v == w {
				return true
			}
		}
		return false
	})
}

// span is a duration as people write it, within bounds, in whole steps.
func span(field func(*Settings) *time.Duration, least, most, step time.Duration) value {
	allowed := fmt.Sprintf("%s to %s, with its unit, like %q", short(least), short(most), short(least))
	return of(allowed, func(c *check, v string) bool {
		d, err := time.ParseDuration(v)
		*field(c.s) = d
		return err == nil && d >= least && d <= most && d%step == 0
	})
}

// days is a number of days, within bounds.
func days(field func(*Settings) *time.Duration, least, most int) value {
	return of(fmt.Sprintf("%dd to %dd, in days, like \"90d\"", least, most), func(c *check, v string) bool {
		d, ok := Days(v)
		*field(c.s) = d
		return ok && d >= time.Duration(least)*day && d <= time.Duration(most)*day
	})
}

const day = 24 * time.Hour

// Days reads a number of days as people write it, "90d"; at most four digits.
func Days(text string) (time.Duration, bool) {
	digits, ok := strings.CutSuffix(text, "d")
	n, err := strconv.ParseUint(digits, 10, 16)
	return time.Duration(n) * day, ok && err == nil && n > 0 && n <= 9999
}

// short writes a duration without the zeros that Go adds: "10m", not "10m0s".
func short(d time.Duration) string {
	t := d.String()
	if strings.HasSuffix(t, "m0s") {
		t = strings.TrimSuffix(t, "0s")
	}
	if strings.HasSuffix(t, "h0m") {
		t = strings.TrimSuffix(t, "0m")
	}
	return t
}

// money is an amount in the shop's currency, which stands before it in the table.
func money(field func(*Settings) *providers.Amount, zero bool) value {
	allowed := `an amount in quotes, like "20.00"`
	if zero {
		allowed += `; "0" for none`
	}
	return of(allowed, func(c *check, v string) bool {
		a, err := providers.ParseAmount(v, c.s.Shop.Currency)
		*field(c.s) = a
		return err == nil && (zero || a.Minor > 0)
	})
}

// texts is a list of texts, each of them checked.
func texts(field func(*Settings) *[]string, allowed string, ok func(string) bool) value {
	return of("a list: "+allowed, func(c *check, list []any) bool {
		out := make([]string, 0, len(list))
		for _, item := range list {
			v, is := item.(string)
			if !is || !ok(v) {
				return false
			}
			out = append(out, v)
		}
		*field(c.s) = out
		return true
	})
}

// command is a program with its arguments, as a list: no shell takes it apart.
func command(field func(*Settings) *[]string) value {
	list := texts(field, `a program and its arguments, like ["lp", "-d", "counter"]`, visible)
	return value{allowed: list.allowed, put: func(c *check, n *node) bool {
		return list.put(c, n) && len(*field(c.s)) > 0 && (*field(c.s))[0] != ""
	}}
}

// number is a decimal number within bounds; a whole one may be written too.
func number(field func(*Settings) *float64, least, most float64) value {
	return value{allowed: fmt.Sprintf("a number from %g to %g", least, most), put: func(c *check, n *node) bool {
		var v float64
		switch raw := n.value.(type) {
		case float64:
			v = raw
		case int64:
			v = float64(raw)
		default:
			return false
		}
		*field(c.s) = v
		return v >= least && v <= most
	}}
}

func path(field func(*Settings) *string) value {
	return of("a path; ~/ is your home folder", func(c *check, v string) bool {
		if v == "" || strings.ContainsRune(v, 0) {
			return false
		}
		v = home(v)
		if !filepath.IsAbs(v) {
			v = filepath.Join(filepath.Dir(c.file), v)
		}
		abs, err := filepath.Abs(v)
		*field(c.s) = abs
		return err == nil
	})
}

// base is a provider's base URL.
func base(field func(*Settings) *string) value {
	return of("https://host/path; http:// for 127.0.0.1 and localhost only", func(c *check, v string) bool {
		u, err := providers.CheckBase(v)
		*field(c.s) = u
		return err == nil
	})
}

// web is any other address.
func web(field func(*Settings) *string) value {
	return text(field, "https://…; http:// for 127.0.0.1 and localhost only", func(v string) bool {
		return isWeb(v)
	})
}

func isWeb(v string) bool {
	u, err := url.Parse(v)
	if err != nil || u.Host == "" || u.User != nil || len(v) > providers.MaxLink || !visible(v) || strings.ContainsAny(v, " {}") {
		return false
	}
	return u.Scheme == "https" || u.Scheme == "http" && providers.IsLoopback(u.Hostname())
}

func length(least, most int) (string, func(string) bool) {
	return fmt.Sprintf("text of %d to %d characters", least, most), func(v string) bool {
		n := utf8.RuneCountInString(v)
		return n >= least && n <= most && visible(v)
	}
}

func visible(v string) bool {
	return utf8.ValidString(v) && strings.IndexFunc(v, func(r rune) bool { return !unicode.IsPrint(r) }) < 0
}

func plain(least, most int) (string, func(string) bool) {
	return fmt.Sprintf("%d to %d letters, digits and -._", least, most), only(least, most, "-._", true)
}

func digits(least, most int) (string, func(string) bool) {
	allowed := fmt.Sprintf("%d digits", least)
	if most > least {
		allowed = fmt.Sprintf("%d to %d digits", least, most)
	}
	return allowed, only(least, most, "", false)
}

// only says whether a text has so many characters, all of them digits, letters
// where those are allowed, or of others. A regexp would be shorter to write; a
// few dozen of them cost more than the first frame.
func only(least, most int, others string, letters bool) func(string) bool {
	return func(v string) bool {
		return len(v) >= least && len(v) <= most && strings.IndexFunc(v, func(r rune) bool {
			digit := r >= '0' && r <= '9'
			letter := letters && (r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z')
			return !digit && !letter && !strings.ContainsRune(others, r)
		}) < 0
	}
}

func isEmail(v string) bool {
	a, err := mail.ParseAddress(v)
	return err == nil && a.Address == v && len(v) <= 254
}

var hostName = providers.Pattern(`^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$`)

func isIPv4(v string) bool {
	a, err := netip.ParseAddr(v)
	return err == nil && a.Is4()
}

var twoDecimals = providers.Pattern(`^[0-9]{1,2}(\.[0-9]{1,2})?$`)

func isPerCent(v string) bool {
	d, err := decimal.NewFromString(v)
	return err == nil && twoDecimals(v) && d.LessThanOrEqual(decimal.NewFromInt(60))
}
