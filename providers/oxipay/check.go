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

func isHex(r rune) bool {
	return isDigit(r) || r >= 'a' && r <= 'f' || r >= 'A' && r <= 'F'
}

func isAlphanumeric(r rune) bool {
	return isDigit(r) || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z'
}
