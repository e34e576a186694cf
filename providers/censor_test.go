package providers_test

import (
	"fmt"
	"html"
	"net/url"
	"strings"
	"testing"

	"cashdesk/providers"
)

// echoes are the ways in which a server may repeat a key.
func echoes(key string) map[string]string {
	each := func(form string) string {
		var b strings.Builder
		for _, r := range key {
			fmt.Fprintf(&b, form, r)
		}
		return b.String()
	}
	return map[string]string{
		"plain": key, "in capitals": strings.ToUpper(key), "without dashes": strings.ReplaceAll(key, "-", ""),
		"spaced out": strings.Join(strings.Split(key, ""), " "), "cut by control characters": strings.Join(strings.Split(key, ""), "\x00"),
		"cut by invisible characters": strings.Join(strings.Split(key, ""), "\u200b"), "in lines": strings.ReplaceAll(key, "-", "-\n"),
		"as JSON": each(`\u%04x`), "as JSON in capitals": each(`\u%04X`), "as JSON in JSON": each(`\\u%04x`), "as bytes": each(`\x%02x`),
		"as an address": each("%%%02X"), "as an address twice": url.QueryEscape(each("%%%02x")), "as HTML": each("&#%d;"), "as HTML in hex": each("&#x%x;"),
		"as HTML twice": html.EscapeString(each("&#%d;")), "half of it": key[:len(key)/2+2], "the other half": key[len(key)/2-2:], "twice": key + key,
		"half escaped": key[:10] + strings.ReplaceAll(key[10:], "a", `\u0061`),
	}
}

func TestNoEchoOfAKeyIsKept(t *testing.T) {
	const key = "0b7e1c52-93aa-4c1d-8e57-2f1f6a3b9d10"
	for name, echo := range echoes(key) {
		for _, around := range []string{"%s", `{"message":"apiKey %s is wrong"}`, strings.Repeat("x", 150) + " %s"} {
			kept := providers.Censor(fmt.Sprintf(around, echo), key, "x.key")
			plain := strings.ToLower(strings.NewReplacer("-", "", " ", "").Replace(kept))
			if strings.Contains(plain, "0b7e1c5293aa4c1d") || strings.Contains(plain, "8e572f1f6a3b9d10") || providers.TellsSecret(kept, key) {
				t.Errorf("%s: %q is kept", name, kept)
			}
			if around == "%s" && kept != "[x.key]" && kept != "[x.key][x.key]" {
				t.Errorf("%s: %q is kept of the key alone", name, kept)
			}
		}
	}
}

func TestHarmlessWordsAreKept(t *testing.T) {
	const key = "0b7e1c52-93aa-4c1d-8e57-2f1f6a3b9d10"
	for _, text := range []string{"", "Invalid apiKey", `{"statusCode":401,"message":"100 % wrong \u00e9 \\x &amp; %zz"}`, "0b7e1c52 is not a key", "\\u", "\\u12", "%", "%4"} {
		if kept := providers.Censor(text, key, "x.key"); kept != providers.CleanText(text) {
			t.Errorf("%q is kept as %q", text, kept)
		}
	}
	for _, secret := range []string{"", "short", "-------"} {
		if kept := providers.Censor("some words", secret, "x.key"); kept != "some words" {
			t.Errorf("with the secret %q: %q", secret, kept)
		}
	}
	if kept := providers.Censor("a short one", "short", "x.key"); kept != "a [x.key] one" {
		t.Errorf("a short secret: %q", kept)
	}
}
