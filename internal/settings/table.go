package settings

import (
	"sync"
	"time"

	"cashdesk/providers"
)

// section is one table of the file.
type section struct {
	name    string // empty for what stands above all tables
	comment string
	rules   []rule
}

// rule is one setting.
type rule struct {
	key      string
	fallback string // TOML; empty when it is unset by default
	unset    string // in words, what being unset means; empty for nothing at all
	sample   string // TOML for the example; empty when the default serves
	unused   string // TOML for the example, shown as a comment only
	comment  string // what it is, one line
	value    value
	needed   bool // it must be set, in a provider's section once that is enabled
}

// table holds every setting. A rule may use what stands above it.
var table = sync.OnceValue(func() []section {
	return []section{
		{name: "", rules: topRules()},
		{"shop", "The shop and this counter.", shopRules()},
		{"look", "How the screen looks and sounds.", lookRules()},
		{"scanner", "How a scan is told from typing.", scannerRules()},
		{"printer", "Slips on paper. Without a program the counter offers none.", printerRules()},
		{"paths", "Where things are kept. The defaults are in the user's own folders, apart for test and live.", pathRules()},
		{"staff", "How people get in.", staffRules()},
		{"privacy", "What is known of customers.", privacyRules()},
		{"oxipay", "Oxipay: pre-approval codes and invitations.", oxipayRules()},
		{"oxapay", "OxaPay: crypto invoices.", oxapayRules()},
		{"xaigate", "XaiGate: crypto invoices.", xaigateRules()},
		{"payneteasy", "Payneteasy: transfers begun at the merchant group's own server.", payneteasyRules()},
	}
})

func topRules() []rule {
	return []rule{
		{
			key: "mode", sample: `"test"`, needed: true, comment: "whether real money moves; required",
			value: choice(func(s *Settings) *string { return (*string)(&s.Mode) }, "live", "test"),
		},
		{
			key: "proxy", unused: `"http://127.0.0.1:3128"`, comment: "the proxy for all requests to providers; none is used unless it is named here",
			value: proxy(),
		},
	}
}

func shopRules() []rule {
	allowed, fits := length(1, 40)
	return []rule{
		{
			key: "name", fallback: `"Shop"`, sample: `"The Corner Shop"`, comment: "the shop's name, on every screen",
			value: text(func(s *Settings) *string { return &s.Shop.Name }, allowed, fits),
		},
		{
			key: "counter", fallback: `"1"`, comment: "this counter's own name in the shop",
			value: text(func(s *Settings) *string { return &s.Shop.Counter }, allowed, fits),
		},
		{
			key: "country", fallback: `"AU"`, comment: "whose mobile numbers can be invited",
			value: choice(func(s *Settings) *string { return &s.Shop.Country }, "AU", "NZ"),
		},
		{
			key: "time_zone", fallback: `"Local"`, unused: `"Australia/Sydney"`, comment: "the shop's time zone, which says when today begins",
			value: timeZone(),
		},
		{key: "currency", fallback: `"AUD"`, comment: "what amounts are typed in", value: shopCurrency()},
		{
			key: "max_amount", fallback: `"10000.00"`, comment: "above this amount the counter asks once more; in any other currency, above the same figure",
			value: money(func(s *Settings) *providers.Amount { return &s.Shop.MaxAmount }, false),
		},
	}
}

func lookRules() []rule {
	return []rule{
		{
			key: "theme", fallback: `"auto"`, comment: "colours; plain is for screen readers",
			value: choice(func(s *Settings) *string { return &s.Look.Theme }, "auto", "dark", "light", "16", "none", "plain"),
		},
		{
			key: "bell", fallback: "true", comment: "ring when a result comes",
			value: toggle(func(s *Settings) *bool { return &s.Look.Bell }),
		},
	}
}

func scannerRules() []rule {
	return []rule{
		{
			key: "prefix", unused: `"~"`, comment: "what this shop's scanners send before each code",
			value: text(func(s *Settings) *string { return &s.Scanner.Prefix }, "1 to 8 printable characters without spaces, the first no letter or digit", isPrefix),
		},
		{
			key: "bursts", fallback: `"auto"`, comment: "whether very fast typing is a scan; auto: on a local terminal only",
			value: choice(func(s *Settings) *string { return &s.Scanner.Bursts }, "auto", "always", "never"),
		},
	}
}

func printerRules() []rule {
	return []rule{{
		key: "command", unset: "no slips", unused: `["lp"]`, comment: "the program that prints a slip, with its arguments; the slip's text comes to its standard input",
		value: command(func(s *Settings) *[]string { return &s.Printer.Command }),
	}}
}

func pathRules() []rule {
	return []rule{
		{
			key: "journal", unset: "journal.db in cashdesk's data folder", unused: `"~/.local/share/cashdesk/test/journal.db"`, comment: "the journal's file",
			value: path(func(s *Settings) *string { return &s.Paths.Journal }),
		},
		{
			key: "keystore", unset: "keystore in cashdesk's configuration folder", unused: `"~/.config/cashdesk/test/keystore"`, comment: "the keystore's folder",
			value: path(func(s *Settings) *string { return &s.Paths.Keystore }),
		},
		{
			key: "anchor", unset: "anchor/journal.anchor in cashdesk's configuration folder", unused: `"~/.config/cashdesk/test/anchor/journal.anchor"`, comment: "the journal's anchor, in another folder (best: on another disk)",
			value: path(func(s *Settings) *string { return &s.Paths.Anchor }),
		},
	}
}

func staffRules() []rule {
	return []rule{
		{
			key: "idle_lock", fallback: `"5m"`, comment: "an idle screen locks after this time",
			value: span(func(s *Settings) *time.Duration { return &s.Staff.IdleLock }, 30*time.Second, 12*time.Hour, time.Second),
		},
		{
			key: "pin_lock", fallback: `"30m"`, comment: "five wrong PINs lock an operator for this long",
			value: span(func(s *Settings) *time.Duration { return &s.Staff.PINLock }, time.Minute, 24*time.Hour, time.Second),
		},
		{
			key: "staff_know_passphrase", fallback: "false", sample: "true", comment: "let operators sign in although the keystore was opened with the passphrase",
			value: toggle(func(s *Settings) *bool { return &s.Staff.StaffKnowPassphrase }),
		},
		{
			key: "identity_file", unused: `"/run/credentials/cashdesk.service/identity"`, comment: "a file that opens the keystore without the passphrase",
			value: path(func(s *Settings) *string { return &s.Staff.IdentityFile }),
		},
		{
			key: "use_keyring", fallback: "false", comment: "open the keystore from the operating system's keyring",
			value: toggle(func(s *Settings) *bool { return &s.Staff.UseKeyring }),
		},
	}
}

func privacyRules() []rule {
	return []rule{{
		key: "keep_personal_data", fallback: `"90d"`, comment: "codes, mobiles, e-mail addresses and providers' texts are removed when nothing has happened to a payment for this long; amounts and references stay",
		value: days(func(s *Settings) *time.Duration { return &s.Privacy.KeepPersonalData }, 10, 3650),
	}}
}

func enabledRule(field func(*Settings) *bool) rule {
	return rule{key: "enabled", fallback: "false", sample: "true", comment: "take payments with it", value: toggle(field)}
}

func baseRule(field func(*Settings) *string, sample string) rule {
	return rule{key: "base_url", sample: `"http://127.0.0.1:8199` + sample + `"`, needed: true, comment: "the address of its server, here that of cashdesk sandbox", value: base(field)}
}
