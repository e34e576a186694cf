package keystore

import (
	"crypto/subtle"
	"fmt"
	"io"
	"log/slog"
)

// redacted is all that a secret ever prints as.
const redacted = "[redacted]"

// Secret is a text that is never printed: under every verb of fmt, in JSON,
// in slog and in text encodings it reads [redacted]. The zero Secret is empty.
type Secret struct {
	// A pointer, because fmt calls no method on an unexported field of
	// somebody else's struct: it would print a string there, but it prints
	// only an address of this.
	text *string
}

// NewSecret makes a secret of a text.
func NewSecret(text string) Secret {
	if text == "" {
		return Secret{}
	}
	return Secret{text: &text}
}

// Reveal gives the text, for the one place that has to use it.
func (s Secret) Reveal() string {
	if s.text == nil {
		return ""
	}
	return *s.text
}

// Empty says that there is no text.
func (s Secret) Empty() bool { return s.text == nil }

// Equal compares in constant time; only the lengths may be told apart.
func (s Secret) Equal(other Secret) bool {
	return subtle.ConstantTimeCompare([]byte(s.Reveal()), []byte(other.Reveal())) == 1
}

// Format prints [redacted] under every verb and flag.
func (s Secret) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, redacted) }

// String gives [redacted].
func (s Secret) String() string { return redacted }

// GoString gives [redacted].
func (s Secret) GoString() string { return redacted }

// MarshalJSON gives "[redacted]".
func (s Secret) MarshalJSON() ([]byte, error) { return []byte(`"` + redacted + `"`), nil }

// MarshalText gives [redacted].
func (s Secret) MarshalText() ([]byte, error) { return []byte(redacted), nil }

// LogValue gives [redacted].
func (s Secret) LogValue() slog.Value { return slog.StringValue(redacted) }
