package desk

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"cashdesk/internal/till"
	"cashdesk/providers"
	"cashdesk/ui"
)

// tales is the one table of what an event is called on screen, for the events
// that need no more than a phrase.
var tales = map[providers.EventType]string{
	providers.EventRecorded:     "recorded",
	providers.EventInterrupted:  "the program stopped while waiting for the answer",
	providers.EventCancelled:    "cancelled before it was sent",
	providers.EventClosed:       "closed: nothing more is sent by itself",
	providers.EventUnresolvable: "not resolvable from here: nothing more is sent",
	providers.EventContradicted: "an answer came that says otherwise",
	providers.EventReviewed:     "looked at by a manager",
	providers.EventAside:        "put aside; still watched",
	providers.EventNoted:        "noted",

	providers.EventElsewhere:      "made at the provider, by hand",
	providers.EventReceiptStored:  "the provider has the receipt number",
	providers.EventReceiptRefused: "the provider did not take the receipt number",
	providers.EventForgotten:      "the customer's personal data was removed",
}

// Tell says in one clause what an event of an attempt was. What a person wrote
// about it stands behind a colon, who did it at the end where it was a person.
func Tell(a providers.Attempt, e providers.Event) string {
	text := tales[e.Type]
	switch e.Type {
	case providers.EventSent:
		text = "sent to " + a.Provider.Title()
	case providers.EventResent:
		text = "asked again (same request)"
	case providers.EventAnswered:
		text = tellAnswer(a, e)
	case providers.EventWatched:
		text = tellNews(a, e)
	case providers.EventContradicted:
		if e.Note != "" { // it says the same, and which way
			text, e.Note = e.Note, ""
		}
	case providers.EventReceipt:
		text = "receipt number " + e.Receipt + " given"
	case providers.EventSettled:
		text = "settled by hand: " + SettledWord(a, e.To == providers.Approved)
	}
	if e.Note != "" {
		text += ": " + providers.CleanText(e.Note)
	}
	if e.By != "" && e.Type != providers.EventSent {
		text += " (" + e.By + ")"
	}
	return text
}

// SettledWord is what a manager decided about a payment that was not known.
func SettledWord(a providers.Attempt, happened bool) string {
	word := "paid"
	switch a.Kind {
	case providers.Refund:
		word = "refunded"
	case providers.UndoRefund:
		word = "undone"
	}
	if !happened {
		return "not " + word
	}
	return word
}

// Uncounted says that something was seen coming for an invoice which is open
// again without it: it was too little, or it was never confirmed.
func Uncounted(d till.Detail) bool {
	return d.Attempt.State == providers.Open && !d.Attempt.Confirming && slices.ContainsFunc(d.Timeline, func(e providers.Event) bool {
		return e.Type == providers.EventWatched && e.Confirming
	})
}

// Steps is all that happened to a payment, oldest first. A repeat that brought
// nothing is one line with its answer.
func (d *Desk) Steps(t ui.Theme, detail till.Detail) []ui.Step {
	var steps []ui.Step
	repeated, coming := false, false
	for _, e := range detail.Timeline {
		text := Drawable(t, Tell(detail.Attempt, e))
		if e.Type == providers.EventWatched {
			if coming && e.To == providers.Open && !e.Confirming {
				text = "open again: what was seen does not count yet" + code(e)
			}
			coming = e.Confirming
		}
		if repeated && e.Type == providers.EventAnswered && e.To == providers.Unknown {
			steps[len(steps)-1].Text += " " + t.Glyph(ui.GlyphEllipsis) + " " + text
		} else {
			steps = append(steps, ui.Step{Time: d.Second(e.At), Text: text})
		}
		repeated = e.Type == providers.EventResent
	}
	return steps
}

// Told draws steps in a narrow column, where their texts are wrapped; where
// height is short the newest stay.
func Told(c ui.Canvas, steps []ui.Step) string {
	const lead = 12 // the time stands before the first line
	var lines []string
	for _, s := range steps {
		for i, line := range ui.Wrap(s.Text, max(c.Width-lead-1, 8)) {
			at := ""
			if i == 0 {
				at = s.Time
			}
			lines = append(lines, " "+c.Theme.Paint(ui.Muted, ui.Pad(at, lead-2))+" "+line)
		}
	}
	if extra := len(lines) - c.Height; extra > 0 {
		lines = lines[extra:]
	}
	return strings.Join(lines, "\n")
}

func tellAnswer(a providers.Attempt, e providers.Event) string {
	switch e.To {
	case providers.Unknown:
		if e.Reason == providers.TimedOut && e.Took > 0 {
			return "no answer after " + ui.Elapsed(e.Took.Round(time.Second))
		}
		if text := e.Reason.Staff(); text != "" {
			return text
		}
		return "no sure answer"
	case providers.Open:
		return "invoice made" + code(e)
	case providers.Invited:
		return "the SMS went out" + code(e)
	case providers.HandedOver:
		return "begun at the transfer server" + code(e)
	case providers.Refused:
		if why := e.Reason.Staff(); why != "" {
			return "refused: " + why + code(e)
		}
	}
	a.State = e.To
	text := a.Provider.Title() + " answered: " + a.Word() + code(e)
	if e.Took > 0 {
		text += fmt.Sprintf(", after %.1f s", e.Took.Seconds())
	}
	return text
}

func tellNews(a providers.Attempt, e providers.Event) string {
	switch {
	case e.Coin != "" && e.To != providers.Approved:
		return "a coin came that the invoice does not take: " + e.Coin
	case e.To == providers.Approved:
		return "paid" + code(e)
	case e.To == providers.PartlyPaid && e.Shortfall != "":
		return fmt.Sprintf("too little has come: %s is missing", e.Shortfall)
	case e.To == providers.PartlyPaid:
		return "too little has come"
	case e.To == providers.Expired && (e.Received != "" || e.Message != ""): // of another coin only the message tells
		return "expired, and too little has come"
	case e.To == providers.Expired:
		return "expired; late money is watched for"
	case e.To == providers.Declined:
		return a.Provider.Title() + " says that it failed" + code(e)
	case e.Confirming:
		return "money seen, not yet safe" + code(e)
	}
	return "still open" + code(e)
}

func code(e providers.Event) string {
	if e.Code == "" {
		return ""
	}
	return " (" + e.Code + ")"
}
