package providers

import (
	"errors"
	"strings"
	"testing"
)

func TestPlainTextSurvivesJSONOnOneLine(t *testing.T) {
	for _, text := range []string{"", "01JC-7QK4", "Kaffee für 2 <&>", "日本"} {
		if !PlainText(text) {
			t.Errorf("%q is refused", text)
		}
	}
	for _, text := range []string{"a\nb", "a\x00", "\x7f", "a\xff", "\uFFFD"} {
		if PlainText(text) {
			t.Errorf("%q is accepted", text)
		}
	}
}

func TestOneBareAddressIsAnEmail(t *testing.T) {
	for _, address := range []string{"mia@example.com", "m+till@example.co.nz", "mía@exämple.example", strings.Repeat("m", 64) + "@" + strings.Repeat("x", 181) + ".example"} {
		if err := CheckEmail(address); err != nil {
			t.Errorf("%q: %v", address, err)
		}
	}
	for _, address := range []string{"", "mia", "mia@", "<mia@example.com>", "Mia <mia@example.com>", "a@b.example, c@d.example", " mia@example.com", "mia@example.com\r\nBcc: x@y.example",
		"m\u202eia@example.com", "m\u200bia@example.com", `"m ia"@example.com`, strings.Repeat("m", 250) + "@x.example"} {
		err := CheckEmail(address)
		var e *Error
		if !errors.As(err, &e) || e.Field != "email" {
			t.Errorf("%q: got %v", address, err)
		}
		if err != nil && address != "" && strings.Contains(err.Error()+e.Hint, address+" ") {
			t.Errorf("the error repeats the address: %v", err)
		}
	}
}

func TestAWebAddressIsAbsolute(t *testing.T) {
	for _, link := range []string{"", "https://example.com/a?b=1&c=2", "http://example.com"} {
		if err := CheckWebURL("return_url", link); err != nil {
			t.Errorf("%q: %v", link, err)
		}
	}
	for _, link := range []string{"/path", "example.com", "//example.com", "ftp://example.com", "javascript:alert(1)", "https://", "https://exa mple.com", "https://example.com/\u007f"} {
		var e *Error
		if err := CheckWebURL("return_url", link); !errors.As(err, &e) || e.Field != "return_url" {
			t.Errorf("%q: got %v", link, err)
		}
	}
}
