package desk

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"cashdesk/internal/till"
	"cashdesk/providers"
	"cashdesk/ui"
)

// Time is a time of day in the shop's zone: "14:07".
func (d *Desk) Time(t time.Time) string { return d.in(t, "15:04") }

// Second is a time of day with its seconds: "14:07:31".
func (d *Desk) Second(t time.Time) string { return d.in(t, "15:04:05") }

// Day is a date in the shop's zone: "3 Dec 2026".
func (d *Desk) Day(t time.Time) string { return d.in(t, "2 Jan 2006") }

func (d *Desk) in(t time.Time, layout string) string {
	if t.IsZero() {
		return ""
	}
	zone := d.Shop.Zone
	if zone == nil {
		zone = time.UTC
	}
	return t.In(zone).Format(layout)
}

// Midnight is when the shop's day began.
func (d *Desk) Midnight(now time.Time) time.Time {
	zone := d.Shop.Zone
	if zone == nil {
		zone = time.UTC
	}
	y, m, day := now.In(zone).Date()
	return time.Date(y, m, day, 0, 0, 0, 0, zone)
}

// Short is a reference cut to what tells it from others: "01JC…7QK4".
func Short(reference string) string {
	r := []rune(reference)
	if len(r) <= 12 {
		return reference
	}
	return string(r[:4]) + "…" + string(r[len(r)-4:])
}

// longNumber is more than stands beside other things on a line.
const longNumber = 24

// ShortNumber is a provider's own number, shortened where it is long.
func ShortNumber(a providers.Attempt) string {
	if len(a.ProviderRef) > longNumber {
		return Short(a.ProviderRef)
	}
	return a.ProviderRef
}

// PurchaseWord is what a provider's own number is called on screen.
func PurchaseWord(p providers.Provider) string {
	switch p {
	case providers.Oxipay:
		return "purchase"
	case providers.OxaPay:
		return "track id"
	}
	return "invoice"
}

// Note is the short remark that stands behind a payment in a list: at most 27
// cells, the room that is left at eighty columns.
func Note(a providers.Attempt, live till.Live, now time.Time) string {
	if Blind(a, live) {
		return BlindNote(a)
	}
	switch a.State {
	case providers.Approved, providers.HandedOver:
		if a.PossibleDouble {
			return "possible double payment"
		}
		if note := paidNote(a); note != "" {
			return note
		}
		if a.ProviderRef != "" {
			return PurchaseWord(a.Provider) + " " + ShortNumber(a)
		}
	case providers.Open, providers.PartlyPaid:
		return invoiceNote(a, now)
	case providers.Expired:
		if a.Came() != "" {
			return "too little came in time"
		}
		return "late money is watched for"
	case providers.Recorded, providers.Sent:
		return "waiting for the answer"
	case providers.Unknown:
		return unknownNote(a, live)
	case providers.Invited:
		return "the SMS went out"
	case providers.Declined, providers.Refused:
		return a.Code
	}
	return ""
}

// paidNote is what a manager has to know of an invoice that is paid otherwise than
// asked.
func paidNote(a providers.Attempt) string {
	switch {
	case a.State != providers.Approved || a.Kind != providers.Invoice:
		return ""
	case a.Overpaid() != "":
		return a.Overpaid() + " too much"
	case a.Late:
		return "paid late"
	}
	return ""
}

func invoiceNote(a providers.Attempt, now time.Time) string {
	note, timed := "waiting for the coin", "waiting"
	switch {
	case a.Confirming: // its time is no longer what matters
		return "money seen, not yet safe"
	case a.Coin != "":
		return "another coin has come"
	case a.State == providers.PartlyPaid:
		note, timed = "too little has come", "too little"
	}
	if left := a.ExpiresAt.Sub(now); !a.ExpiresAt.IsZero() && !now.IsZero() && left > 0 {
		return timed + ", " + ui.Countdown(left) + " left"
	}
	return note
}

func unknownNote(a providers.Attempt, live till.Live) string {
	times := fmt.Sprintf("asked %d times", a.Sends)
	if a.Sends == 1 {
		times = "asked once"
	}
	switch {
	case a.KeySuspected:
		return "key wrong? call a manager"
	case a.Closed:
		return "a manager settles it"
	case ToConfirm(a):
		return "customer confirms"
	case live.Busy:
		return times + ", asking now"
	case live.NextIn > 0:
		return fmt.Sprintf("%s, next in %d s", times, live.NextIn)
	}
	return times
}

// Sentence makes an error fit to be read: a sentence with its full stop, and
// what to do, which may be empty.
func Sentence(err error) (text, hint string) {
	if err == nil {
		return "", ""
	}
	hint = providers.HintOf(err)
	var e *providers.Error
	if errors.As(err, &e) {
		text = e.Text
	} else {
		text = providers.CleanText(err.Error())
	}
	return stop(text), stop(hint)
}

// FieldOf is the input field that an error is about, or nothing.
func FieldOf(err error) string {
	var e *providers.Error
	if errors.As(err, &e) {
		return e.Field
	}
	return ""
}

// stop begins a sentence with a capital and ends it with a full stop. A first
// word that is a quotation or a name stays as it is.
func stop(text string) string {
	if text == "" {
		return ""
	}
	if first := text[0]; first >= 'a' && first <= 'z' {
		text = strings.ToUpper(text[:1]) + text[1:]
	}
	if !strings.HasSuffix(text, ".") && !strings.HasSuffix(text, "?") {
		text += "."
	}
	return text
}
