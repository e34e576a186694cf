package cli

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"os"
	"slices"
	"time"

	"cashdesk/internal/settings"
	"cashdesk/keystore"
	"cashdesk/providers"
	"cashdesk/providers/oxapay"
	"cashdesk/providers/oxipay"
	"cashdesk/providers/payneteasy"
	"cashdesk/providers/xaigate"
	"cashdesk/ui/scanner"
)

// gateways makes the clients of the providers that the settings switch on.
// secret gives a key by its name each time one is needed, so that a key that
// was just set is used at once.
func gateways(s *settings.Settings, secret func(name string) string) ([]providers.Gateway, error) {
	makers := map[providers.Provider]func() (providers.Gateway, error){
		providers.Oxipay:     func() (providers.Gateway, error) { return oxipay.New(oxipayConfig(s, secret)) },
		providers.OxaPay:     func() (providers.Gateway, error) { return oxapay.New(oxapayConfig(s, secret)) },
		providers.XaiGate:    func() (providers.Gateway, error) { return xaigate.New(xaigateConfig(s, secret)) },
		providers.Payneteasy: func() (providers.Gateway, error) { return payneteasy.New(payneteasyConfig(s, secret)) },
	}
	var all []providers.Gateway
	for _, p := range s.Enabled() {
		g, err := makers[p]()
		if err != nil {
			return nil, err
		}
		all = append(all, g)
	}
	return all, nil
}

// keyMarks tells one secret from another for the journal. Under the journal's
// own key a mark can be neither guessed from nor compared by whoever has only
// the journal.
func keyMarks(journalKey []byte, secret func(name string) string) func(name string) string {
	sum := func(key []byte, text string) []byte {
		mac := hmac.New(sha256.New, key)
		mac.Write([]byte(text))
		return mac.Sum(nil)
	}
	own := sum(journalKey, "cashdesk marks of keys")
	return func(name string) string {
		value := secret(name)
		if value == "" {
			return ""
		}
		return hex.EncodeToString(sum(own, name+"\x00"+value)[:8])
	}
}

// neededKey is the key without which a provider cannot be used at all; empty
// where it needs none, as Payneteasy does whose tokens are fetched.
func neededKey(s *settings.Settings, p providers.Provider) string {
	switch p {
	case providers.Oxipay:
		return keystore.OxipaySigningKey
	case providers.OxaPay:
		return keystore.OxaPayMerchantKey
	case providers.XaiGate:
		return keystore.XaiGateAPIKey
	case providers.Payneteasy:
		if s.Payneteasy.AccessTokenURL == "" {
			return keystore.PayneteasyAccessToken
		}
	}
	return ""
}

// unavailable says why a provider cannot be used; a key that is set while the
// counter runs counts at once.
func unavailable(s *settings.Settings, store *keystore.Store) func(providers.Provider) string {
	return func(p providers.Provider) string {
		switch name := neededKey(s, p); {
		case !slices.Contains(s.Enabled(), p):
			return "it is switched off in the settings"
		case name != "" && !store.Has(name):
			return "its key is not set"
		}
		return ""
	}
}

func oxipayConfig(s *settings.Settings, secret func(string) string) oxipay.Config {
	return oxipay.Config{
		HTTP:      providers.HTTPOptions{Base: s.Oxipay.BaseURL, Proxy: s.Proxy},
		Authorise: s.Oxipay.Timeout, Merchant: s.Oxipay.MerchantID, Device: s.Oxipay.DeviceID,
		Firmware: "cashdesk " + Version, Country: s.Shop.Country,
		SigningKey: func() string { return secret(keystore.OxipaySigningKey) },
		Test:       s.Test(), AcceptOtherCodes: s.Oxipay.AcceptOtherCodes, MinFinanceMinor: s.Oxipay.MinAmount.Minor,
	}
}

func oxapayConfig(s *settings.Settings, secret func(string) string) oxapay.Config {
	return oxapay.Config{
		HTTP:        providers.HTTPOptions{Base: s.OxaPay.BaseURL, Proxy: s.Proxy},
		API:         oxapay.API(s.OxaPay.API),
		MerchantKey: func() string { return secret(keystore.OxaPayMerchantKey) }, Test: s.Test(),
		LinkHosts:      s.OxaPay.LinkHosts,
		UnderPaidCover: s.OxaPay.UnderPaidCover, FeePaidByPayer: s.OxaPay.FeePaidByPayer,
		LifeTime:    int(s.OxaPay.LifeTime / time.Minute),
		CallbackURL: s.OxaPay.CallbackURL, ReturnURL: s.OxaPay.ReturnURL,
		Email: s.OxaPay.Email, Description: s.OxaPay.Description, Coins: s.OxaPay.Coins,
	}
}

func xaigateConfig(s *settings.Settings, secret func(string) string) xaigate.Config {
	var codes []string
	for _, c := range s.XaiGate.Currencies {
		codes = append(codes, c.Code)
	}
	return xaigate.Config{
		HTTP:   providers.HTTPOptions{Base: s.XaiGate.BaseURL, Proxy: s.Proxy},
		APIKey: func() string { return secret(keystore.XaiGateAPIKey) }, Test: s.Test(),
		LinkHosts: s.XaiGate.LinkHosts, Currencies: codes, Email: s.XaiGate.Email,
		ShopName: s.XaiGate.ShopName, Description: s.XaiGate.Description,
		SuccessURL: s.XaiGate.SuccessURL, FailURL: s.XaiGate.FailURL, NotifyURL: s.XaiGate.NotifyURL,
	}
}

func payneteasyConfig(s *settings.Settings, secret func(string) string) payneteasy.Config {
	c := payneteasy.Config{
		HTTP:         providers.HTTPOptions{Base: s.Payneteasy.BaseURL, Proxy: s.Proxy},
		AccessToken:  func() string { return secret(keystore.PayneteasyAccessToken) },
		ControlKey:   func() string { return secret(keystore.PayneteasyControlKey) },
		SerialNumber: s.Payneteasy.SerialNumber, IMEI: s.Payneteasy.IMEI, IPAddresses: s.Payneteasy.IPAddresses,
		FromBin: s.Payneteasy.FromBIN, ToBin: s.Payneteasy.ToBIN, AskBins: s.Payneteasy.AskBINs,
		AccessTokenURL: s.Payneteasy.AccessTokenURL, GetRateURL: s.Payneteasy.GetRateURL, ResultURL: s.Payneteasy.ResultURL,
		HandoverURL: s.Payneteasy.HandoverURL, Test: s.Test(),
	}
	if where := s.Payneteasy.Location; where != nil {
		c.Lat, c.Lng = &where.Latitude, &where.Longitude
	}
	return c
}

// currencies lists what each provider takes.
func currencies(s *settings.Settings) map[providers.Provider][]providers.Currency {
	return map[providers.Provider][]providers.Currency{
		providers.Oxipay:     {s.Shop.Currency},
		providers.OxaPay:     s.OxaPay.Currencies,
		providers.XaiGate:    s.XaiGate.Currencies,
		providers.Payneteasy: s.Payneteasy.Currencies,
	}
}

// scannerConfig says whether fast typing may be a scan: by the setting, else
// only where keys do not arrive in bursts of their own, as they do over ssh
// and in tmux.
func scannerConfig(s settings.Scanner) scanner.Config {
	local := s.Bursts == "always"
	if s.Bursts == "auto" {
		local = os.Getenv("SSH_CONNECTION") == "" && os.Getenv("SSH_TTY") == "" && os.Getenv("TMUX") == "" && os.Getenv("STY") == ""
	}
	return scanner.Config{Prefix: s.Prefix, Local: local}
}
