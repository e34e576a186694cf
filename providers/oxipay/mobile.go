package oxipay

import (
	"fmt"
	"strings"

	"cashdesk/providers"
)

// Countries that Oxipay serves, as Config.Country names them.
const (
	Australia  = "AU"
	NewZealand = "NZ"
)

// land is how a country writes its numbers. Lengths count the digits of the
// national form.
type land struct {
	calling           string // 61 of +61
	adjective         string
	first             string // what every mobile begins with
	shortest, longest int    // of a mobile that Oxipay takes
	like              string // an example
	areas             string // the second digits of landlines
	landline          int    // the length of a landline
}

var lands = map[string]land{
	Australia: {calling: "61", adjective: "an Australian", first: "04", shortest: 10, longest: 10,
		like: "0412 345 678", areas: "2378", landline: 10},
	NewZealand: {calling: "64", adjective: "a New Zealand", first: "02", shortest: 9, longest: 10,
		like: "021 234 567", areas: "34679", landline: 9},
}

// mobileRange is a block of mobile numbers: all of so many digits, in the
// national form, whose beginning is between from and to, both included.
type mobileRange struct {
	from, to string // of one length
	digits   int
}

func (r mobileRange) holds(national string) bool {
	if len(national) != r.digits {
		return false
	}
	head := national[:len(r.from)]
	return r.from <= head && head <= r.to
}

// NationalMobile converts a mobile number as people write it (+61 4…, 0061 4…,
// spaces, dashes, brackets) to the national form that Oxipay takes, and takes
// only what is one: a number in a block that the country has given to mobiles.
// A New Zealand number of 11 digits exists, but the provider's field holds 10:
// it is refused, never cut. Errors are of kind Input and never repeat the number.
func NationalMobile(country, text string) (string, error) {
	l, served := lands[country]
	if !served {
		return "", providers.Invalid("country", "Oxipay serves only AU and NZ", "")
	}
	digits, err := mobileDigits(text)
	if err != nil {
		return "", err
	}
	national, ours := l.national(digits)
	if !ours {
		return "", providers.Invalid("mobile", "this number is from another country",
			"Oxipay's SMS needs "+l.adjective+" mobile; the customer can also make a code in the Oxipay app")
	}
	for _, r := range mobileRanges[country] {
		switch {
		case !r.holds(national):
		case len(national) > maxMobile:
			return "", providers.Invalid("mobile", fmt.Sprintf("Oxipay's field takes %d digits, and this number has %d", maxMobile, len(national)),
				"ask for another mobile number, or let the customer make a code in the Oxipay app")
		default:
			return national, nil
		}
	}
	return "", l.noMobile(national)
}

// national turns +61 4…, 0061 4…, 61 4… and +61 (0)4… into 04…; ours is false
// for the number of another country. 0011 is how Australia dials abroad.
func (l land) national(digits string) (national string, ours bool) {
	rest, abroad := fromAbroad(digits)
	rest, called := strings.CutPrefix(rest, l.calling)
	// Without a plus it is the country's only where a whole mobile follows: a
	// landline without its area begins with any digit.
	bare := strings.HasPrefix("0"+rest, l.first) && len(digits) > l.shortest
	if called && (abroad || bare) {
		return "0" + strings.TrimPrefix(rest, "0"), true
	}
	return digits, !abroad
}

// fromAbroad takes off what dials another country. No country's code begins with
// 0: 000 is Australia's emergency number.
func fromAbroad(digits string) (rest string, abroad bool) {
	for _, prefix := range []string{"+", "0011", "00"} {
		if rest, found := strings.CutPrefix(digits, prefix); found && !strings.HasPrefix(rest, "0") {
			return rest, true
		}
	}
	return digits, false
}

// noMobile says what a number is instead, as far as its shape tells.
func (l land) noMobile(national string) error {
	n, begins := len(national), strings.HasPrefix(national, l.first)
	switch {
	case begins && l.shortest <= n && n <= l.longest:
		return providers.Invalid("mobile", "no mobile number of this country begins with these digits", "check the number with the customer")
	case begins:
		return providers.Invalid("mobile", fmt.Sprintf("%s mobile has %s digits, not %d", l.adjective, l.lengths(), n), "write it like "+l.like)
	case n == l.landline && national[0] == '0' && strings.IndexByte(l.areas, national[1]) >= 0:
		return providers.Invalid("mobile", "this is a landline, and Oxipay's SMS needs a mobile", "ask for the customer's mobile number")
	}
	return providers.Invalid("mobile", "this is not "+l.adjective+" mobile number", "write it like "+l.like)
}

func (l land) lengths() string {
	if l.shortest == l.longest {
		return fmt.Sprint(l.longest)
	}
	return fmt.Sprintf("%d or %d", l.shortest, l.longest)
}

// mobileDigits drops what people put between digits; a plus may lead.
func mobileDigits(text string) (string, error) {
	var b strings.Builder
	for _, r := range strings.TrimSpace(text) {
		switch {
		case isDigit(r), r == '+' && b.Len() == 0:
			b.WriteRune(r)
		case strings.ContainsRune(" -().\u00a0", r):
		default:
			return "", providers.Invalid("mobile", "a mobile number has only digits", "type the digits; +, spaces and dashes are fine")
		}
	}
	if strings.TrimPrefix(b.String(), "+") == "" {
		return "", providers.Invalid("mobile", "there is no mobile number yet", "type the customer's mobile number")
	}
	return b.String(), nil
}
