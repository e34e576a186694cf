package oxipay

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"cashdesk/providers"
)

const (
	codeDigits   = 6
	maxOtherCode = 64
)

// CheckCode looks at a pre-approval code as scanned or typed. usual says that
// it has the documented shape: 6 digits, or 6199 and 6 digits. Any other code
// of up to 64 letters and digits is not usual and may be sent only after a
// warning; everything else is an error of kind Input.
func CheckCode(text string) (usual bool, err error) {
	code := strings.TrimSpace(text)
	switch {
	case code == "":
		return false, providers.Invalid("code", "there is no code yet", "scan the customer's code or type its 6 digits")
	case !all(code, isAlphanumeric):
		return false, providers.Invalid("code", "a code has only letters and digits", "scan it again or type its 6 digits")
	case len(code) > maxOtherCode:
		return false, providers.Invalid("code", fmt.Sprintf("the code is longer than %d characters", maxOtherCode), "scan it again or type its 6 digits")
	}
	bare := providers.BareCode(code)
	return len(bare) == codeDigits && all(bare, isDigit), nil
}

// Countries that Oxipay serves, as Config.Country names them.
const (
	Australia  = "AU"
	NewZealand = "NZ"
)

// NationalMobile converts a mobile number as people write it (+61 4…, spaces,
// dashes, brackets) to the national form that Oxipay takes: 04 and 8 digits in
// Australia, 02 and 7 or 8 digits in New Zealand. A New Zealand number of 11
// digits exists, but the provider's field holds 10: it is refused, never cut.
// Errors are of kind Input and never repeat the number.
func NationalMobile(country, text string) (string, error) {
	digits, err := mobileDigits(text)
	if err != nil {
		return "", err
	}
	switch country {
	case Australia:
		national := withoutCountry(digits, "61", "4")
		if strings.HasPrefix(national, "04") && len(national) == 10 {
			return national, nil
		}
		return "", providers.Invalid("mobile", "this is not an Australian mobile number", "write it like 0412 345 678")
	case NewZealand:
		national := withoutCountry(digits, "64", "2")
		switch {
		case !strings.HasPrefix(national, "02"):
		case len(national) == 9 || len(national) == 10:
			return national, nil
		case len(national) == 11:
			return "", providers.Invalid("mobile", "Oxipay cannot send an SMS to a number of 11 digits",
				"ask for another mobile number, or let the customer make a code in the Oxipay app")
		}
		return "", providers.Invalid("mobile", "this is not a New Zealand mobile number", "write it like 021 234 567")
	}
	return "", providers.Invalid("country", "Oxipay serves only AU and NZ", "")
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
	if b.Len() == 0 {
		return "", providers.Invalid("mobile", "there is no mobile number yet", "type the customer's mobile number")
	}
	return b.String(), nil
}

// withoutCountry turns +61 4…, 61 4… and +61 (0)4… into 04…. A number with
// another country's plus stays as it is, and so fits no rule.
func withoutCountry(digits, country, first string) string {
	rest, found := strings.CutPrefix(strings.TrimPrefix(digits, "+"), country)
	if rest = strings.TrimPrefix(rest, "0"); found && strings.HasPrefix(rest, first) {
		return "0" + rest
	}
	return digits
}

// field trims a value and checks it before it is signed: a server that cuts a
// long one would sign the cut value and call ours a mismatch.
func field(name, text string, longest int) (string, error) {
	text = strings.TrimSpace(text)
	words := strings.ReplaceAll(name, "_", " ")
	switch {
	case text == "":
		return "", providers.Invalid(name, "the "+words+" is missing", "Oxipay does not accept a request without it")
	case !utf8.ValidString(text) || strings.ContainsFunc(text, unicode.IsControl):
		return "", providers.Invalid(name, "the "+words+" has characters that cannot be sent", "")
	case length(text) > longest:
		return "", providers.Invalid(name, fmt.Sprintf("the %s is longer than %d characters", words, longest), "")
	}
	return text, nil
}

// tidy makes free text fit to be sent: valid, on one line, trimmed.
func tidy(text string) string {
	return strings.Join(strings.Fields(strings.ToValidUTF8(text, "")), " ")
}

// length counts as the provider's servers do, in UTF-16 units.
func length(text string) int { return len(utf16.Encode([]rune(text))) }

func all(text string, is func(rune) bool) bool {
	return !strings.ContainsFunc(text, func(r rune) bool { return !is(r) })
}

func isDigit(r rune) bool { return r >= '0' && r <= '9' }

func isAlphanumeric(r rune) bool {
	return isDigit(r) || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z'
}
