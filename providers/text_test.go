package providers_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"cashdesk/providers"

	"pgregory.net/rapid"
)

func TestAProvidersTextCannotTouchTheScreen(t *testing.T) {
	for in, want := range map[string]string{
		"":                                 "",
		"  Declined \r\n by\tbank  ":       "Declined by bank",
		"\x1b[2J\x1b[1;31mAPPROVED":        "[2J [1;31mAPPROVED",
		"pay\u202eevil\u2066":              "pay evil",
		"zero\u200bwidth\ufeff":            "zero width",
		"bad\xff\xfebytes":                 "bad bytes",
		"Crédit refusé – ¥100":             "Crédit refusé – ¥100",
		"bell\a null\x00 del\x7f c1\u009b": "bell null del c1",
	} {
		if got := providers.CleanText(in); got != want {
			t.Errorf("%q becomes %q, want %q", in, got, want)
		}
	}
}

func TestCleanTextIsCleanWhateverComes(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := rapid.OneOf(rapid.String(), rapid.StringN(150, 400, -1), rapid.Custom(func(t *rapid.T) string {
			return string(rapid.SliceOf(rapid.Byte()).Draw(t, "bytes"))
		})).Draw(t, "text")
		got := providers.CleanText(in)
		if !utf8.ValidString(got) || got != strings.TrimSpace(got) || strings.Contains(got, "  ") {
			t.Fatalf("%q becomes %q", in, got)
		}
		if n := utf8.RuneCountInString(strings.TrimSuffix(got, "…")); n > providers.MaxMessage {
			t.Fatalf("%d runes are left", n)
		}
		for _, r := range got {
			if unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || unicode.IsSpace(r) && r != ' ' {
				t.Fatalf("%q keeps %U", got, r)
			}
		}
	})
}

func TestALongTextIsCutWithAnEllipsis(t *testing.T) {
	exact := strings.Repeat("é", providers.MaxMessage)
	if got := providers.CleanText(exact); got != exact {
		t.Errorf("a text of exactly the length is cut: %q", got)
	}
	if got := providers.CleanText(exact + "é"); got != exact+"…" {
		t.Errorf("a longer one becomes %q", got)
	}
}

func TestALinkIsShownOnlyWhenItIsHarmless(t *testing.T) {
	hosts := []string{"pay.oxapay.com", "xaigate.com"}
	at := "https://pay.oxapay.com/"
	for _, link := range []string{
		at, at + "1234?x=%20", "https://PAY.oxapay.com/1", "https://pay.oxapay.com:8443/1", "HTTPS://xaigate.com/1",
		at + strings.Repeat("a", providers.MaxLink-len(at)),
	} {
		if err := providers.CheckLink(link, hosts, false); err != nil {
			t.Errorf("%.60q is refused: %v", link, err)
		}
	}
	for _, link := range []string{
		"", "pay", "/1234", "//pay.oxapay.com/1", "https://", "https:pay.oxapay.com/1", "javascript:alert(1)", "file:///etc/passwd",
		"http://pay.oxapay.com/1", "ftp://pay.oxapay.com/1", "https://evil.example/1", "https://pay.oxapay.com.evil.example/",
		"https://evil.example/pay.oxapay.com", "https://pay.oxapay.com@evil.example/", "https://me@pay.oxapay.com/", "https://xpay.oxapay.com/",
		at + "a b", at + "a\tb", at + "a\nb", at + "\x1b[2J", at + "é", at + "\u202e", "https://pаy.oxapay.com/", "https://pay.oxapay.com\\@evil.example/",
		"https://127.0.0.1/1", "http://127.0.0.1/1", "http://localhost/1",
		at + strings.Repeat("a", providers.MaxLink-len(at)+1),
	} {
		err := providers.CheckLink(link, hosts, false)
		var e *providers.Error
		if !errors.As(err, &e) || e.Kind != providers.ProviderFault || e.Hint == "" {
			t.Errorf("%.60q: %v, want a fault of the provider with a hint", link, err)
		}
		if err != nil && strings.ContainsAny(err.Error(), "\x1b\n\t\u202e") {
			t.Errorf("the error repeats what the link must not do: %q", err)
		}
	}
}

