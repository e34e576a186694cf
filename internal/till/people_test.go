package till

import (
	"context"
	"strings"
	"testing"
	"time"

	"cashdesk/keystore"
	"cashdesk/providers"
)

func TestAPersonSignsInWithTheirPINAndTheJournalKnows(t *testing.T) {
	c := newCounter(t)
	s, err := c.till.SignIn(context.Background(), "tom", "1357")
	if err != nil {
		t.Fatal(err)
	}
	if s.Operator != "tom" || s.Name != "Tom" || s.Manager() || s.ID == "" {
		t.Errorf("the session is %+v", s)
	}
	if _, err := c.till.SignIn(context.Background(), "tom", "1358"); providers.KindOf(err) != providers.Forbidden {
		t.Errorf("a wrong PIN: %v", err)
	}
	if _, err := c.till.SignIn(context.Background(), "nobody", "1357"); err == nil || strings.Contains(err.Error(), "nobody") {
		t.Errorf("an unknown person: %v", err)
	}
	events, err := c.journal.CounterEvents(context.Background(), []providers.EventType{providers.EventPINTry}, "tom", time.Time{}, 100)
	if err != nil || len(events) != 2 {
		t.Errorf("%d tries in the journal, %v", len(events), err)
	}
}

func TestFiveWrongPINsLockThePersonAlsoAcrossARestartAndAClockChange(t *testing.T) {
	c := newCounter(t)
	ctx := context.Background()
	for range maxTries {
		if _, err := c.till.SignIn(ctx, "tom", "0001"); err == nil {
			t.Fatal("signed in with a wrong PIN")
		}
	}
	locked := func(when string) {
		t.Helper()
		if _, err := c.till.SignIn(ctx, "tom", "1357"); err == nil || !strings.Contains(err.Error(), "locked") {
			t.Errorf("%s: %v", when, err)
		}
	}
	locked("at once")
	c.reopen()
	locked("after a restart")
	c.clock.jump(-3 * time.Hour)
	c.reopen()
	locked("after the clock was set back")
	c.clock.run(30*time.Minute + time.Second)
	if _, err := c.till.SignIn(ctx, "tom", "1357"); err != nil {
		t.Errorf("after 30 minutes of running: %v", err)
	}
}

func TestWhoWasRemovedAfterSigningInTakesNoMorePayments(t *testing.T) {
	c := newCounter(t)
	ctx := context.Background()
	if err := c.staff.RemoveMember("tom"); err != nil {
		t.Fatal(err)
	}
	_, err := c.till.Begin(ctx, c.tom, sale(2000, "6199010234"))
	if providers.KindOf(err) != providers.Forbidden || !strings.Contains(err.Error(), "no longer works") {
		t.Errorf("the charge: %v", err)
	}
	if all, err := c.journal.Unfinished(ctx); err != nil || len(all) != 0 {
		t.Errorf("something was begun: %v, %v", all, err)
	}
	if _, err := c.till.Permit(ctx, c.tom, Charge, Manager{}, "because"); err == nil {
		t.Error("and was permitted")
	}
	denied, err := c.journal.CounterEvents(ctx, []providers.EventType{providers.EventDenied}, "tom", time.Time{}, 10)
	if err != nil || len(denied) == 0 {
		t.Errorf("the journal has %v, %v", denied, err)
	}
}

func TestWhoIsNoLongerAManagerHasNoManagersRights(t *testing.T) {
	c := newCounter(t)
	mia, ok := c.staff.Member("mia")
	if !ok || !c.till.May(c.mia, Settle) {
		t.Fatal("Mia is no manager")
	}
	if err := c.staff.AddMember(keystore.Member{ID: "zoe", Name: "Zoe", Role: keystore.Manager}, "2468"); err != nil {
		t.Fatal(err)
	}
	mia.Role = keystore.Operator
	if err := c.staff.UpdateMember(mia); err != nil {
		t.Fatal(err)
	}
	if c.till.May(c.mia, Settle) || !c.till.May(c.mia, Charge) {
		t.Error("the session of before still counts")
	}
}

func TestTheOnlyManagerIsSlowedDownNotLockedOut(t *testing.T) {
	c := newCounter(t)
	ctx := context.Background()
	for range maxTries {
		_, _ = c.till.SignIn(ctx, "mia", "0001")
	}
	if _, err := c.till.SignIn(ctx, "mia", "2468"); err == nil {
		t.Error("no delay at all")
	}
	c.clock.run(time.Minute)
	if _, err := c.till.SignIn(ctx, "mia", "2468"); err != nil {
		t.Errorf("after a minute: %v", err)
	}
}

