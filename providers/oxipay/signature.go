package oxipay

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"maps"
	"slices"
	"strings"
)

// Sign gives the signature of a message in lower-case hex: HMAC-SHA256 over
// name + value of every field whose name begins with x_, in byte order of the
// names and with no separators. Other fields are left out. The key is taken as
// the bytes of the string as given; it is not hex to be decoded. Source: the
// provider's documentation, "Signature".
func Sign(key string, fields map[string]string) string {
	return hex.EncodeToString(sum(key, fields))
}

// Verify says whether a signature belongs to the fields. Upper and lower case
// hex count the same; the comparison takes the same time wherever they differ.
// An empty key verifies nothing.
func Verify(key string, fields map[string]string, signature string) bool {
	given, err := hex.DecodeString(signature)
	return err == nil && key != "" && hmac.Equal(given, sum(key, fields))
}

func sum(key string, fields map[string]string) []byte {
	mac := hmac.New(sha256.New, []byte(key))
	for _, name := range slices.Sorted(maps.Keys(fields)) {
		if strings.HasPrefix(name, signedPrefix) {
			mac.Write([]byte(name + fields[name]))
		}
	}
	return mac.Sum(nil)
}

// signedPrefix begins the name of every field that is signed.
const signedPrefix = "x_"

// verifyReadings accepts a reply's signature under any reading of fields that
// are not there: nulls left out or counted as empty, and each name in absent
// (when the reply has no such field) left out or counted as empty. Public
// clients disagree, and nobody has confirmed which the server uses.
func verifyReadings(key string, m message, absent ...string) bool {
	missing := slices.DeleteFunc(slices.Clone(absent), func(name string) bool {
		_, there := m.fields[name]
		return there || slices.Contains(m.nulls, name)
	})
	for _, empty := range [][]string{nil, m.nulls, missing, slices.Concat(m.nulls, missing)} {
		reading := maps.Clone(m.fields)
		for _, name := range empty {
			reading[name] = ""
		}
		if Verify(key, reading, m.signature) {
			return true
		}
	}
	return false
}
