package settings

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"cashdesk/providers"
)

// wrongLine parses a file of which the third line is the one in question.
func wrongLine(t *testing.T, section, line string) Errors {
	t.Helper()
	text := "mode = \"test\"\n[" + section + "]\n" + line + "\n"
	if section == "" {
		text = "# settings\nmode = \"test\"\n" + line + "\n"
	}
	if key, _, _ := strings.Cut(line, " "); section == "" && key == "mode" {
		text = "# settings\n\n" + line + "\n"
	}
	s, err := Parse("settings.toml", []byte(text))
	if err == nil {
		return nil
	}
	if s != nil {
		t.Errorf("%s: wrong settings were handed out", line)
	}
	var all Errors
	if !errors.As(err, &all) {
		t.Fatalf("%s: the error is %T", line, err)
	}
	return all
}

func TestEachWrongValueIsReportedWithItsLineAndWhatIsAllowed(t *testing.T) {
	for section, list := range map[string][]string{
		"":     {`mode = "Live"`, `mode = true`, `proxy = "proxy.example:3128"`, `proxy = "ftp://x"`, `proxy = "http://mia:hunter2@proxy:1"`},
		"shop": {`name = ""`, `name = "a\tb"`, `name = 7`, `counter = [ "1" ]`, `country = "UK"`, `country = "au"`, `time_zone = "Sydney"`, `time_zone = ""`, `currency = "AUS"`, `currency = "aud"`, `max_amount = 10000`, `max_amount = 10000.00`, `max_amount = "10,000.00"`, `max_amount = "0"`, `max_amount = "-5"`, `max_amount = "1.005"`},
		"look": {`theme = "blue"`, `theme = 16`, `bell = "yes"`, `bell = 1`},
		"scanner": {
			`prefix = ""`, `prefix = "7"`, `prefix = "a"`, `prefix = "~ ~"`, `prefix = "~~~~~~~~~"`, `bursts = true`,
		},
		"printer": {`command = "lp"`, `command = []`, `command = [""]`, `command = ["lp", 2]`, `command = ["lp\n"]`},
		"paths":   {`journal = ""`, `keystore = 1`},
		"staff":   {`idle_lock = "5"`, `idle_lock = 300`, `idle_lock = "10s"`, `idle_lock = "13h"`, `idle_lock = "-5m"`, `pin_lock = "half an hour"`, `staff_know_passphrase = "no"`, `use_keyring = 0`},
		"privacy": {`keep_personal_data = "9d"`, `keep_personal_data = "3651d"`, `keep_personal_data = "90"`, `keep_personal_data = 90`, `keep_personal_data = "2160h"`, `keep_personal_data = "-90d"`, `keep_personal_data = "1.5d"`, `keep_personal_data = "99999999999d"`},
		"oxipay": {
			`enabled = "true"`, `base_url = "http://pos.example/webapi/v1"`, `base_url = "pos.example"`, `base_url = "https://mia:hunter2@pos.example"`,
			`base_url = "https://x/?a=b"`, `merchant_id = "12345678901"`, `merchant_id = 30299999`, `merchant_id = ""`, `device_id = "a b"`,
			`timeout = "5s"`, `timeout = "301s"`, `timeout = "10.5s"`, `resend_window = "59s"`, `min_amount = 20`, `min_amount = "-1"`, `accept_other_codes = 1`,
		},
		"oxapay": {
			`currencies = "AUD"`, `currencies = []`, `currencies = ["AUD", "AUD"]`, `currencies = [1]`, `currencies = ["USDT"]`,
			`life_time = "14m"`, `life_time = "2881m"`, `life_time = "15m30s"`, `life_time = 60`, `under_paid_cover = "60.01"`, `under_paid_cover = "-1"`, `under_paid_cover = 5`,
			`under_paid_cover = "1.234"`, `fee_paid_by_payer = 1`, `callback_url = "http://shop.example/"`, `callback_url = "/callback"`, `callback_url = "https://mia:hunter2@shop.example/"`, `return_url = "https://"`,
			`email = "Mia <mia@shop.example>"`, `email = "mia"`, `description = ""`, `link_hosts = ["https://pay.example"]`, `link_hosts = ["Pay.Example"]`,
			`api = "v2"`, `api = "V1"`, `api = 1`, `api = ""`, `coins = 6`, `coins = { USDT = 9 }`, `coins = { USDT = "6" }`, `coins = { usdt = 6 }`, `coins = { EUR = 2 }`,
		},
		"xaigate": {`currencies = ["USDT"]`, `email = ""`, `shop_name = ""`, `notify_url = "ftp://x/"`},
		"payneteasy": {`currencies = ["JPY"]`, `currencies = ["KWD"]`, `serial_number = ""`, `imei = "1234567890123"`, `imei = "49015420323751a"`, `ip_addresses = ["::1"]`, `ip_addresses = ["192.0.2"]`, `ip_addresses = "192.0.2.1"`, `latitude = 1.5`, `longitude = 2`, `from_bin = "12345"`, `to_bin = 500000`, `handover_url = "https://group.example/t"`, `handover_url = "https://group.example/{invoiceId}/{accessToken}"`, `handover_url = "http://group.example/{invoiceId}"`,
			`access_token_url = "http://group.example/token"`, `access_token_url = "/token"`, `access_token_url = "https://mia:hunter2@group.example/token"`, `get_rate_url = "group.example/rate"`, `get_rate_url = true`,
			`result_url = "https://group.example/r"`, `result_url = "https://group.example/r?i={invoiceId}&n={nonce}"`, `result_url = "http://group.example/{invoiceId}"`, `ask_bins = "yes"`},
	} {
		for _, line := range list {
			all := wrongLine(t, section, line)
			if len(all) != 1 {
				t.Errorf("[%s] %s gives %d errors:\n%v", section, line, len(all), all)
				continue
			}
			p := all[0]
			key, _, _ := strings.Cut(line, " ")
			want := strings.TrimPrefix(section+"."+key, ".")
			if p.File != "settings.toml" || p.Line != 3 || !strings.HasPrefix(p.Key, want) || p.Found == "" || p.Allowed == "" {
				t.Errorf("[%s] %s is reported as %+v", section, line, p)
			}
			if strings.Contains(p.String(), "hunter2") {
				t.Errorf("the password in an address is repeated: %s", p)
			}
		}
	}
}