func TestStaffSeeTheirOwnPaymentsAndAManagerAll(t *testing.T) {
	c := newCounter(t)
	ctx := context.Background()
	a := c.begin(sale(12550, "6199010203"))
	c.oxipay.gets()
	c.oxipay.answers <- approved
	c.becomes(a.ID, providers.Approved)
	other := Session{ID: "S3", Operator: "ann", Name: "Ann", Role: keystore.Operator}
	for _, one := range []struct {
		who  Session
		want int
	}{{c.tom, 1}, {c.mia, 1}, {other, 0}} {
		page, err := c.till.History(ctx, one.who, Query{})
		if err != nil || len(page.Attempts) != one.want {
			t.Errorf("%s sees %d payments, %v", one.who.Name, len(page.Attempts), err)
		}
		for _, row := range page.Attempts {
			if strings.Contains(row.Personal.PreApproval, "010203") {
				t.Error("the code is not masked")
			}
		}
	}
	if _, err := c.till.Detail(ctx, other, a.ID); providers.KindOf(err) != providers.Forbidden {
		t.Errorf("somebody else's payment: %v", err)
	}
	d, err := c.till.Detail(ctx, c.mia, a.ID)
	if err != nil || strings.Contains(d.Attempt.Personal.PreApproval, "010203") || len(d.Timeline) != 3 {
		t.Errorf("the manager's detail: %+v, %v", d, err)
	}
}

func TestSettlingNeedsAManagerAndAReason(t *testing.T) {
	c := newCounter(t)
	ctx := context.Background()
	a := c.begin(sale(12550, "010203"))
	c.oxipay.gets()
	c.oxipay.answers <- lost
	c.becomes(a.ID, providers.Unknown)
	if _, err := c.till.Permit(ctx, c.tom, Settle, Manager{ID: "mia", PIN: "2468"}, ""); err == nil {
		t.Error("no reason was asked for")
	}
	if _, err := c.till.Permit(ctx, c.tom, Settle, Manager{}, "portal"); err == nil {
		t.Error("an operator alone may settle")
	}
	if _, err := c.till.Settle(ctx, c.tom, Permit{}, a.ID, true); err == nil {
		t.Error("settled without a permit")
	}
	permit, err := c.till.Permit(ctx, c.tom, Settle, Manager{ID: "mia", PIN: "2468"}, "portal shows 52011914")
	if err != nil {
		t.Fatal(err)
	}
	a, err = c.till.Settle(ctx, c.tom, permit, a.ID, true)
	if err != nil || a.State != providers.Approved || !a.Settled {
		t.Fatalf("%+v %v", a, err)
	}
	d, err := c.till.Detail(ctx, c.mia, a.ID)
	if err != nil {
		t.Fatal(err)
	}
	last := d.Timeline[len(d.Timeline)-1]
	if last.By != "mia" || last.Note != "portal shows 52011914" {
		t.Errorf("the journal says %q by %q", last.Note, last.By)
	}
}

func TestAPINThatWasRightStandsForItsManagerInThatMatterOnly(t *testing.T) {
	c, ctx := newCounter(t), context.Background()
	if m, err := c.till.Vouch(ctx, c.tom, Settle, Manager{ID: "mia", PIN: "0001"}); err == nil || m != (Manager{}) {
		t.Errorf("a wrong PIN: %+v, %v", m, err)
	}
	if _, err := c.till.Vouch(ctx, c.tom, Settle, Manager{ID: "tom", PIN: "1357"}); providers.KindOf(err) != providers.Forbidden {
		t.Errorf("an operator's own: %v", err)
	}
	if n := c.counted(providers.EventDenied); n != 2 {
		t.Errorf("%d refusals in the journal", n)
	}
	mia, err := c.till.Vouch(ctx, c.tom, Settle, Manager{ID: "mia", PIN: "2468"})
	if err != nil || mia.PIN != "" {
		t.Fatalf("%+v, %v", mia, err)
	}
	if _, err := c.till.Permit(ctx, c.tom, Keys, mia, "another matter"); err == nil {
		t.Error("it stands for another right")
	}
	other := c.tom
	other.ID += "x"
	if _, err := c.till.Permit(ctx, other, Settle, mia, "another session"); err == nil {
		t.Error("it stands in another session")
	}
	if p, err := c.till.Permit(ctx, c.tom, Settle, mia, "the portal shows it"); err != nil || p.By != "mia" {
		t.Errorf("%+v, %v", p, err)
	}
}

func TestWhatLooksLikeAPINIsNoReason(t *testing.T) {
	c, ctx := newCounter(t), context.Background()
	for _, reason := range []string{"2468", "24680135", " 2 4 6 8 ", ""} {
		if p, err := c.till.Permit(ctx, c.mia, Settle, Manager{}, reason); providers.KindOf(err) != providers.Input || p != (Permit{}) {
			t.Errorf("%q is taken: %v", reason, err)
		}
	}
	if n := c.counted(providers.EventAllowed); n != 0 {
		t.Errorf("%d of them stand in the journal", n)
	}
	for _, reason := range []string{"523", "the portal shows 52011914", "520119140"} {
		if _, err := c.till.Permit(ctx, c.mia, Settle, Manager{}, reason); err != nil {
			t.Errorf("%q is not taken: %v", reason, err)
		}
	}
}
