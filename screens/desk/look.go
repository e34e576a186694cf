package desk

import (
	"cashdesk/providers"
	"cashdesk/ui"
)

// Look is how a state is shown: glyph and word, and a colour on top.
type Look struct {
	Glyph ui.Glyph
	Tone  ui.Tone
	Word  string
}

// looks is the one table of how states look, everywhere.
var looks = map[providers.State]Look{
	providers.Recorded:   {ui.GlyphOpen, ui.Wait, "waiting"},
	providers.Sent:       {ui.GlyphOpen, ui.Wait, "waiting"},
	providers.Unknown:    {ui.GlyphUnknown, ui.Unknown, "not known"},
	providers.Open:       {ui.GlyphOpen, ui.Wait, "open"},
	providers.PartlyPaid: {ui.GlyphPartly, ui.Wait, "partly paid"},
	providers.Approved:   {ui.GlyphApproved, ui.Good, "approved"},
	providers.Declined:   {ui.GlyphDeclined, ui.Bad, "declined"},
	providers.Refused:    {ui.GlyphRefused, ui.Bad, "refused"},
	providers.Expired:    {ui.GlyphExpired, ui.Muted, "expired"},
	providers.Invited:    {ui.GlyphArrow, ui.Accent, "invited"},
	providers.HandedOver: {ui.GlyphArrow, ui.Accent, "handed over"},
	providers.Cancelled:  {ui.GlyphCancelled, ui.Muted, "cancelled"},
}

// LookOf is how a state is shown.
func LookOf(s providers.State) Look { return looks[s] }

// Mark is the state as glyph and word, coloured: "✓ approved".
func Mark(t ui.Theme, s providers.State) string {
	l := looks[s]
	return t.Mark(l.Glyph, l.Tone, l.Word)
}

// Route is the screen that shows an attempt as it stands now, to the person
// at the counter.
func Route(a providers.Attempt) string {
	switch {
	case a.State == providers.HandedOver:
		return RouteTransfer
	case a.State == providers.Open, a.State == providers.PartlyPaid:
		return RouteInvoice
	case a.State == providers.Recorded, a.State == providers.Sent, a.State == providers.Unknown:
		return RouteWaiting
	}
	return RouteResult
}
