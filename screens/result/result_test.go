package result_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"cashdesk/internal/till"
	"cashdesk/providers"
	"cashdesk/screens/desk"
	"cashdesk/screens/desk/desktest"
	"cashdesk/screens/result"
	"cashdesk/screens/sale"
	"cashdesk/screens/waiting"
	"cashdesk/ui"
	"cashdesk/ui/uitest"
)

func routes(d *desk.Desk) map[string]ui.Route {
	return map[string]ui.Route{
		desk.RouteSale:   func(any) ui.Screen { return sale.New(d) },
		desk.RouteResult: func(args any) ui.Screen { return result.New(d, args.(desk.AttemptArgs)) },
	}
}

func withWaiting(d *desk.Desk) map[string]ui.Route {
	all := routes(d)
	all[desk.RouteWaiting] = func(args any) ui.Screen { return waiting.New(d, args.(desk.AttemptArgs)) }
	return all
}

// shown is a counter whose sale of 125.50 got an answer, with its result on top
// of the idle screen.
func shown(t *testing.T, answer providers.Answer, fresh bool, change ...func(*desktest.Setup)) *desktest.Counter {
	t.Helper()
	s := desktest.Setup{Routes: routes}
	for _, f := range change {
		f(&s)
	}
	c := desktest.New(t, s)
	a := c.Charge(12550, "6199010203")
	c.Pass(2 * time.Second)
	c.Answer(c.Oxipay, answer)
	c.Open(desk.RouteResult, desk.AttemptArgs{ID: a.ID, Fresh: fresh})
	c.On(desk.RouteResult)
	return c
}

func TestTheResultScreen(t *testing.T) {
	expired := providers.Answer{State: providers.Declined, Code: "FPRA01", Signature: providers.SignatureValid, Message: "Declined", HTTPStatus: 200}
	unreachable := providers.Answer{State: providers.Refused, Reason: providers.Unreachable}
	for _, size := range []struct {
		name string
		w, h int
	}{{"80x24", 80, 24}, {"100x30", 100, 30}} {
		for name, answer := range map[string]providers.Answer{
			"approved": desktest.Approved, "declined-private": desktest.Declined, "declined": expired, "refused": unreachable,
		} {
			c := desktest.New(t, desktest.Setup{
				Routes: routes, Start: desk.RouteResult, Width: size.w, Height: size.h,
				Args: func(c *desktest.Counter) any {
					a := c.Charge(12550, "6199010203")
					c.Answer(c.Oxipay, answer)
					return desk.AttemptArgs{ID: a.ID, Fresh: true}
				},
			})
			c.Golden(name + "-" + size.name)
		}
	}
}

func TestTheVerdictIsWrittenInLettersFiveRowsHigh(t *testing.T) {
	c := shown(t, desktest.Approved, true)
	for _, row := range strings.Split(ui.Big(uitest.Theme(ui.ThemeDark), "approved"), "\n") {
		c.Shows(strings.TrimRight(row, " "))
	}
	c.Shows("✓ approved", "Tell the customer", "Now", "SPRA01", "purchase 52011913", "answered in 2.0 s")
}

func TestKeysTypedAheadDoNotDismissAVerdict(t *testing.T) {
	c := desktest.New(t, desktest.Setup{Routes: withWaiting})
	c.Open(desk.RouteWaiting, desk.AttemptArgs{ID: c.Charge(12550, "6199010203").ID, Fresh: true})
	c.Answer(c.Oxipay, desktest.Approved)
	c.On(desk.RouteResult)
	c.Shows("(Enter next sale)")
	for range 5 {
		c.PressNow("enter")
		c.PressNow("esc")
	}
	c.Type("12550") // the keyboard does not rest: nothing of it counts
	c.PressNow("enter")
	c.On(desk.RouteResult)
	c.Wait(400 * time.Millisecond)
	c.Hides("(Enter next sale)")
	c.PressNow("enter")
	c.On(desk.RouteSale)
	c.Shows("type the amount")
}

func TestAResultThatAPersonOpenedTakesKeysAtOnce(t *testing.T) {
	c := shown(t, desktest.Approved, false)
	c.Hides("(Esc back)")
	c.PressNow("esc")
	c.On(desk.RouteSale)
}

func TestTypingStartsTheNextSaleWithWhatWasTyped(t *testing.T) {
	c := shown(t, desktest.Approved, true)
	c.Pass(2 * time.Second)
	c.Type("4")
	c.On(desk.RouteSale)
	c.Type("500")
	c.Scan("6199777888")
	c.Shows("Enter charges 45.00 AUD")
}

func TestAScanOnAResultIsKeptForTheNextSaleAndNeverBecomesItsAmount(t *testing.T) {
	c := shown(t, desktest.Approved, true)
	c.Pass(2 * time.Second)
	for _, part := range []string{"6", "199777888"} { // a read that was split leaves a lone first digit
		c.Send(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune(part)})
	}
	c.PressNow("enter")
	c.Pass(2 * time.Second)
	c.On(desk.RouteSale)
	c.Shows("a code, but no amount yet", "6199 ••• 888")
	if n := len(c.Attempts()); n != 1 {
		t.Errorf("%d payments", n)
	}
}

