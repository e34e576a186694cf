package cli

import (
	"strings"
	"testing"

	"cashdesk/internal/settings"
	"cashdesk/keystore"
	"cashdesk/providers"
)

func TestPayneteasyNeedsAnAccessTokenOnlyWhereNoneIsFetched(t *testing.T) {
	kept := string(settings.Example())
	fetched := strings.Replace(kept, "#access_token_url = ", "access_token_url = ", 1)
	if kept == fetched {
		t.Fatal("the example has no access_token_url")
	}
	for text, why := range map[string]string{kept: "its key is not set", fetched: ""} {
		s, err := settings.Parse("settings.toml", []byte(text))
		if err != nil {
			t.Fatal(err)
		}
		available := unavailable(s, keystore.NewMemory())
		if got := available(providers.Payneteasy); got != why {
			t.Errorf("tokens fetched %v: Payneteasy is unavailable for %q, want %q", text == fetched, got, why)
		}
		if available(providers.XaiGate) == "" {
			t.Error("XaiGate is available without its key")
		}
	}
}

func TestTheSettingsOfTheGroupsServerReachTheClient(t *testing.T) {
	text := string(settings.Example())
	for _, key := range []string{"access_token_url", "get_rate_url", "result_url"} {
		text = strings.Replace(text, "#"+key+" = ", key+" = ", 1)
	}
	text = strings.Replace(text, "#ask_bins = false", "ask_bins = true", 1)
	s, err := settings.Parse("settings.toml", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	all, err := gateways(s, func(string) string { return "" })
	if err != nil {
		t.Fatal(err)
	}
	for _, g := range all {
		if g.Provider() != providers.Payneteasy {
			continue
		}
		if !providers.Watches(g, providers.Transfer) {
			t.Error("no transfer is followed")
		}
		// No token is kept here; the six digits are the counter's.
		_, err := g.Prepare(providers.Order{Kind: providers.Transfer, Reference: "R-1", FromBIN: "400000", ToBIN: "500000",
			Amount: providers.Amount{Minor: 1000, Currency: providers.Currency{Code: "EUR", Decimals: 2}}})
		if err != nil {
			t.Errorf("it cannot be prepared: %v", err)
		}
	}
}
