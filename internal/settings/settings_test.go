package settings

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"cashdesk/providers"
)

func parse(t *testing.T, text string) *Settings {
	t.Helper()
	s, err := Parse("settings.toml", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestTwoWordsAreEnoughAndTheRestAreDefaults(t *testing.T) {
	s := parse(t, `mode = "test"`)
	aud := providers.Currency{Code: "AUD", Decimals: 2}
	if s.Shop.Country != "AU" || s.Shop.Currency != aud || s.Shop.MaxAmount.String() != "10,000.00 AUD" || s.Shop.TimeZone != time.Local {
		t.Errorf("the shop is %+v", s.Shop)
	}
	if want := (Staff{IdleLock: 5 * time.Minute, PINLock: 30 * time.Minute}); s.Staff != want {
		t.Errorf("staff is %+v", s.Staff)
	}
	if s.Oxipay.Timeout != 75*time.Second || s.Oxipay.ResendWindow != 10*time.Minute || s.Oxipay.MinAmount.Minor != 2000 || s.Oxipay.AcceptOtherCodes {
		t.Errorf("oxipay is %+v", s.Oxipay)
	}
	if s.OxaPay.API != "legacy" || s.OxaPay.LifeTime != time.Hour || s.OxaPay.UnderPaidCover != "0" || s.OxaPay.FeePaidByPayer != nil {
		t.Errorf("oxapay is %+v", s.OxaPay)
	}
	if s.Printer.Command != nil {
		t.Errorf("the printer is %q", s.Printer.Command)
	}
	if s.Look != (Look{Theme: "auto", Bell: true}) || s.Scanner != (Scanner{Bursts: "auto"}) {
		t.Errorf("look is %+v, scanner is %+v", s.Look, s.Scanner)
	}
}

func TestNoProviderIsReachedUnlessTheFileNamesItsServer(t *testing.T) {
	s := parse(t, `mode = "test"`)
	if len(s.Enabled()) != 0 || s.Oxipay.BaseURL+s.OxaPay.BaseURL+s.XaiGate.BaseURL+s.Payneteasy.BaseURL+s.Proxy != "" {
		t.Errorf("enabled %v: %+v", s.Enabled(), s)
	}
}

func TestEverythingThatIsSetArrives(t *testing.T) {
	s := parse(t, `mode = "test"
proxy = "socks5://10.0.0.1:1080"
[shop]
time_zone = "Pacific/Auckland"
country = "NZ"
currency = "NZD"
max_amount = "99.5"
[printer]
command = ["lp", "-o", "fit to page"]
[oxapay]
enabled = true
base_url = "https://api.oxapay.com/"
api = "v1"
currencies = ["USDT", "NZD"]
fee_paid_by_payer = false
coins = { USDT = 6 }
[payneteasy]
enabled = true
base_url = "https://group.example"
serial_number = "SN-7"
latitude = -36
longitude = 174.76
handover_url = "https://Go.Group.example/{invoiceId}"
`)
	if s.Shop.TimeZone.String() != "Pacific/Auckland" || s.Shop.MaxAmount.String() != "99.50 NZD" {
		t.Errorf("the shop is %+v", s.Shop)
	}
	if want := []string{"lp", "-o", "fit to page"}; !cmp.Equal(want, s.Printer.Command) {
		t.Errorf("slips are printed by %q", s.Printer.Command)
	}
	if want := []providers.Currency{{Code: "USDT", Decimals: 6}, {Code: "NZD", Decimals: 2}}; !cmp.Equal(want, s.OxaPay.Currencies) {
		t.Errorf("prices at OxaPay are in %v", s.OxaPay.Currencies)
	}
	if s.OxaPay.BaseURL != "https://api.oxapay.com" || s.OxaPay.API != "v1" || s.OxaPay.FeePaidByPayer == nil || *s.OxaPay.FeePaidByPayer {
		t.Errorf("oxapay is %+v", s.OxaPay)
	}
	if want := (&Location{-36, 174.76}); !cmp.Equal(want, s.Payneteasy.Location) {
		t.Errorf("the device is at %v", s.Payneteasy.Location)
	}
	if want := []string{"go.group.example"}; !cmp.Equal(want, s.Payneteasy.LinkHosts) {
		t.Errorf("links may go to %v", s.Payneteasy.LinkHosts)
	}
	if want := []providers.Currency{{Code: "NZD", Decimals: 2}}; !cmp.Equal(want, s.Payneteasy.Currencies) {
		t.Errorf("transfers are in %v", s.Payneteasy.Currencies)
	}
	if want := []providers.Provider{providers.OxaPay, providers.Payneteasy}; !cmp.Equal(want, s.Enabled()) {
		t.Errorf("enabled are %v", s.Enabled())
	}
}

func TestTestAndLiveNeverShareAJournalOrAKeystore(t *testing.T) {
	test, live := parse(t, `mode = "test"`).Paths, parse(t, `mode = "live"`).Paths
	if test.Journal == live.Journal || test.Keystore == live.Keystore || test.Anchor == live.Anchor {
		t.Errorf("test %+v, live %+v", test, live)
	}
	for _, p := range []Paths{test, live} {
		if filepath.Dir(p.Anchor) == filepath.Dir(p.Journal) {
			t.Errorf("the anchor lies beside the journal: %+v", p)
		}
		if !filepath.IsAbs(p.Journal) || !filepath.IsAbs(p.Keystore) || !filepath.IsAbs(p.Anchor) {
			t.Errorf("a path is not absolute: %+v", p)
		}
	}
}

func TestPathsAreFromTheHomeFolderOrBesideTheFile(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("HOME", dir)
	t.Setenv("USERPROFILE", dir)
	file := filepath.Join(dir, "shop", "settings.toml")
	text := "mode = \"test\"\n[paths]\njournal = \"~/j/journal.db\"\nkeystore = \"keys\"\nanchor = \"~/a/anchor\"\n"
	s, err := Parse(file, []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	want := Paths{filepath.Join(dir, "j", "journal.db"), filepath.Join(dir, "shop", "keys"), filepath.Join(dir, "a", "anchor")}
	if diff := cmp.Diff(want, s.Paths); diff != "" {
		t.Errorf("paths (-want +got):\n%s", diff)
	}
	_, err = Parse(file, []byte(strings.Replace(text, "~/a/", "~/j/", 1)))
	if err == nil || !strings.Contains(err.Error(), "settings.toml:5: paths.anchor") {
		t.Errorf("an anchor beside the journal: %v", err)
	}
}

func TestSettingsThatAreNotThereAreOneSentenceAndTheCommandThatMakesThem(t *testing.T) {
	path := filepath.Join(t.TempDir(), "settings.toml")
	_, err := Load(path)
	if providers.KindOf(err) != providers.Input || !strings.Contains(err.Error(), path) || !strings.Contains(providers.HintOf(err), "cashdesk settings init") {
		t.Errorf("it says %v (%s)", err, providers.HintOf(err))
	}
	if err := os.WriteFile(path, Example(), 0o600); err != nil {
		t.Fatal(err)
	}
	if s, err := Load(path); err != nil || s.File != path {
		t.Errorf("what init writes does not load: %v", err)
	}
	t.Setenv("CASHDESK_SETTINGS", path)
	if DefaultPath() != path {
		t.Errorf("CASHDESK_SETTINGS is not obeyed: %s", DefaultPath())
	}
	t.Setenv("CASHDESK_SETTINGS", "")
	if got := DefaultPath(); !strings.HasSuffix(got, filepath.Join("cashdesk", "settings.toml")) {
		t.Errorf("the default is %s", got)
	}
}

func TestWhatIsProbablyNotMeantIsAWarning(t *testing.T) {
	s := parse(t, `mode = "test"
[oxipay]
base_url = "https://testpos.oxipay.com.au/webapi/v1/Test"
[payneteasy]
enabled = false
handover_url = "https://group.example/{invoiceId}?e={endpointId}&n={nonce}&s={signature}"
`)
	var got []string
	for _, w := range s.Warnings {
		got = append(got, w.String())
	}
	want := []string{
		"settings.toml:6: payneteasy.handover_url gives links of about 154 bytes: too long for a QR on 80×24, which holds 106 on the whole screen (keep them under 107 bytes, best with {invoiceId} alone)",
		"settings.toml:2: oxipay is not enabled (write enabled = true there to take payments with it)",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("warnings (-want +got):\n%s", diff)
	}
}

func TestWhatAQROnTheSmallestScreenHoldsIsSaid(t *testing.T) {
	for path, want := range map[string]string{
		"": "is not set", "https://g.example/t/{invoiceId}": "about 56 bytes: a QR on 80×24 holds 78 beside the page, 106 on the whole screen",
		"https://g.example/" + strings.Repeat("x", 24) + "{invoiceId}": "78 bytes: a QR", "https://g.example/" + strings.Repeat("x", 25) + "{invoiceId}": "79 bytes: on 80×24 their QR takes the whole screen",
		"https://g.example/" + strings.Repeat("x", 52) + "{invoiceId}": "106 bytes: on", "https://g.example/" + strings.Repeat("x", 53) + "{invoiceId}": "107 bytes: too long",
		"https://g.example/{invoiceId}/{nonce}": "97 bytes",
	} {
		if got := (Payneteasy{HandoverURL: path}).HandoverFits(); !strings.Contains(got, want) {
			t.Errorf("%s: %q, want %q", path, got, want)
		}
	}
}

func TestTheAddressesOfTheGroupsOwnServerArrive(t *testing.T) {
	p := parse(t, `mode = "live"
[payneteasy]
enabled = true
base_url = "https://group.example"
serial_number = "SN-7"
access_token_url = "https://login.group.example/auth/request-access-token"
get_rate_url = "https://group.example/transfer/get-rate"
result_url = "https://group.example/result?invoiceId={invoiceId}"
ask_bins = true
`).Payneteasy
	if p.AccessTokenURL != "https://login.group.example/auth/request-access-token" || p.GetRateURL != "https://group.example/transfer/get-rate" ||
		p.ResultURL != "https://group.example/result?invoiceId={invoiceId}" || !p.AskBINs {
		t.Errorf("payneteasy is %+v", p)
	}
	p = parse(t, `mode = "test"`).Payneteasy
	if p.AccessTokenURL+p.GetRateURL+p.ResultURL != "" || p.AskBINs {
		t.Errorf("without a word of them payneteasy is %+v", p)
	}
}

func TestParseNeverPanicsAndEitherGivesSettingsOrErrors(t *testing.T) {
	example := string(Example())
	rapid.Check(t, func(t *rapid.T) {
		lines := strings.SplitAfter(example, "\n")
		for range rapid.IntRange(1, 6).Draw(t, "changes") {
			i := rapid.IntRange(0, len(lines)-1).Draw(t, "line")
			switch rapid.IntRange(0, 3).Draw(t, "how") {
			case 0:
				lines[i] = strings.TrimPrefix(lines[i], "#")
			case 1:
				lines[i] = lines[rapid.IntRange(0, len(lines)-1).Draw(t, "other")]
			case 2:
				lines[i] = rapid.String().Draw(t, "text") + "\n"
			case 3:
				key, _, _ := strings.Cut(lines[i], "=")
				lines[i] = key + "=" + rapid.SampledFrom([]string{`""`, "0", "-1.5", "nan", "inf", "true", "[]", "[[1]]", "{}", "{a=1}", "1979-05-27", `"é\u0000"`, "9223372036854775807"}).Draw(t, "value") + "\n"
			}
		}
		s, err := Parse("settings.toml", []byte(strings.Join(lines, "")))
		if (s == nil) == (err == nil) {
			t.Fatalf("settings %v with error %v", s != nil, err)
		}
		if err != nil && err.Error() == "" {
			t.Fatal("an error without a word")
		}
	})
}