func TestWhyACustomerWasDeclinedIsNotForTheQueueToRead(t *testing.T) {
	c := shown(t, desktest.Declined, true)
	c.Hides("risk")
	c.Press("f7")
	c.Shows("risk assessment")
	c.Press("f7")
	c.Hides("risk")
}

func TestAfterADeclineTheSameSaleGoesOnWithANewCode(t *testing.T) {
	c := shown(t, desktest.Declined, true)
	sale := c.Attempts()[0].Sale
	c.Press("f4")
	c.On(desk.RouteCode)
	if d := c.Opened().(desk.DraftArgs).Draft; d.Sale != sale || d.Code != "" || d.Amount != desktest.Minor(12550) {
		t.Errorf("the code screen was given %+v", d)
	}
	if n := len(c.Oxipay.Bodies()); n != 1 {
		t.Errorf("%d requests", n)
	}
}

func TestWhereTheProviderWillNotTheSaleIsPaidAnotherWay(t *testing.T) {
	never := desktest.Declined
	never.Code = "FPRA01"
	c := shown(t, never, true)
	sale := c.Attempts()[0].Sale
	c.Hides("new code")
	c.Shows("another way to pay")
	c.Press("f4")
	c.On(desk.RouteMethod)
	if d := c.Opened().(desk.DraftArgs).Draft; d.Sale != sale || d.Code != "" {
		t.Errorf("the ways to pay were given %+v", d)
	}
}

func TestAfterARefusalTheSameCodeIsStillGood(t *testing.T) {
	c := shown(t, providers.Answer{State: providers.Refused, Reason: providers.Unreachable}, true)
	sale := c.Attempts()[0].Sale
	c.Press("f4")
	c.On(desk.RouteCode)
	if args := c.Opened().(desk.DraftArgs); !args.GoodCode || args.Draft.Sale != sale {
		t.Errorf("the code screen was given %+v", args)
	}
	c = shown(t, desktest.Declined, true)
	c.Press("f4")
	if c.Opened().(desk.DraftArgs).GoodCode {
		t.Error("a code that was declined is called good")
	}
}

func TestWhatTheSetUpRefusesIsNotTriedAgainBeforeAManagerMendedIt(t *testing.T) {
	for _, code := range []string{"ESIG01", "EAUT01"} {
		c := shown(t, providers.Answer{State: providers.Refused, Code: code, Signature: providers.SignatureValid, HTTPStatus: 200}, true)
		c.Shows("(F4 try again)")
		c.Press("f4")
		c.Shows("a manager must mend the set-up first")
		c.On(desk.RouteResult)
	}
}

func TestWhatTheProviderSaysIsSaidOnce(t *testing.T) {
	debit := desktest.Approved
	debit.Message = "Your first debit is on 5 December"
	c := shown(t, debit, true)
	if n := strings.Count(c.Frame(), "first debit"); n != 1 {
		t.Errorf("it is said %d times:\n%s", n, c.Frame())
	}
}

func TestASettledPaymentSaysWhoDecidedAndNotHowFastTheProviderWas(t *testing.T) {
	for paid, word := range map[bool]string{true: "✓ approved", false: "✗ declined"} {
		c := desktest.New(t, desktest.Setup{Routes: routes})
		a := c.Charge(12550, "6199010203")
		c.Pass(2 * time.Second)
		c.Answer(c.Oxipay, desktest.Lost)
		permit, err := c.Till.Permit(t.Context(), c.Desk.Session(), till.Settle, till.Manager{}, "seen in the portal")
		if err != nil {
			t.Fatal(err)
		}
		if _, err = c.Till.Settle(t.Context(), c.Desk.Session(), permit, a.ID, paid); err != nil {
			t.Fatal(err)
		}
		c.Open(desk.RouteResult, desk.AttemptArgs{ID: a.ID})
		c.Shows(word, "settled by hand by Mia, 14:07")
		c.Hides("answered in", "asked")
	}
}

func TestWhatWasNeverSentWasNotAnsweredEither(t *testing.T) {
	for _, reason := range []providers.Reason{providers.NoKey, providers.Unreachable} {
		c := shown(t, providers.Answer{State: providers.Refused, Reason: reason}, true)
		c.Shows("! refused")
		c.Hides("answered in")
	}
}

