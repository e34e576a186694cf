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
	for _, kind := range []providers.Kind{providers.Authorise, providers.Invite} {
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
						if state == providers.Unknown && strings.Contains(w.Staff, "Declined") {
							t.Errorf("%s: an unknown payment is called declined: %q", name, w.Staff)
						}
					}
				}
			}
		}
	}
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
		if strings.HasPrefix(c.Code[1:], "PSA") || strings.HasPrefix(c.Code[1:], "PAR") || strings.HasPrefix(c.Code[1:], "CRK") || strings.HasPrefix(c.Code[1:], "SER") {
			a.Kind = "a kind of another call"
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
	for _, kind := range []providers.Kind{providers.Authorise, providers.Invite} {
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
		"Keep the goods here and take no other":  func(*providers.Attempt) {},
		"Take no new Oxipay sales":               func(a *providers.Attempt) { a.KeySuspected = true },
		"call a manager: compare it with Oxipay": func(a *providers.Attempt) { a.Reason = providers.PurchaseReused },
		"send the invitation again":              func(a *providers.Attempt) { a.Kind = providers.Invite },
		"device was registered elsewhere.":       func(a *providers.Attempt) { a.Kind, a.KeySuspected = providers.Invite, true },
	} {
		a := unknown
		change(&a)
		if w := explain(t, a); !strings.Contains(w.Next, want) {
			t.Errorf("want %q, got %q", want, w.Next)
		}
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
