package providers_test

import (
	"testing"
	"time"

	"cashdesk/providers"

	"github.com/google/go-cmp/cmp"
)

var noon = time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)

// fold applies events one second apart, the first at noon.
func fold(t *testing.T, events ...providers.Event) providers.Attempt {
	t.Helper()
	var a providers.Attempt
	for i, e := range events {
		e.Seq, e.At, e.Attempt = int64(i+1), noon.Add(time.Duration(i)*time.Second), "A"
		var err error
		if a, err = providers.Apply(a, e); err != nil {
			t.Fatal(err)
		}
	}
	return a
}

func recorded(a providers.Attempt) providers.Event {
	a.ID = "A"
	return providers.Event{Type: providers.EventRecorded, Recorded: &a}
}

func answered(a providers.Answer) providers.Event {
	return providers.FromAnswer(providers.EventAnswered, "A", a)
}

var sent, resent = providers.Event{Type: providers.EventSent, To: providers.Sent}, providers.Event{Type: providers.EventResent}

func TestALostReplyIsResentAndApproved(t *testing.T) {
	sale := providers.Attempt{
		Provider: providers.Oxipay, Kind: providers.Authorise, Amount: providers.Amount{Minor: 12550, Currency: aud},
		Operator: "mia", Personal: providers.Personal{PreApproval: "6199123203"},
	}
	got := fold(t,
		recorded(sale), sent,
		answered(providers.Answer{State: providers.Unknown, Reason: providers.TimedOut}),
		resent,
		answered(providers.Answer{State: providers.Unknown, Reason: providers.Cut}),
		resent,
		answered(providers.Answer{State: providers.Approved, Code: "SPRA01", ProviderRef: "52011913", Signature: providers.SignatureValid, Message: "Approved"}),
	)
	want := sale
	want.ID, want.State, want.Code, want.ProviderRef = "A", providers.Approved, "SPRA01", "52011913"
	want.Personal.Message = "Approved"
	want.Sends, want.Seq = 3, 7
	want.CreatedAt, want.SentAt = noon, noon.Add(time.Second)
	want.AnsweredAt, want.UpdatedAt = noon.Add(6*time.Second), noon.Add(6*time.Second)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("the attempt is not as the story tells (-want +got):\n%s", diff)
	}
}

func TestTheFirstUnsureAnswerKeepsItsTime(t *testing.T) {
	got := fold(t, recorded(providers.Attempt{}), sent,
		answered(providers.Answer{State: providers.Unknown, Reason: providers.TimedOut}), resent,
		answered(providers.Answer{State: providers.Unknown, Reason: providers.Cut}))
	if want := noon.Add(2 * time.Second); !got.AnsweredAt.Equal(want) || got.Reason != providers.Cut {
		t.Errorf("unknown since %v with reason %q, want %v and the newest reason", got.AnsweredAt, got.Reason, want)
	}
}

func TestAnInvoiceKeepsWhatItsLaterNewsLeaveOut(t *testing.T) {
	expires := noon.Add(time.Hour)
	news := func(a providers.Answer) providers.Event {
		return providers.FromAnswer(providers.EventWatched, "A", a)
	}
	got := fold(t, recorded(providers.Attempt{Provider: providers.OxaPay, Kind: providers.Invoice}), sent,
		answered(providers.Answer{State: providers.Open, ProviderRef: "T1", Link: "https://pay.example/T1", ExpiresAt: expires}),
		providers.Event{Type: providers.EventAside},
		news(providers.Answer{State: providers.PartlyPaid, Received: "10.00", Shortfall: "25.00", Confirming: true}),
		news(providers.Answer{State: providers.Expired}),
		news(providers.Answer{State: providers.Approved, Received: "35.00"}),
	)
	if got.ProviderRef != "T1" || got.Link != "https://pay.example/T1" || !got.ExpiresAt.Equal(expires) {
		t.Errorf("reference %q, link %q, expiry %v were lost", got.ProviderRef, got.Link, got.ExpiresAt)
	}
	if got.State != providers.Approved || got.Received != "35.00" || got.Shortfall != "" || got.Confirming || !got.Aside {
		t.Errorf("after the late money: %+v", got)
	}
}

func TestClosingSettlingAndContradictingOverwriteNothing(t *testing.T) {
	unknown := []providers.Event{recorded(providers.Attempt{}), sent, answered(providers.Answer{State: providers.Unknown, Reason: providers.TimedOut})}
	closed := fold(t, append(unknown, providers.Event{Type: providers.EventClosed})...)
	if !closed.Closed || closed.State != providers.Unknown || closed.Reason != providers.TimedOut {
		t.Errorf("closed: %+v", closed)
	}
	story := append(unknown, providers.Event{Type: providers.EventSettled, To: providers.Declined})
	if got := fold(t, story...); !got.Settled || got.State != providers.Declined || got.Contradicted {
		t.Errorf("settled: %+v", got)
	}
	story = append(story, providers.Event{Type: providers.EventContradicted, Double: true})
	if got := fold(t, story...); got.State != providers.Declined || !got.Contradicted || !got.PossibleDouble {
		t.Errorf("contradicted: %+v", got)
	}
	story = append(story, providers.Event{Type: providers.EventReviewed})
	if got := fold(t, story...); got.State != providers.Declined || got.Contradicted || got.PossibleDouble {
		t.Errorf("reviewed: %+v", got)
	}
}

func TestARecordWithNothingInItIsAnError(t *testing.T) {
	if a, err := providers.Apply(providers.Attempt{}, providers.Event{Type: providers.EventRecorded}); err == nil || a != (providers.Attempt{}) {
		t.Errorf("%+v, %v", a, err)
	}
}

func TestWhatIsShownOfACustomerIsMasked(t *testing.T) {
	for _, c := range []struct{ in, want providers.Personal }{
		{providers.Personal{}, providers.Personal{}},
		{providers.Personal{PreApproval: "6199123203"}, providers.Personal{PreApproval: "6199 ••• 203"}},
		{providers.Personal{PreApproval: "123203"}, providers.Personal{PreApproval: "••• 203"}},
		{providers.Personal{PreApproval: "01"}, providers.Personal{PreApproval: "•••"}},
		{providers.Personal{Mobile: "0412345678"}, providers.Personal{Mobile: "••• 678"}},
		{providers.Personal{Email: "jo@shop.example"}, providers.Personal{Email: "•••@shop.example"}},
		{providers.Personal{Email: "no address"}, providers.Personal{Email: "•••"}},
	} {
		if got := c.in.Masked(); got != c.want {
			t.Errorf("%+v is shown as %+v, want %+v", c.in, got, c.want)
		}
	}
}

func TestEveryReasonAndStateHasItsWords(t *testing.T) {
	said := map[string]providers.Reason{}
	for _, r := range providers.Reasons() {
		words := r.Staff()
		if other, twice := said[words]; words == "" || twice {
			t.Errorf("reason %q says %q, as %q does", r, words, other)
		}
		said[words] = r
	}
	for _, s := range providers.States {
		if s.Word() == "" || s.Final() && s.MoneyMayMove() {
			t.Errorf("%q: word %q, final %v, money may move %v", s, s.Word(), s.Final(), s.MoneyMayMove())
		}
	}
}
