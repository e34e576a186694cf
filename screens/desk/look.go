package desk

import (
	"cashdesk/internal/till"
	"cashdesk/providers"
	"cashdesk/ui"
)

// Look is how a state is shown: glyph and word, and a colour on top.
type Look struct {
	Glyph ui.Glyph
	Tone  ui.Tone
	Word  string
}

// looks is the one table of how states look, everywhere. Their words are the
// providers' vocabulary.
var looks = map[providers.State]struct {
	glyph ui.Glyph
	tone  ui.Tone
}{
	providers.Recorded:   {ui.GlyphOpen, ui.Wait},
	providers.Sent:       {ui.GlyphOpen, ui.Wait},
	providers.Unknown:    {ui.GlyphUnknown, ui.Unknown},
	providers.Open:       {ui.GlyphOpen, ui.Wait},
	providers.PartlyPaid: {ui.GlyphPartly, ui.Wait},
	providers.Approved:   {ui.GlyphApproved, ui.Good},
	providers.Declined:   {ui.GlyphDeclined, ui.Bad},
	providers.Refused:    {ui.GlyphRefused, ui.Bad},
	providers.Expired:    {ui.GlyphExpired, ui.Muted},
	providers.Invited:    {ui.GlyphArrow, ui.Accent},
	providers.HandedOver: {ui.GlyphArrow, ui.Accent},
	providers.Cancelled:  {ui.GlyphCancelled, ui.Muted},
}

// LookOf is how an attempt's state is shown.
func LookOf(a providers.Attempt) Look {
	l := looks[a.State]
	if ToConfirm(a) {
		return Look{Glyph: ui.GlyphOpen, Tone: ui.Wait, Word: "to confirm"}
	}
	return Look{Glyph: l.glyph, Tone: l.tone, Word: a.Word()}
}

// LookIn is how a payment is shown that was read with its sale: a refund that was
// undone is no refund any more.
func LookIn(d till.Detail) Look {
	if d.Undone[d.Attempt.ID] {
		return TakenBack
	}
	return LookOf(d.Attempt)
}

// TakenBack is how a refund is shown that was undone.
var TakenBack = Look{Glyph: ui.GlyphCancelled, Tone: ui.Muted, Word: "taken back"}

// ToConfirm says that a sale waits for the customer, who is asked on their phone:
// nothing is wrong with it.
func ToConfirm(a providers.Attempt) bool {
	return a.State == providers.Unknown && a.Reason == providers.AwaitsBuyer && !a.Closed && !a.KeySuspected && !a.Contradicted
}

// Mark is an attempt's state as glyph and word, coloured: "✓ approved".
func Mark(t ui.Theme, a providers.Attempt) string {
	l := LookOf(a)
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
