package settings

import (
	"errors"
	"strings"
	"testing"

	"cashdesk/providers"
)

const liveOxipay = `mode = "live"
[oxipay]
enabled = true
merchant_id = "30299999"
device_id = "counter-1"
base_url = "https://pos.oxipay.com.au/webapi/v1"
`

func TestLiveTakesTheProductionServer(t *testing.T) {
	s := parse(t, liveOxipay)
	if s.Test() || s.Mode != Live {
		t.Errorf("the mode is %q", s.Mode)
	}
}

func TestLiveRefusesEverythingThatIsMadeForTryingOut(t *testing.T) {
	for _, base := range []string{
		"http://127.0.0.1:8199/oxipay/webapi/v1", "https://localhost/webapi/v1", "http://[::1]:1/x", "https://127.9.9.9/webapi/v1",
		"https://pos.oxipay.com.au/webapi/v1/Test", "https://pos.oxipay.com.au/webapi/v1/test/", "https://testpos.oxipay.com.au/webapi/v1",
		"https://sandboxpos.oxipay.co.nz/webapi/v1", "https://integration-pos.shophumm.com.au/webapi/v1",
	} {
		_, err := Parse("settings.toml", []byte(strings.Replace(liveOxipay, "https://pos.oxipay.com.au/webapi/v1", base, 1)))
		var all Errors
		if !errors.As(err, &all) || len(all) != 1 || all[0].Line != 6 || all[0].Key != "oxipay.base_url" {
			t.Errorf("%s: %v", base, err)
		}
	}
	for text, key := range map[string]string{
		strings.Replace(liveOxipay, "30299999", "sandbox", 1):                              "oxipay.merchant_id",
		liveOxipay + "[oxapay]\ncallback_url = \"http://localhost/cb\"\n":                  "oxapay.callback_url",
		liveOxipay + "[xaigate]\nbase_url = \"http://127.0.0.1:8199/xaigate\"\n":           "xaigate.base_url",
		liveOxipay + "[payneteasy]\nhandover_url = \"http://127.0.0.1:1/h/{invoiceId}\"\n": "payneteasy.handover_url",
		liveOxipay + "[payneteasy]\naccess_token_url = \"http://127.0.0.1:1/token\"\n":     "payneteasy.access_token_url",
		liveOxipay + "[payneteasy]\nget_rate_url = \"http://127.0.0.1:1/rate\"\n":          "payneteasy.get_rate_url",
		liveOxipay + "[payneteasy]\nresult_url = \"http://localhost:1/r?i={invoiceId}\"\n": "payneteasy.result_url",
	} {
		_, err := Parse("settings.toml", []byte(text))
		var all Errors
		if !errors.As(err, &all) || len(all) != 1 || all[0].Key != key || all[0].Line == 0 {
			t.Errorf("%s: %v", key, err)
		}
	}
}

func TestChangingTheExampleToLiveAloneIsRefusedForEachProvider(t *testing.T) {
	_, err := Parse("settings.toml", []byte(strings.Replace(string(Example()), `mode = "test"`, `mode = "live"`, 1)))
	for _, p := range providers.All {
		if err == nil || !strings.Contains(err.Error(), string(p)+".base_url is") {
			t.Errorf("%s at the sandbox is live: %v", p, err)
		}
	}
}

func TestATestCounterNeverReachesTheServerThatChargesCustomers(t *testing.T) {
	_, err := Parse("settings.toml", []byte(strings.Replace(liveOxipay, `"live"`, `"test"`, 1)))
	if err == nil || !strings.Contains(err.Error(), "settings.toml:6: oxipay.base_url") {
		t.Errorf("it gives %v", err)
	}
}

func TestLiveRefusesThePublishedKeys(t *testing.T) {
	for name, dummy := range map[string]string{
		"oxipay.signing_key":     "1234567890",
		"oxapay.merchant_key":    "Sandbox",
		"xaigate.api_key":        "FDDA9F03-6409-43eb-a6ef-e1f6cea71c2e",
		"payneteasy.control_key": "b17f59b4a7dc41b48ff937d986b43d20",
	} {
		keys := func(held string) (string, bool) {
			if held == name {
				return dummy, true
			}
			return "", false
		}
		err := parse(t, liveOxipay).CheckKeys(keys)
		if providers.KindOf(err) != providers.Credentials || !strings.Contains(providers.HintOf(err), "cashdesk keys set "+name) {
			t.Errorf("%s: %v", name, err)
		}
		if err != nil && strings.Contains(err.Error(), dummy) {
			t.Errorf("the error repeats the key: %v", err)
		}
		if err := parse(t, `mode = "test"`).CheckKeys(keys); err != nil {
			t.Errorf("in test mode %s gives %v", name, err)
		}
		if err := parse(t, liveOxipay).CheckKeys(func(string) (string, bool) { return dummy + "1", true }); err != nil {
			t.Errorf("the shop's own %s gives %v", name, err)
		}
	}
	if err := parse(t, liveOxipay).CheckKeys(func(string) (string, bool) { return "", false }); err != nil {
		t.Errorf("without keys: %v", err)
	}
}
