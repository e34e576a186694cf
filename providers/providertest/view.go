package providertest

import (
	"fmt"
	"math/big"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"cashdesk/providers"
)

// Ambiguous says that an object in the value has a name twice, in whatever
// case: two readers could see two different answers in it.
func (n Node) Ambiguous() bool {
	var names []string
	for _, f := range n.Fields {
		name := f.Says()
		if f.Value.Ambiguous() || slices.ContainsFunc(names, func(other string) bool { return strings.EqualFold(name, other) }) {
			return true
		}
		names = append(names, name)
	}
	return slices.ContainsFunc(n.Items, Node.Ambiguous)
}

// Field is the value of a name in whatever case; null where there is none.
func (n Node) Field(name string) Node {
	for _, f := range n.Fields {
		if strings.EqualFold(f.Says(), name) {
			return f.Value
		}
	}
	return Node{Kind: 'n', Raw: "null"}
}

// Object reads a body that is one object in which no name stands twice.
func Object(body []byte) (Node, bool) {
	n, err := ReadTree(body)
	return n, err == nil && n.Kind == '{' && !n.Ambiguous()
}

// Texts reads fields that must be texts, and says whether they all are; null is
// empty.
func (n Node) Texts(names ...string) (map[string]string, bool) {
	return n.read(names, false)
}

// Loose is Texts for fields that may be numbers as well; spaces around them are
// dropped.
func (n Node) Loose(names ...string) (map[string]string, bool) {
	return n.read(names, true)
}

func (n Node) read(names []string, numbers bool) (map[string]string, bool) {
	values, fine := map[string]string{}, true
	for _, name := range names {
		v := n.Field(name)
		text, ok := v.Text()
		switch {
		case ok && numbers:
			text = strings.TrimSpace(text)
		case ok || v.Kind == 'n':
		case numbers && v.Kind == '0':
			text = v.Raw
		default:
			fine = false
		}
		values[name] = text
	}
	return values, fine
}

// Rat is a decimal of at most 40 digits before and behind the point, however it
// is written, with an exponent of at most two digits; nil for anything else.
func Rat(text string) *big.Rat {
	mantissa, exponent, scaled := strings.Cut(strings.ToLower(text), "e")
	whole, fraction, point := strings.Cut(strings.TrimPrefix(mantissa, "-"), ".")
	number := func(s string, most int) bool {
		return len(s) >= 1 && len(s) <= most && strings.Trim(s, "0123456789") == ""
	}
	unsigned := exponent
	if exponent != "" && (exponent[0] == '+' || exponent[0] == '-') {
		unsigned = exponent[1:]
	}
	if !number(whole, 40) || point && !number(fraction, 40) || scaled && !number(unsigned, 2) {
		return nil
	}
	tens := -len(fraction)
	if scaled {
		n, _ := strconv.Atoi(exponent) // a sign and two digits at most
		tens += n
	}
	digits := max(1, len(strings.TrimLeft(whole+fraction, "0")))
	r, ok := new(big.Rat).SetString(text)
	if !ok || tens < -40 || digits+tens > 40 {
		return nil
	}
	return r
}

// Same says that both are decimals, and equal.
func Same(a, b string) bool {
	x, y := Rat(a), Rat(b)
	return x != nil && y != nil && x.Cmp(y) == 0
}

// MayShow says that a link keeps the rules: https, at most 2,048 bytes, nothing
// but visible ASCII, nobody's name in it, its host on the list.
func MayShow(link string, hosts ...string) bool {
	if len(link) > 2048 || strings.ContainsFunc(link, func(r rune) bool { return r < '!' || r > '~' }) {
		return false
	}
	scheme, rest, ok := strings.Cut(link, "://")
	authority := rest
	if end := strings.IndexAny(rest, "/?#"); end >= 0 {
		authority = rest[:end]
	}
	host, port, _ := strings.Cut(authority, ":")
	return ok && strings.EqualFold(scheme, "https") && strings.Trim(port, "0123456789") == "" &&
		slices.Contains(hosts, strings.ToLower(host))
}

// Unfit says what is wrong with an answer whatever was asked; empty when
// nothing is.
func Unfit(a providers.Answer, secrets ...string) string {
	if a.Reason != providers.NoReason && !slices.Contains(providers.Reasons(), a.Reason) {
		return "a reason that nobody knows"
	}
	if a.State == providers.Unknown && a.Reason == providers.NoReason {
		return "not known, and no reason"
	}
	for _, text := range []string{a.Code, a.Message, a.ProviderRef, a.Link, a.Received, a.Shortfall, a.CommissionMin, a.CommissionMax} {
		if len(text) > 2048 {
			return fmt.Sprintf("a text of %d bytes", len(text))
		}
		if strings.ContainsFunc(text, func(r rune) bool { return unicode.In(r, unicode.Cc, unicode.Cf) || r == '\ufffd' }) {
			return fmt.Sprintf("a text that moves the cursor: %q", text)
		}
		for _, secret := range secrets {
			if strings.Contains(strings.ToLower(text), strings.ToLower(secret)) {
				return fmt.Sprintf("a secret in %q", text)
			}
		}
	}
	// The journal keeps nanoseconds, which end in 2262.
	for _, at := range []time.Time{a.ExpiresAt, a.ServerDate} {
		if !at.IsZero() && (at.Year() < 2001 || at.Year() > 2201) {
			return "a time that no clock of this century shows: " + at.String()
		}
	}
	return ""
}