func TestNumbersAtTheEdgesAreAllowed(t *testing.T) {
	for _, line := range []string{
		"[oxapay]\nlife_time = \"15m\"", "[oxapay]\nlife_time = \"2880m\"", "[oxapay]\nlife_time = \"48h\"",
		"[oxapay]\nunder_paid_cover = \"60.00\"", "[oxipay]\nmin_amount = \"0\"",
		"[payneteasy]\nlatitude = -90\nlongitude = 180.0", "[payneteasy]\nimei = \"4901542032375181\"",
		"[staff]\nidle_lock = \"1h30m\"", "[privacy]\nkeep_personal_data = \"10d\"", "[shop]\nmax_amount = \"0.01\"",
	} {
		if _, err := Parse("settings.toml", []byte("mode = \"test\"\n"+line+"\n")); err != nil {
			t.Errorf("%s: %v", line, err)
		}
	}
	_, err := Parse("settings.toml", []byte("mode = \"test\"\n[payneteasy]\nlatitude = 90.01\nlongitude = -181\n"))
	var all Errors
	if !errors.As(err, &all) || len(all) != 2 {
		t.Errorf("beyond the edges: %v", err)
	}
}

func TestAllMistakesComeAtOnceInTheOrderOfTheFile(t *testing.T) {
	_, err := Parse("shop.toml", []byte(`mod = "test"
[shop]
name = "Corner"
contry = "AU"
[lok]
theme = "dark"
[oxipay]
enabled = true
base_url = "http://pos.example"
theme = "dark"
signing_key = "dy33vQhksVsv"
[oxapay.coins]
USDT = 99
`))
	want := `shop.toml: mode is missing; allowed: "live" or "test"
shop.toml:1: mod is not a setting (did you mean mode?)
shop.toml:4: shop.contry is not a setting (did you mean country?)
shop.toml:5: lok is not a setting (did you mean look?)
shop.toml:7: oxipay.merchant_id is missing; allowed: 1 to 10 letters, digits and -._
shop.toml:7: oxipay.device_id is missing; allowed: 1 to 64 letters, digits and -._
shop.toml:9: oxipay.base_url is "http://pos.example"; allowed: https://host/path; http:// for 127.0.0.1 and localhost only
shop.toml:10: oxipay.theme is not a setting (it belongs in [look])
shop.toml:11: oxipay.signing_key is not a setting (secrets never stand here: remove it, then cashdesk keys set oxipay.signing_key)
shop.toml:13: oxapay.coins.USDT is 99; allowed: capital letters and digits, with 0 to 8 decimals, like USDT = 6`
	if err == nil {
		t.Fatal("it was accepted")
	}
	if diff := cmp.Diff(want, err.Error()); diff != "" {
		t.Errorf("errors (-want +got):\n%s", diff)
	}
	if strings.Contains(err.Error(), "dy33vQhksVsv") {
		t.Error("a secret in the wrong place is repeated")
	}
	if providers.KindOf(err) != providers.Input || providers.HintOf(err) == "" {
		t.Errorf("it is of kind %q with the hint %q", providers.KindOf(err), providers.HintOf(err))
	}
}

