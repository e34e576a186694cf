package keystore

import (
	"encoding/hex"
	"fmt"
	"strings"

	"cashdesk/providers"
)

// The names of the keys that the keystore holds.
const (
	OxipaySigningKey      = "oxipay.signing_key"
	OxaPayMerchantKey     = "oxapay.merchant_key"
	XaiGateAPIKey         = "xaigate.api_key"
	PayneteasyAccessToken = "payneteasy.access_token"
	PayneteasyControlKey  = "payneteasy.control_key"

	// OxipayDeviceToken is kept only while this device is being registered with
	// it; it is in no list.
	OxipayDeviceToken = "oxipay.device_token"
)

// Key describes one secret that the keystore holds.
type Key struct {
	Name     string
	Provider providers.Provider
	Title    string // for a list: "Oxipay device signing key"
	Purpose  string // what it is for and where it comes from
	Form     string // what a valid one looks like
	fits     func(string) bool
}

// Keys lists every key that the keystore holds, in the providers' order.
func Keys() []Key {
	return []Key{
		{
			Name: OxipaySigningKey, Provider: providers.Oxipay, Title: "Oxipay device signing key",
			Purpose: "signs what this counter sends to Oxipay; Oxipay gives it when the device is registered",
			Form:    "8 to 200 printable characters without spaces", fits: printable(8, 200),
		},
		{
			Name: OxaPayMerchantKey, Provider: providers.OxaPay, Title: "OxaPay merchant key",
			Purpose: "names the merchant on every OxaPay invoice; the OxaPay merchant page shows it",
			Form:    "6 to 128 letters, digits, - or _", fits: providers.Pattern(`^[A-Za-z0-9_-]{6,128}$`),
		},
		{
			Name: XaiGateAPIKey, Provider: providers.XaiGate, Title: "XaiGate API key",
			Purpose: "makes XaiGate invoices, and can withdraw funds: guard it like money",
			Form:    "a UUID: 8-4-4-4-12 hexadecimal digits", fits: uuid,
		},
		{
			Name: PayneteasyAccessToken, Provider: providers.Payneteasy, Title: "Payneteasy access token",
			Purpose: "opens the merchant group's own server for transfers; the group gives it",
			Form:    "32 to 128 printable characters without spaces", fits: printable(32, 128),
		},
		{
			Name: PayneteasyControlKey, Provider: providers.Payneteasy, Title: "Payneteasy control key",
			Purpose: "optional: checks the signature on answers of the merchant group's server",
			Form:    "32 to 128 hexadecimal digits, dashes allowed", fits: hexadecimal,
		},
	}
}

// KeyNamed finds a key by its name.
func KeyNamed(name string) (Key, bool) {
	for _, key := range Keys() {
		if key.Name == name {
			return key, true
		}
	}
	return deviceToken, name == deviceToken.Name
}

var deviceToken = Key{
	Name: OxipayDeviceToken, Provider: providers.Oxipay, Title: "Oxipay device token",
	Purpose: "registers this device once; the merchant's portal gives it",
	Form:    "1 to 64 printable characters without spaces", fits: printable(1, 64),
}

// Check says whether a secret can be this key. The error never holds it.
func (k Key) Check(v Secret) error {
	if k.fits(v.Reveal()) {
		return nil
	}
	return providers.Invalid(k.Name, "this is no "+k.Title, "it has "+k.Form)
}

func knownKey(name string) (Key, error) {
	key, ok := KeyNamed(name)
	if !ok {
		return Key{}, providers.Invalid("key", fmt.Sprintf("there is no key named %q", name), "cashdesk keys list shows the names")
	}
	return key, nil
}

var uuid = providers.Pattern(`^[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$`)

func printable(least, most int) func(string) bool {
	return func(text string) bool {
		for _, r := range text {
			if r <= ' ' || r > '~' {
				return false
			}
		}
		return len(text) >= least && len(text) <= most
	}
}

func hexadecimal(text string) bool {
	digits := strings.ReplaceAll(text, "-", "")
	_, err := hex.DecodeString(digits)
	return err == nil && len(digits) >= 32 && len(digits) <= 128
}