func TestHowLongACustomerTookToPayIsNotTheProvidersTime(t *testing.T) {
	c := desktest.New(t, desktest.Setup{Routes: routes})
	a := c.Begin(c.OxaPay, till.Draft{Provider: providers.OxaPay, Kind: providers.Invoice, Amount: desktest.Minor(3500)})
	c.Answer(c.OxaPay, c.Invoice())
	c.Pass(5 * time.Second)
	c.Sent(c.OxaPay, 2)
	c.Pass(40*time.Second + 700*time.Millisecond)
	c.Answer(c.OxaPay, providers.Answer{State: providers.Approved, Code: "Paid", ProviderRef: "59381726", HTTPStatus: 200})
	c.Open(desk.RouteResult, desk.AttemptArgs{ID: a.ID})
	c.Shows("✓ approved", "paid after 46 s")
	c.Hides("answered in", "asked")
}

func TestHowLongAnAnswerWaitedForTheDiskIsNotTheProvidersTime(t *testing.T) {
	c := desktest.New(t, desktest.Setup{Routes: routes})
	a := c.Charge(12550, "6199010203")
	room := c.Full(providers.EventAnswered)
	c.Pass(2 * time.Second)
	c.Look(c.Oxipay, desktest.Approved)
	c.Pass(time.Second) // less than until the next try
	room()
	c.Open(desk.RouteResult, desk.AttemptArgs{ID: a.ID})
	c.Shows("✓ approved", "answered in 2.0 s")
}

func TestAnApprovedSaleCannotBeTriedAgain(t *testing.T) {
	c := shown(t, desktest.Approved, true)
	c.Hides("again")
	c.Press("f4")
	c.On(desk.RouteResult)
}

func TestOpenedFromTheStripItLeadsBackAndTypingIsNotForIt(t *testing.T) {
	c := shown(t, desktest.Approved, false)
	c.Pass(2 * time.Second)
	c.Type("450")
	c.Pass(2 * time.Second)
	c.On(desk.RouteResult)
	c.Press("esc")
	c.On(desk.RouteSale)
	c.Shows("type the amount")
}

func TestAVerdictThatIsNotSavedSaysWriteThisDown(t *testing.T) {
	c := shown(t, desktest.Approved, true)
	a := c.Attempts()[0]
	c.Send(desk.UpdateMsg{Update: till.Update{Attempt: a, NotSaved: true}})
	c.Shows("Not saved: write this down")
	c.Send(desk.UpdateMsg{Update: till.Update{Attempt: a}})
	c.Hides("Not saved")
}

func TestTheSlipSaysTestAndHasNoCodeOnIt(t *testing.T) {
	var slip string
	c := shown(t, desktest.Approved, true, func(s *desktest.Setup) {
		s.Change = func(d *desk.Desk) { d.Print = func(text string) error { slip = text; return nil } }
	})
	c.Press("f2")
	c.Shows("The slip is printed")
	for _, want := range []string{"Hill St Books", "TEST", "APPROVED  125.50 AUD", "52011913"} {
		if !strings.Contains(slip, want) {
			t.Errorf("the slip lacks %q:\n%s", want, slip)
		}
	}
	if strings.Contains(slip, "010203") || strings.Contains(slip, "203") {
		t.Errorf("the slip has the customer's code:\n%s", slip)
	}
}

func TestAPrinterThatFailsIsSaid(t *testing.T) {
	c := shown(t, desktest.Approved, true, func(s *desktest.Setup) {
		s.Change = func(d *desk.Desk) { d.Print = func(string) error { return errors.New("the printer is out of paper") } }
	})
	c.Press("f2")
	c.Shows("The printer is out of paper.")
	c.Hides("The slip is printed")
	c.On(desk.RouteResult)
}

func TestARefusedInvitationIsInvitedAgainAsASaleOfItsOwn(t *testing.T) {
	c := desktest.New(t, desktest.Setup{Routes: routes, Start: desk.RouteResult, Args: func(c *desktest.Counter) any {
		d := till.Draft{Provider: providers.Oxipay, Kind: providers.Invite, Amount: desktest.Minor(6400), Mobile: "0412345678"}
		a := c.Begin(c.Oxipay, d)
		c.Answer(c.Oxipay, providers.Answer{State: providers.Refused, Reason: providers.Unreachable})
		return desk.AttemptArgs{ID: a.ID, Fresh: true}
	}})
	c.Press("f4")
	c.On(desk.RouteInvite)
	if d := c.Opened().(desk.DraftArgs).Draft; d.Sale != "" || d.Amount != desktest.Minor(6400) {
		t.Errorf("invite was given %+v", d)
	}
}

func TestWithoutAPrinterTheKeySaysSo(t *testing.T) {
	c := shown(t, desktest.Approved, true)
	c.Press("f2")
	c.Shows("no printer is set up")
}

func TestItFitsEveryWindow(t *testing.T) { shown(t, desktest.Declined, true).EverySize() }

func TestItFitsTheCornersInEveryTheme(t *testing.T) {
	for _, theme := range ui.Themes() {
		c := shown(t, desktest.Declined, true, func(s *desktest.Setup) { s.Theme = theme })
		for _, size := range [][2]int{{1, 1}, {1, 80}, {250, 1}, {40, 12}, {250, 80}, {100, 30}} {
			c.Resize(size[0], size[1])
		}
	}
}
