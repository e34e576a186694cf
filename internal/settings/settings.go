// Package settings reads settings.toml into checked values. It is strict: a
// key that is unknown or misspelt, a wrong type and a value out of range are
// all reported at once, each with file, line, key, what was found and what is
// allowed. One table (table.go) holds every setting; the checks, the defaults
// and the example come from it.
package settings

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"cashdesk/providers"
)

// Mode says whether real money moves.
type Mode string

// The modes.
const (
	Live Mode = "live"
	Test Mode = "test"
)

// Settings is a settings file, checked as a whole.
type Settings struct {
	File     string // where they came from
	Mode     Mode
	Proxy    string // http, https or socks5 URL, empty for none
	Shop     Shop
	Look     Look
	Scanner  Scanner
	Printer  Printer
	Paths    Paths
	Staff    Staff
	Privacy  Privacy
	Oxipay   Oxipay
	OxaPay   OxaPay
	XaiGate  XaiGate
	Warnings []Problem // allowed, but probably not what was meant

	Payneteasy Payneteasy
}

// Test says that no real money moves.
func (s *Settings) Test() bool { return s.Mode == Test }

// Enabled lists the providers that are switched on, in the screens' order.
func (s *Settings) Enabled() []providers.Provider {
	on := map[providers.Provider]bool{
		providers.Oxipay: s.Oxipay.Enabled, providers.OxaPay: s.OxaPay.Enabled,
		providers.XaiGate: s.XaiGate.Enabled, providers.Payneteasy: s.Payneteasy.Enabled,
	}
	var list []providers.Provider
	for _, p := range providers.All {
		if on[p] {
			list = append(list, p)
		}
	}
	return list
}

// Shop is the counter itself.
type Shop struct {
	Name      string
	Counter   string // this counter's own name in the shop
	Country   string // AU or NZ: which mobile numbers can be invited
	TimeZone  *time.Location
	Currency  providers.Currency
	MaxAmount providers.Amount // above it the counter asks
}

// Look is how the screen looks and sounds.
type Look struct {
	Theme string // auto, dark, light, 16, none or plain
	Bell  bool   // ring when a result comes
}

// Scanner is how scans are told from typing.
type Scanner struct {
	Prefix string // what this shop's scanners send first, may be empty
	Bursts string // auto, always or never: fast typing counts as a scan
}

// Printer is how slips are printed.
type Printer struct {
	// Command is a program and its arguments, empty for none; a slip comes to
	// its standard input.
	Command []string
}

// Paths are where things are kept, absolute.
type Paths struct {
	Journal  string // the journal's file
	Keystore string // the keystore's folder
	Anchor   string // the anchor's file, in another folder than the journal
}

// Staff is how people get in, and are kept out.
type Staff struct {
	IdleLock            time.Duration // an idle screen locks after this
	PINLock             time.Duration // five wrong PINs lock an operator this long
	StaffKnowPassphrase bool          // operators may sign in although the passphrase was typed
	IdentityFile        string        // opens the keystore without the passphrase, may be empty
	UseKeyring          bool          // the same from the operating system's keyring
}

// Privacy is what is known of customers, and for how long.
type Privacy struct {
	// KeepPersonalData is how long personal data is kept after the last thing
	// that happened to its payment.
	KeepPersonalData time.Duration
}

// Oxipay is the settings of Oxipay.
type Oxipay struct {
	Enabled          bool
	BaseURL          string // without a trailing slash
	MerchantID       string // 1 to 10 characters
	DeviceID         string // 1 to 64 characters
	Timeout          time.Duration
	ResendWindow     time.Duration
	MinAmount        providers.Amount // zero for none
	AcceptOtherCodes bool             // codes of an unusual shape may be sent after a warning
	ReceiptNumbers   bool             // the shop's own till makes a receipt number after each sale
}

// OxaPay is the settings of OxaPay.
type OxaPay struct {
	Enabled        bool
	BaseURL        string
	API            string               // legacy or v1
	Currencies     []providers.Currency // that a price may be in
	LifeTime       time.Duration        // whole minutes, 15 to 2880
	UnderPaidCover string               // decimal text, per cent, 0 to 60
	FeePaidByPayer *bool                // nil: the merchant's own setting
	CallbackURL    string
	ReturnURL      string
	Email          string
	Description    string
	LinkHosts      []string
	Coins          map[string]int // coin that a price may be in → its decimals
}

// XaiGate is the settings of XaiGate.
type XaiGate struct {
	Enabled     bool
	BaseURL     string
	Currencies  []providers.Currency
	Email       string // the shop's own, sent when the payer gives none
	ShopName    string // the shop's name when not set
	SuccessURL  string
	FailURL     string
	NotifyURL   string
	Description string
	LinkHosts   []string
}

// Payneteasy is the settings of Payneteasy.
type Payneteasy struct {
	Enabled      bool
	BaseURL      string
	Currencies   []providers.Currency
	SerialNumber string // of this device, 1 to 50 characters
	IMEI         string // 14 to 16 digits, may be empty
	IPAddresses  []string
	Location     *Location // nil when not set
	FromBIN      string    // 6 digits, may be empty
	ToBIN        string
	AskBINs      bool   // both may be typed for each transfer
	HandoverURL  string // template with {invoiceId}, {endpointId}, {nonce}, {signature}
	LinkHosts    []string

	AccessTokenURL string // gives out access tokens; empty: the keystore has one
	GetRateURL     string // tells limits and commission; empty: nobody is asked
	ResultURL      string // template with {invoiceId}; empty: no transfer is followed
}

// Location is where the device stands, in degrees.
type Location struct{ Latitude, Longitude float64 }

// Load reads and checks a settings file. The error is an *providers.Error, or
// Errors with everything that is wrong in it.
func Load(path string) (*Settings, error) {
	data, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, &providers.Error{
			Kind: providers.Input, Field: "settings", Text: "there are no settings at " + path,
			Hint: "cashdesk settings init writes them; cashdesk demo needs none", Err: err,
		}
	}
	if err != nil {
		return nil, &providers.Error{
			Kind: providers.Input, Field: "settings", Text: "cannot read the settings at " + path,
			Hint: "check who owns the file and who may read it", Err: err,
		}
	}
	return Parse(path, data)
}

// DefaultPath is where the settings are looked for: what CASHDESK_SETTINGS
// says, else cashdesk/settings.toml in the user's configuration folder.
func DefaultPath() string {
	if path := os.Getenv("CASHDESK_SETTINGS"); path != "" {
		return path
	}
	return filepath.Join(configFolder(), "settings.toml")
}
