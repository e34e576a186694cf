package desk_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"cashdesk/internal/till"
	"cashdesk/providers"
	"cashdesk/screens/desk"
	"cashdesk/ui"
	"cashdesk/ui/uitest"
)

func TestEveryStateHasItsOwnWordAndALook(t *testing.T) {
	for _, s := range providers.States {
		look := desk.LookOf(providers.Attempt{State: s})
		if look.Word != s.Word() || look.Glyph == ui.NoGlyph {
			t.Errorf("%s looks like %+v, its word is %q", s, look, s.Word())
		}
		if s != providers.Approved && (look.Glyph == ui.GlyphApproved || look.Tone == ui.Good) {
			t.Errorf("%s looks approved", s)
		}
	}
}

func TestEveryStateHasAScreen(t *testing.T) {
	want := map[providers.State]string{
		providers.Recorded: desk.RouteWaiting, providers.Sent: desk.RouteWaiting, providers.Unknown: desk.RouteWaiting,
		providers.Open: desk.RouteInvoice, providers.PartlyPaid: desk.RouteInvoice, providers.HandedOver: desk.RouteTransfer,
	}
	for _, s := range providers.States {
		route := want[s]
		if route == "" {
			route = desk.RouteResult
		}
		if got := desk.Route(providers.Attempt{State: s}); got != route {
			t.Errorf("%s is shown by %q, want %q", s, got, route)
		}
	}
}

func TestEveryEventOfAPaymentIsTold(t *testing.T) {
	a := providers.Attempt{Provider: providers.Oxipay}
	for e, want := range map[providers.EventType]string{
		providers.EventRecorded: "recorded (tom)", providers.EventSent: "sent to Oxipay",
		providers.EventResent: "asked again (same request) (tom)", providers.EventInterrupted: "the program stopped",
		providers.EventCancelled: "cancelled before it was sent", providers.EventClosed: "nothing more is sent by itself",
		providers.EventContradicted: "says otherwise", providers.EventReviewed: "looked at by a manager",
		providers.EventAside: "still watched", providers.EventNoted: "noted",
		providers.EventSettled: "settled by hand: not paid", providers.EventAnswered: "no sure answer",
		providers.EventWatched: "still open", providers.EventElsewhere: "made at the provider, by hand (tom)",
		providers.EventReceipt: "receipt number R-7 given", providers.EventReceiptStored: "has the receipt number",
		providers.EventReceiptRefused: "did not take the receipt number",
	} {
		event := providers.Event{Type: e, By: "tom", To: providers.Unknown, Receipt: "R-7"}
		if got := desk.Tell(a, event); !strings.Contains(got, want) {
			t.Errorf("%s is told as %q, want %q in it", e, got, want)
		}
	}
}

func TestAnAnswerIsToldByWhatItSays(t *testing.T) {
	a := providers.Attempt{Provider: providers.Oxipay}
	for want, e := range map[string]providers.Event{
		"no answer after 1 min 15 s":                       {To: providers.Unknown, Reason: providers.TimedOut, Took: 75 * time.Second},
		"an answer with a wrong signature":                 {To: providers.Unknown, Reason: providers.BadSignature},
		"Oxipay answered: approved (SPRA01), after 2.1 s":  {To: providers.Approved, Code: "SPRA01", Took: 2100 * time.Millisecond},
		"Oxipay answered: declined (FPRA04)":               {To: providers.Declined, Code: "FPRA04"},
		"the SMS went out (SINV01)":                        {To: providers.Invited, Code: "SINV01"},
		"refused: no connection; nothing was sent":         {To: providers.Refused, Reason: providers.Unreachable},
		"begun at the transfer server":                     {To: providers.HandedOver},
		"invoice made (100)":                               {To: providers.Open, Code: "100"},
		"an answer with a code that nobody has documented": {To: providers.Unknown, Reason: providers.Unlisted},
	} {
		e.Type = providers.EventAnswered
		if got := desk.Tell(a, e); got != want {
			t.Errorf("told as %q, want %q", got, want)
		}
	}
	settled := providers.Event{Type: providers.EventSettled, To: providers.Approved, By: "mia", Note: "seen in the portal"}
	if got := desk.Tell(a, settled); got != "settled by hand: paid: seen in the portal (mia)" {
		t.Errorf("told as %q", got)
	}
}

func TestWhatComesFromElsewhereIsMadeFitForTheTheme(t *testing.T) {
	text := "6199 ••• 203 · 01JC…7QK4 “well’s” \x1b[31m☃"
	for _, name := range ui.Themes() {
		theme := uitest.Theme(name)
		for _, r := range desk.Drawable(theme, text) {
			if !theme.Allows(r) {
				t.Errorf("theme %s would draw %q", name, r)
			}
		}
	}
}

func TestAnErrorIsASentenceAndAHint(t *testing.T) {
	text, hint := desk.Sentence(providers.Invalid("code", "there is no code yet", "scan it"))
	if text != "There is no code yet." || hint != "Scan it." {
		t.Errorf("%q, %q", text, hint)
	}
	if text, _ := desk.Sentence(errors.New("odd \x1b[2Jthing")); text != "Odd [2Jthing." {
		t.Errorf("%q", text)
	}
	if text, _ := desk.Sentence(&till.SameAmountError{}); !strings.HasSuffix(text, "?") {
		t.Errorf("a question ends as %q", text)
	}
	if text, hint := desk.Sentence(nil); text+hint != "" {
		t.Errorf("no error says %q %q", text, hint)
	}
}

func TestTimesAreTheShopsAndReferencesAreShort(t *testing.T) {
	d := &desk.Desk{Shop: desk.Shop{Zone: time.FixedZone("AEST", 10*3600)}}
	at := time.Date(2026, 7, 1, 14, 30, 5, 0, time.UTC)
	if got := d.Time(at) + " " + d.Second(at) + " " + d.Day(at); got != "00:30 00:30:05 2 Jul 2026" {
		t.Errorf("got %q", got)
	}
	if got := d.Midnight(at); !got.Equal(at.Add(-30*time.Minute - 5*time.Second)) {
		t.Errorf("midnight was %v", got)
	}
	if got := d.Time(time.Time{}); got != "" {
		t.Errorf("no time is %q", got)
	}
	if got := desk.Short("01JCXXXXXXXXXXXXXXXXXX7QK4"); got != "01JC…7QK4" {
		t.Errorf("got %q", got)
	}
	if got := desk.Short("R-2"); got != "R-2" {
		t.Errorf("got %q", got)
	}
}

func TestASaleThatTheCustomerHasToConfirmIsNoAlarm(t *testing.T) {
	a := providers.Attempt{State: providers.Unknown, Reason: providers.AwaitsBuyer, Sends: 2}
	if look := desk.LookOf(a); look.Tone != ui.Wait || look.Glyph != ui.GlyphOpen || look.Word != "to confirm" {
		t.Errorf("it looks like %+v", look)
	}
	if note := desk.Note(a, till.Live{NextIn: 5}, time.Time{}); note != "customer confirms" {
		t.Errorf("a list says %q", note)
	}
	for _, change := range []func(*providers.Attempt){
		func(a *providers.Attempt) { a.Closed = true }, func(a *providers.Attempt) { a.KeySuspected = true },
		func(a *providers.Attempt) { a.Contradicted = true }, func(a *providers.Attempt) { a.Reason = providers.TimedOut },
	} {
		other := a
		change(&other)
		if look := desk.LookOf(other); look.Tone != ui.Unknown {
			t.Errorf("%+v looks like %+v", other, look)
		}
	}
}
