package providers

import (
	"html"
	"net/url"
	"strconv"
	"strings"
	"unicode"
)

// Censor makes a provider's own words fit to be kept: without the secret, which
// the name of its key replaces, and without anything that could move the cursor.
// Words that still tell the secret, or half of it, in another writing are
// dropped whole: a server may echo what it was sent in any form.
func Censor(text, secret, name string) string {
	text = CleanText(Redact(text, secret, name))
	if TellsSecret(text, secret) {
		return "[" + name + "]"
	}
	return text
}

// writings is how many times an escape may itself be escaped before nobody
// would call it an echo.
const writings = 4

// TellsSecret says whether half of a secret stands in a text, whatever stands
// between its letters and digits, in whatever case and however escaped.
func TellsSecret(text, secret string) bool {
	bare := letters(secret)
	half := max(8, (len(bare)+1)/2)
	if len(bare) < half {
		return false
	}
	for range writings {
		read := letters(text)
		for i := 0; i+half <= len(bare); i++ {
			if strings.Contains(read, bare[i:i+half]) {
				return true
			}
		}
		next := unescape(text)
		if next == text {
			return false
		}
		text = next
	}
	return false
}

// letters are a text's letters and digits alone, in lower case.
func letters(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, text)
}

// unescape undoes one layer of JSON's, HTML's and addresses' escapes.
func unescape(text string) string {
	text = html.UnescapeString(text)
	var b strings.Builder
	for i := 0; i < len(text); i++ {
		r, n := escaped(text[i:])
		if n == 0 {
			b.WriteByte(text[i])
			continue
		}
		b.WriteString(r)
		i += n - 1
	}
	return b.String()
}

// escaped reads an escape at the beginning of a text, and its length; 0 for
// none.
func escaped(text string) (string, int) {
	for _, form := range []struct {
		prefix string
		digits int
	}{{`\u`, 4}, {`\x`, 2}, {"%", 2}} {
		n := len(form.prefix) + form.digits
		if len(text) < n || !strings.HasPrefix(text, form.prefix) {
			continue
		}
		if form.prefix == "%" {
			if read, err := url.PathUnescape(text[:n]); err == nil {
				return read, n
			}
			continue
		}
		if code, err := strconv.ParseUint(text[len(form.prefix):n], 16, 16); err == nil {
			return string(rune(code)), n
		}
	}
	return "", 0
}
