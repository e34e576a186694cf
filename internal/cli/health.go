package cli

import (
	"context"
	"fmt"
	"strings"
	"time"

	"cashdesk/internal/settings"
	"cashdesk/internal/till"
	"cashdesk/keystore"
	"cashdesk/providers"
	"cashdesk/screens/desk"
	"cashdesk/ui"
)

// health lists the settings and how things are, for the manager's page.
func health(s *settings.Settings, c *counter) []desk.HealthLine {
	lines := []desk.HealthLine{
		{Section: "Counter", Title: "Version", Value: Version},
		{Section: "Counter", Title: "Mode", Value: string(s.Mode)},
		{Section: "Counter", Title: "Settings", Value: s.File},
		{Section: "Counter", Title: "Journal", Value: s.Paths.Journal},
		{Section: "Counter", Title: "Keystore", Value: s.Paths.Keystore},
		{Section: "Counter", Title: "Asks above", Value: s.Shop.MaxAmount.String()},
		{Section: "Counter", Title: "Time zone", Value: zoneText(s.Shop.TimeZone, time.Now())},
	}
	for _, w := range s.Warnings {
		lines = append(lines, desk.HealthLine{Section: "Counter", Title: "Warning", Value: w.String(), Tone: ui.Unknown})
	}
	if open := openSwap("/"); open != "" && c.desk.Demo == nil {
		lines = append(lines, desk.HealthLine{Section: "Counter", Title: "Swap", Value: open + ": keys can be left there, if it is not encrypted", Tone: ui.Unknown, Hint: "docs/security.md says what to do"})
	}
	t := c.tillOrNil()
	if t == nil {
		return lines
	}
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	st, err := t.Status(ctx)
	if err != nil {
		return append(lines, desk.HealthLine{Section: "Counter", Title: "Journal check", Value: err.Error(), Tone: ui.Bad, Hint: providers.HintOf(err)})
	}
	if st.Doubt != nil {
		lines = append(lines, desk.HealthLine{Section: "Counter", Title: "Journal check", Value: st.Doubt.Error(), Tone: ui.Bad, Hint: providers.HintOf(st.Doubt)})
	}
	if st.KeystoreDoubt != nil {
		lines = append(lines, desk.HealthLine{Section: "Counter", Title: "Keystore check", Value: st.KeystoreDoubt.Error(), Tone: ui.Bad, Hint: providers.HintOf(st.KeystoreDoubt)})
	}
	if missing := desk.ReceiptsMissing(st.Receipts); missing != "" {
		lines = append(lines, desk.HealthLine{Section: "Counter", Title: "Receipts", Value: missing, Tone: ui.Unknown, Hint: "F4 on the sale page lists them; each is on its sale's receipt"})
	}
	return append(append(lines, providerLines(s, st)...), keyLines(c.keys.store)...)
}

// zoneText names a zone and how far it is from UTC; "Local" alone says nothing.
func zoneText(zone *time.Location, now time.Time) string {
	at := now.In(zone)
	name := zone.String()
	if zone == time.Local {
		name = "this machine's, " + at.Format("MST")
	}
	if name == "UTC" {
		return name
	}
	return name + " (UTC" + at.Format("-07:00") + ")"
}

func providerLines(s *settings.Settings, st till.Status) []desk.HealthLine {
	bases := map[providers.Provider]string{
		providers.Oxipay: s.Oxipay.BaseURL, providers.OxaPay: s.OxaPay.BaseURL,
		providers.XaiGate: s.XaiGate.BaseURL, providers.Payneteasy: s.Payneteasy.BaseURL,
	}
	words := map[till.Light]string{
		till.LightDark: "nothing asked yet", till.LightGood: "answering",
		till.LightBad: "no usable answer", till.LightOff: "switched off",
	}
	var lines []desk.HealthLine
	for _, p := range providers.All {
		line := desk.HealthLine{Section: "Providers", Title: p.Title(), Value: strings.TrimSpace(words[st.Lights[p]] + "  " + bases[p])}
		switch st.Lights[p] {
		case till.LightGood:
			line.Tone = ui.Good
		case till.LightBad:
			line.Tone, line.Hint = ui.Bad, "look at this machine's network, then at the provider's status page"
		case till.LightOff:
			line.Tone = ui.Muted
		}
		lines = append(lines, line)
	}
	if st.NoEcho > 0 {
		lines = append(lines, desk.HealthLine{Section: "Providers", Title: "Echo", Tone: ui.Unknown,
			Value: fmt.Sprintf("%d of Oxipay's answers since the start came without our token", st.NoEcho),
			Hint:  "an old answer would not be told from a new one: ask Oxipay to send tracking_data back"})
	}
	return lines
}

func keyLines(store *keystore.Store) []desk.HealthLine {
	var lines []desk.HealthLine
	for _, k := range keystore.Keys() {
		line := desk.HealthLine{Section: "Keys", Title: k.Title, Value: "not set", Tone: ui.Muted}
		if store.Has(k.Name) {
			line.Value, line.Tone = "set", ui.Good
		}
		lines = append(lines, line)
	}
	return lines
}
