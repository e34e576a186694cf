package providers

import (
	"net/mail"
	"net/url"
	"strings"
	"unicode"
	"unicode/utf8"
)

// PlainText says that a text survives JSON unchanged and stays on one line: no
// control characters, no broken UTF-8. A provider's echo of it can then be
// compared character by character.
func PlainText(text string) bool {
	for _, r := range text {
		if r < ' ' || r == 0x7f || r == utf8.RuneError {
			return false
		}
	}
	return true
}

// longestEmail is what a path of RFC 5321 holds without its brackets.
const longestEmail = 254

// CheckEmail accepts one bare address without spaces or anything that cannot be
// seen. The error does not repeat it, since it is the customer's.
func CheckEmail(address string) error {
	parsed, err := mail.ParseAddress(address)
	unseen := strings.ContainsFunc(address, func(r rune) bool { return r == ' ' || !unicode.IsPrint(r) })
	if err != nil || parsed.Address != address || len(address) > longestEmail || unseen {
		return Invalid("email", "this is not an e-mail address", "write it like name@example.com")
	}
	return nil
}

// CheckWebURL accepts an absolute http or https address for a provider's
// server or the customer's browser to go to; empty is accepted too.
func CheckWebURL(field, link string) error {
	u, err := url.Parse(link)
	if link != "" && (err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" || !PlainText(link)) {
		return Invalid(field, field+" is not an absolute web address", "write it like https://host/path")
	}
	return nil
}