func TestInTestModeALinkMayLeadToThisMachine(t *testing.T) {
	for _, link := range []string{"http://127.0.0.1:8199/pay/1", "http://localhost:8199/pay/1", "http://[::1]:8199/pay/1", "https://127.0.0.1/1"} {
		if err := providers.CheckLink(link, nil, true); err != nil {
			t.Errorf("%s is refused: %v", link, err)
		}
	}
	for _, link := range []string{"http://10.0.0.1/1", "http://127.0.0.1.evil.example/", "http://localhost.evil.example/", "ftp://127.0.0.1/1"} {
		if providers.CheckLink(link, nil, true) == nil {
			t.Errorf("%s is shown", link)
		}
	}
}

func TestABaseURLIsHTTPSOrThisMachine(t *testing.T) {
	for base, want := range map[string]string{
		"https://portals.oxipay.com.au/api": "https://portals.oxipay.com.au/api",
		"https://host/path//":               "https://host/path",
		"http://127.0.0.1:8199/oxipay":      "http://127.0.0.1:8199/oxipay",
		"http://localhost:1/":               "http://localhost:1",
		"http://[::1]:8199":                 "http://[::1]:8199",
	} {
		if got, err := providers.CheckBase(base); err != nil || got != want {
			t.Errorf("%s becomes %q, %v; want %q", base, got, err, want)
		}
	}
	for _, base := range []string{
		"", "host", "/path", "http://host", "http://10.0.0.1", "ftp://host", "https://me:secret@host", "https://host/?a=b",
		"https://host/#x", "https://host:", "https://0.0.0.0", "http://0.0.0.0:80", "https://[::]/", "http://localhost.evil.example", "https://ho st/",
	} {
		got, err := providers.CheckBase(base)
		if providers.KindOf(err) != providers.Input || err == nil || got != "" {
			t.Errorf("%q becomes %q, %v; want an input error", base, got, err)
		}
		if err != nil && strings.Contains(err.Error(), "secret") {
			t.Errorf("the error holds the password: %v", err)
		}
	}
}

func TestTheHostBeneathTheCode(t *testing.T) {
	for link, host := range map[string]string{"https://pay.oxapay.com/1": "pay.oxapay.com", "http://127.0.0.1:8199/x": "127.0.0.1:8199", "::": ""} {
		if got := providers.LinkHost(link); got != host {
			t.Errorf("%s stands at %q, want %q", link, got, host)
		}
	}
}

func TestAnErrorTellsItsKindThroughWrapping(t *testing.T) {
	cause := errors.New("cause")
	err := fmt.Errorf("wrapped: %w", &providers.Error{Kind: providers.Credentials, Text: "the key is missing", Hint: "set it", Err: cause})
	if providers.KindOf(err) != providers.Credentials || providers.HintOf(err) != "set it" || !errors.Is(err, cause) {
		t.Errorf("kind %q, hint %q", providers.KindOf(err), providers.HintOf(err))
	}
	if providers.KindOf(cause) != providers.Internal || providers.HintOf(cause) != "" {
		t.Errorf("another error has kind %q and hint %q", providers.KindOf(cause), providers.HintOf(cause))
	}
}

func TestASecretThatComesBackIsTakenOut(t *testing.T) {
	for in, want := range map[string]string{
		"bad key S3cret!":      "bad key [key]",
		"s3CRET!s3cret! twice": "[key][key] twice",
		"nothing":              "nothing",
	} {
		if got := providers.Redact(in, "S3cret!", "key"); got != want {
			t.Errorf("%q becomes %q, want %q", in, got, want)
		}
	}
	if got := providers.Redact("text", "", "key"); got != "text" {
		t.Errorf("without a secret: %q", got)
	}
}

func TestARequestKeepsItsAmpersands(t *testing.T) {
	body, err := providers.EncodeJSON(map[string]string{"a": "Tom & <Mia>"})
	if err != nil || string(body) != `{"a":"Tom & <Mia>"}` {
		t.Errorf("%s, %v", body, err)
	}
	if _, err := providers.EncodeJSON(func() {}); providers.KindOf(err) != providers.Internal {
		t.Errorf("what cannot be written gives %v", err)
	}
}
