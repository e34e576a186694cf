package settings

import (
	"strings"

	"cashdesk/providers"
)

// published are the keys that the providers' pages and the sandbox publish
// for trying out.
var published = []struct{ name, key string }{
	{"oxipay.signing_key", "1234567890"},
	{"oxapay.merchant_key", "sandbox"},
	{"xaigate.api_key", "fdda9f03-6409-43eb-a6ef-e1f6cea71c2e"},
	{"payneteasy.control_key", "B17F59B4-A7DC-41B4-8FF9-37D986B43D20"},
}

// CheckKeys refuses published dummy keys in live mode, once the keystore is
// open. get gives the text of a key by its name. The error is an
// *providers.Error of kind Credentials that names the first such key.
func (s *Settings) CheckKeys(get func(name string) (string, bool)) error {
	if s.Mode != Live {
		return nil
	}
	for _, p := range published {
		key, held := get(p.name)
		if held && sameKey(key, p.key) {
			return &providers.Error{
				Kind: providers.Credentials, Field: p.name,
				Text: p.name + " is a published key for trying out, and mode is live",
				Hint: "cashdesk keys set " + p.name + " with the shop's own key",
			}
		}
	}
	return nil
}

// sameKey sees through case and dashes, which no provider minds.
func sameKey(a, b string) bool {
	plain := func(key string) string { return strings.ToLower(strings.ReplaceAll(strings.TrimSpace(key), "-", "")) }
	return plain(a) == plain(b)
}
