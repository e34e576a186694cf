package providers

import (
	"bytes"
	"encoding/json"
	"strings"
)

// EncodeJSON writes a request body: compact, and with &, < and > as they are,
// because not every server at the other end undoes Go's escapes.
func EncodeJSON(v any) ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return nil, &Error{Kind: Internal, Text: "the request cannot be written", Err: err}
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), nil
}

// Redact replaces a secret in a text, in any case, by the name of its key in
// brackets. Use it before CleanText, which could cut a secret in two.
func Redact(text, secret, name string) string {
	if secret == "" {
		return text
	}
	var b strings.Builder
	for {
		i := foldIndex(text, secret)
		if i < 0 {
			b.WriteString(text)
			return b.String()
		}
		b.WriteString(text[:i])
		b.WriteString("[" + name + "]")
		text = text[i+len(secret):]
	}
}

// foldIndex finds part in text without regard to the case of ASCII letters.
func foldIndex(text, part string) int {
	for i := 0; i+len(part) <= len(text); i++ {
		if strings.EqualFold(text[i:i+len(part)], part) {
			return i
		}
	}
	return -1
}
