package oxipay

import (
	"strings"
	"testing"

	"cashdesk/providers"
)

func explain(t *testing.T, a providers.Attempt) providers.Words {
	t.Helper()
	return client(t, settings("http://127.0.0.1:1")).Explain(a)
}

func TestWhatIsNotApprovedIsNeverCalledPaid(t *testing.T) {
	codes := []string{"", "FPRA10"}
	for _, c := range Codes() {
		codes = append(codes, c.Code)
	}
	reasons := append(providers.Reasons(), providers.NoReason)
	c := client(t, settings("http://127.0.0.1:1"))
	checked := map[providers.Words]bool{}
	for kind := range callOf {
		for _, state := range providers.States {
			for _, reason := range reasons {
				for _, code := range codes {
					for _, suspected := range []bool{false, true} {
						a := providers.Attempt{Kind: kind, State: state, Reason: reason, Code: code, KeySuspected: suspected}
						a.Personal.Message = "Approved, first debit 5 December"
						w := c.Explain(a)
						name := string(kind) + " " + string(state) + " " + string(reason) + " " + code
						if !checked[w] {
							checkWords(t, name, w)
							checked[w] = true
						}
						paid := strings.Contains(w.Customer, "That's paid") || strings.Contains(w.Customer, "has been paid")
						if paid && state != providers.Approved {
							t.Errorf("%s: the customer hears %q", name, w.Customer)
						}
						if kind.Returns() && state != providers.Approved && saysBack(w) {
							t.Errorf("%s: money is said to have come back: %+v", name, w)
						}
						if kind.Returns() && strings.Contains(w.Staff+w.Customer, "charged") {
							t.Errorf("%s: a refund is called a charge: %+v", name, w)
						}
						if kind.Returns() && state == providers.Unknown && !strings.HasPrefix(w.Staff, "Not known yet whether") {
							t.Errorf("%s: what is not known is %q", name, w.Staff)
						}
						if state == providers.Unknown && strings.Contains(w.Staff, "Declined") {
							t.Errorf("%s: an unknown payment is called declined: %q", name, w.Staff)
						}
					}
				}
			}
		}
	}
}

// saysBack finds a claim that a refund was made, or undone.
func saysBack(w providers.Words) bool {
	all := strings.ToLower(w.Staff + " " + w.Customer)
	for _, claim := range []string{"refund is done", "accepted the refund", "has undone", "has been undone", "has been taken back", "money is back", "you have been refunded"} {
		if strings.Contains(all, claim) {
			return true
		}
	}
	return false
}

func TestEachCodeThatDecidedAStateSpeaksForItself(t *testing.T) {
	for _, c := range Codes() {
		state := map[providers.Class]providers.State{
			providers.ClassApproved: providers.Approved, providers.ClassDeclined: providers.Declined,
			providers.ClassRefused: providers.Refused, providers.ClassBegun: providers.Invited,
		}[c.Class]
		a := providers.Attempt{Kind: providers.Authorise, State: state, Code: c.Code}
		if c.Class == providers.ClassUnknown {
			a.State, a.Reason = providers.Unknown, providers.ServerFault
		}
		if a.State == "" {
			continue
		}
		if c.Code == "SINV01" {
			a.Kind = providers.Invite
		}
		switch c.Code[1:4] {
		case "PSA":
			a.Kind = providers.Refund
		case "PAR":
			a.Kind = providers.UndoRefund
		case "CRK", "SER":
			a.Kind = "no attempt at all"
		}
		if w := explain(t, a); w != c.Words {
			t.Errorf("%s: %+v", c.Code, w)
		}
	}
}

func TestAnUnlistedCodeIsUnknownAndSaysSo(t *testing.T) {
	w := explain(t, providers.Attempt{Kind: providers.Authorise, State: providers.Unknown, Reason: providers.Unlisted, Code: "FPRA10"})
	if !strings.Contains(w.Staff, "Not known yet") || !strings.Contains(w.Staff, "FPRA10") || !strings.Contains(w.Staff, "nobody has documented") {
		t.Errorf("%q", w.Staff)
	}
	if w := explain(t, providers.Attempt{Kind: providers.Authorise, State: providers.Unknown, Reason: providers.Unlisted}); !strings.Contains(w.Staff, "no code") {
		t.Errorf("%q", w.Staff)
	}
}

func TestEveryReasonGivesAnUnknownPaymentWordsOfItsOwn(t *testing.T) {
	for kind := range callOf {
		seen := map[string]providers.Reason{}
		for _, reason := range providers.Reasons() {
			w := explain(t, providers.Attempt{Kind: kind, State: providers.Unknown, Reason: reason})
			if other, twice := seen[w.Staff]; twice {
				t.Errorf("%s: %s and %s are both %q", kind, other, reason, w.Staff)
			}
			seen[w.Staff] = reason
		}
	}
}

