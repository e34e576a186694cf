package cli

import (
	"fmt"

	"cashdesk/internal/settings"
	"cashdesk/internal/till"
	"cashdesk/providers"
	"cashdesk/screens/desk"
	"cashdesk/ui"
)

// header is the line at the top, as things stand.
func header(s *settings.Settings, d *desk.Desk, st till.Status) ui.Header {
	h := ui.Header{Shop: s.Shop.Name, Counter: "counter " + s.Shop.Counter, Operator: d.Session().Name, Zone: s.Shop.TimeZone}
	for _, p := range providers.All {
		h.Lights = append(h.Lights, light(p, st.Lights[p]))
	}
	if st.Open > 0 {
		h.Badges = append(h.Badges, ui.Badge{Glyph: ui.GlyphOpen, Text: fmt.Sprintf("%d open", st.Open), Tone: ui.Wait})
	}
	if st.Unknown > 0 {
		h.Badges = append(h.Badges, ui.Badge{Glyph: ui.GlyphUnknown, Text: fmt.Sprintf("%d not known", st.Unknown), Tone: ui.Unknown})
	}
	switch {
	case d.Demo != nil:
		h.Test = "DEMO"
	case s.Test():
		h.Test = "TEST"
	}
	switch {
	case st.Unsaved > 0:
		h.Warning = "A result is not saved: write it down"
	case st.Doubt != nil:
		h.Warning = "The journal may be an old copy: call a manager (Esc, F2, F7)"
	case st.KeystoreDoubt != nil:
		h.Warning = "The keystore may be an old copy: call a manager (Esc, F2, F7)"
	case st.KeySuspected:
		h.Warning = "Oxipay's key may be wrong: call a manager (Esc, F2, F4)"
	case st.Offset != 0:
		h.Warning = fmt.Sprintf("This machine's clock is off by %s", ui.Elapsed(st.Offset.Abs()))
	}
	return h
}

func light(p providers.Provider, l till.Light) ui.Light {
	switch l {
	case till.LightGood:
		return ui.Light{Name: p.Title(), Tone: ui.Good, On: true}
	case till.LightBad:
		return ui.Light{Name: p.Title(), Tone: ui.Bad, On: true}
	case till.LightOff:
		return ui.Light{Name: p.Title(), Tone: ui.Muted}
	}
	return ui.Light{Name: p.Title(), Tone: ui.Normal, On: true}
}