func TestWhatIsNotTOMLIsReportedWithItsLine(t *testing.T) {
	for text, line := range map[string]int{
		"mode = \"test\"\n[sh op]\nname = \"x\"\n":       2,
		"mode = \"test\"\nmode = \"live\"\n":             2,
		"mode = test\n":                                  1,
		"mode = \"test\"\n[shop]\nname = \"unfinished\n": 3,
		"mode = \"test\"\n[shop]\n[look]\n[shop]\n":      4,
		"mode = \"test\"\n\x00\n":                        2,
		"mode = \"test\"\n[shop]\nname = \"\xff\xfe\"\n": 3,
		"{\"mode\": \"test\"}":                           1,
	} {
		_, err := Parse("settings.toml", []byte(text))
		var all Errors
		if !errors.As(err, &all) || len(all) != 1 || all[0].Line != line {
			t.Errorf("%q: %v", text, err)
		}
	}
}

func TestATableWhereAValueBelongsAndTheOtherWayRound(t *testing.T) {
	for text, want := range map[string]string{
		"mode = \"test\"\noxipay = true\n":         "settings.toml:2: oxipay is true; allowed: a table: [oxipay]",
		"mode = \"test\"\n[[oxipay]]\na = 1\n":     "settings.toml:2: oxipay is [map[a:1]]; allowed: a table: [oxipay]",
		"mode = \"test\"\n[shop.name]\na = 1\n":    "settings.toml:2: shop.name is a table; allowed: text of 1 to 40 characters",
		"[mode]\nlive = true\n":                    "settings.toml:1: mode is a table; allowed: \"live\" or \"test\"",
		"mode = \"test\"\n[shop.address]\na = 1\n": "settings.toml:2: shop.address is not a setting (settings.toml.example has every setting)",
	} {
		_, err := Parse("settings.toml", []byte(text))
		if err == nil || err.Error() != want {
			t.Errorf("%q gives\n%v, want\n%s", text, err, want)
		}
	}
}

func TestAnEnabledProviderNeedsWhatItsRequestsNeed(t *testing.T) {
	for section, keys := range map[string][]string{
		"oxipay": {"base_url", "merchant_id", "device_id"}, "oxapay": {"base_url"}, "xaigate": {"base_url"}, "payneteasy": {"base_url", "serial_number"},
	} {
		text := fmt.Sprintf("mode = \"test\"\n[%s]\nenabled = true\n", section)
		_, err := Parse("settings.toml", []byte(text))
		var all Errors
		errors.As(err, &all)
		var missing []string
		for _, p := range all {
			if p.Line == 2 && p.Found == "is missing" {
				missing = append(missing, strings.TrimPrefix(p.Key, section+"."))
			}
		}
		if diff := cmp.Diff(keys, missing); diff != "" || len(all) != len(keys) {
			t.Errorf("%s (-want +got):\n%s\n%v", section, diff, err)
		}
		off := strings.Replace(text, "true", "false", 1)
		if s, err := Parse("settings.toml", []byte(off)); err != nil || len(s.Enabled()) != 0 {
			t.Errorf("%s switched off: %v", section, err)
		}
	}
}