func TestAnUnverifiedDeclineIsExplainedAsUnknown(t *testing.T) {
	w := explain(t, providers.Attempt{Kind: providers.Authorise, State: providers.Unknown, Reason: providers.NoSignature, Code: "FPRA02"})
	if w.Private || !strings.Contains(w.Staff, "without a signature") || !strings.Contains(w.Next, "no other payment") {
		t.Errorf("%+v", w)
	}
}

func TestTheFirstDebitDateIsToldOnlyWhenThereIsOne(t *testing.T) {
	a := providers.Attempt{Kind: providers.Authorise, State: providers.Approved, Code: "SPRA01"}
	a.Personal.Message = "Your first debit is on 5 December."
	if w := explain(t, a); w.Customer != "That's paid, thank you. Oxipay says: Your first debit is on 5 December." {
		t.Errorf("%q", w.Customer)
	}
	a.Personal.Message = "First debit 5/12/2026"
	if w := explain(t, a); !strings.HasSuffix(w.Customer, "First debit 5/12/2026.") {
		t.Errorf("%q", w.Customer)
	}
	for _, message := range []string{"", "Approved"} {
		a.Personal.Message = message
		if w := explain(t, a); w.Customer != "That's paid, thank you." {
			t.Errorf("%q: %q", message, w.Customer)
		}
	}
}

func TestAnInvitationNeverSpeaksOfAPaymentThatMayHaveHappened(t *testing.T) {
	for _, reason := range providers.Reasons() {
		for _, state := range []providers.State{providers.Unknown, providers.Sent} {
			w := explain(t, providers.Attempt{Kind: providers.Invite, State: state, Reason: reason})
			if all := w.Staff + w.Customer + w.Next; strings.Contains(all, "pay twice") || strings.Contains(all, "goods") {
				t.Errorf("%s %s: %+v", state, reason, w)
			}
		}
	}
	w := explain(t, providers.Attempt{Kind: providers.Invite, State: providers.Unknown, Reason: providers.TimedOut})
	if !strings.Contains(w.Staff, "Not known whether the SMS went out") {
		t.Errorf("%q", w.Staff)
	}
}

func TestAStateWithoutACodeOfItsOwnIsExplainedByWhatHappened(t *testing.T) {
	approved := providers.Attempt{Kind: providers.Authorise, State: providers.Approved, Code: "SPRA01"}
	for want, change := range map[string]func(*providers.Attempt){
		"may not accept this device's key":   func(a *providers.Attempt) { a.KeySuspected, a.State, a.Code = true, providers.Unknown, "ESIG01" },
		"Nothing was sent, nothing was":      func(a *providers.Attempt) { a.State, a.Code, a.Reason = providers.Refused, "", providers.Unreachable },
		"There is no Oxipay signing key":     func(a *providers.Attempt) { a.State, a.Code, a.Reason = providers.Refused, "", providers.NoKey },
		"Cancelled before anything":          func(a *providers.Attempt) { a.State, a.Code = providers.Cancelled, "" },
		"expired, which a payment of Oxipay": func(a *providers.Attempt) { a.State, a.Code = providers.Expired, "" },
	} {
		a := approved
		change(&a)
		if w := explain(t, a); !strings.Contains(w.Staff, want) {
			t.Errorf("want %q, got %q", want, w.Staff)
		}
	}
}

func TestWhatToDoAboutAnUnknownOneDependsOnWhoMustAct(t *testing.T) {
	unknown := providers.Attempt{Kind: providers.Authorise, State: providers.Unknown, Reason: providers.TimedOut}
	for want, change := range map[string]func(*providers.Attempt){
		"Keep the goods here and take no other":   func(*providers.Attempt) {},
		"Take no new Oxipay sales":                func(a *providers.Attempt) { a.KeySuspected = true },
		"call a manager: compare it with Oxipay":  func(a *providers.Attempt) { a.Reason = providers.PurchaseReused },
		"send the invitation again":               func(a *providers.Attempt) { a.Kind = providers.Invite },
		"device was registered elsewhere.":        func(a *providers.Attempt) { a.Kind, a.KeySuspected = providers.Invite, true },
		"Make no other refund of this sale until": func(a *providers.Attempt) { a.Kind = providers.Refund },
		"looks in Oxipay's portal and settles": func(a *providers.Attempt) {
			a.Kind, a.Reason, a.Code = providers.UndoRefund, providers.OnResend, "FPAR08"
		},
		"registered elsewhere. Make no other refund": func(a *providers.Attempt) { a.Kind, a.KeySuspected = providers.Refund, true },
	} {
		a := unknown
		change(&a)
		if w := explain(t, a); !strings.Contains(w.Next, want) {
			t.Errorf("want %q, got %q", want, w.Next)
		}
	}
}

func TestARefundAndItsUndoingHaveWordsInEveryState(t *testing.T) {
	for want, a := range map[string]providers.Attempt{
		"Oxipay has accepted the refund.":                                 {Kind: providers.Refund, State: providers.Approved, Code: "SPSA01"},
		"Oxipay has undone the refund.":                                   {Kind: providers.UndoRefund, State: providers.Approved, Code: "SPAR01"},
		"Not refunded: Oxipay does not allow this amount.":                {Kind: providers.Refund, State: providers.Declined, Code: "FPSA04"},
		"Not undone: Oxipay does not know that refund.":                   {Kind: providers.UndoRefund, State: providers.Declined, Code: "FPAR01"},
		"Oxipay did not accept what was entered: nothing was refunded.":   {Kind: providers.Refund, State: providers.Refused, Code: "EVAL01", Reason: providers.ProviderSaidNo},
		"Oxipay does not recognise this shop or this device: nothing was": {Kind: providers.UndoRefund, State: providers.Refused, Code: "EAUT01", Reason: providers.ProviderSaidNo},
		"this device's signature: nothing was refunded.":                  {Kind: providers.Refund, State: providers.Refused, Code: "ESIG01", Reason: providers.ProviderSaidNo},
		"No connection to Oxipay. Nothing was sent, nothing was undone.":  {Kind: providers.UndoRefund, State: providers.Refused, Reason: providers.Unreachable},
		"There is no Oxipay signing key here. Nothing was sent, nothing":  {Kind: providers.Refund, State: providers.Refused, Reason: providers.NoKey},
		"Not accepted, nothing was refunded: the program stopped":         {Kind: providers.Refund, State: providers.Refused, Reason: providers.Interrupted},
		"Asking Oxipay for the refund.":                                   {Kind: providers.Refund, State: providers.Sent},
		"Asking Oxipay to undo the refund.":                               {Kind: providers.UndoRefund, State: providers.Sent},
		"Cancelled before anything was sent: nothing was refunded.":       {Kind: providers.Refund, State: providers.Cancelled},
		"whether Oxipay made the refund: no answer in time.":              {Kind: providers.Refund, State: providers.Unknown, Reason: providers.TimedOut},
		"whether Oxipay undid the refund: the provider reported a fault":  {Kind: providers.UndoRefund, State: providers.Unknown, Reason: providers.ServerFault, Code: "EISE01"},
		"it has had this request before, and does not say what became":    {Kind: providers.Refund, State: providers.Unknown, Reason: providers.OnResend, Code: "FPSA08"},
		"says nothing about the first request":                            {Kind: providers.Refund, State: providers.Unknown, Reason: providers.OnResend, Code: "FPSA04"},
		"may not accept this device's key":                                {Kind: providers.UndoRefund, State: providers.Unknown, KeySuspected: true, Code: "ESIG01"},
		"answered FPSA77, in a way that nobody has documented":            {Kind: providers.Refund, State: providers.Unknown, Reason: providers.Unlisted, Code: "FPSA77"},
		"The journal says approved, without a code":                       {Kind: providers.Refund, State: providers.Approved, Code: "SPRA01"},
	} {
		w := explain(t, a)
		if !strings.Contains(w.Staff, want) {
			t.Errorf("want %q, got %q", want, w.Staff)
		}
		checkWords(t, want, w)
	}
}

func TestACustomerWhoHasToConfirmIsToldSo(t *testing.T) {
	waits := explain(t, providers.Attempt{Kind: providers.Authorise, State: providers.Unknown, Reason: providers.AwaitsBuyer, Code: "SPND01"})
	if waits.Staff != "Not known yet: waiting for the customer to confirm on their phone." || waits.Customer != "Please confirm the payment on your phone." {
		t.Errorf("%+v", waits)
	}
	cancelled := explain(t, providers.Attempt{Kind: providers.Authorise, State: providers.Declined, Code: "FCNL01"})
	if cancelled.Staff != "Declined: the customer did not confirm the payment." || !strings.Contains(cancelled.Customer, "you have not been charged") {
		t.Errorf("%+v", cancelled)
	}
	before := explain(t, providers.Attempt{Kind: providers.Authorise, State: providers.Unknown, Reason: providers.NotAskedFor, Code: "FCNL01"})
	if !strings.Contains(before.Staff, "Not known yet") {
		t.Errorf("a journal of before says %+v", before)
	}
}

func TestACodeOfAnotherCallNeverSpeaksForASale(t *testing.T) {
	for _, code := range []string{"SPSA01", "SPAR01", "SINV01"} {
		for _, state := range []providers.State{providers.Approved, providers.Invited} {
			w := explain(t, providers.Attempt{Kind: providers.Authorise, State: state, Code: code})
			if !strings.Contains(w.Next, "portal") {
				t.Errorf("a sale that is %s with %s says %q", state, code, w.Staff)
			}
		}
	}
}
