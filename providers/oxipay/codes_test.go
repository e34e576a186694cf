package oxipay

import (
	"slices"
	"strings"
	"testing"

	"cashdesk/providers"
)

// documented is every code of the provider's documentation with its status.
var documented = map[string]string{
	"SINV01": "Success", "SPRA01": "Success", "SPND01": "Pending", "FCNL01": "Cancelled",
	"FPRA01": "Failed", "FPRA02": "Failed", "FPRA03": "Failed", "FPRA04": "Failed", "FPRA05": "Failed",
	"FPRA06": "Failed", "FPRA07": "Failed", "FPRA08": "Failed", "FPRA09": "Failed", "FPRA21": "Failed",
	"FPRA22": "Failed", "FPRA23": "Failed", "FPRA24": "Failed", "FPRA99": "Failed",
	"EVAL01": "Error", "EVAL02": "Error", "EAUT01": "Error", "ESIG01": "Error", "EISE01": "Error",
	"SCRK01": "Success", "FCRK01": "Failed", "FCRK02": "Failed",
	"SSER01": "Success", "FSER01": "Failed", "FSER02": "Failed",
	"SPSA01": "Success", "FPSA01": "Failed", "FPSA02": "Failed", "FPSA03": "Failed", "FPSA04": "Failed",
	"FPSA05": "Failed", "FPSA06": "Failed", "FPSA07": "Failed", "FPSA08": "Failed", "FPSA09": "Failed",
	"SPAR01": "Success", "FPAR01": "Failed", "FPAR02": "Failed", "FPAR03": "Failed",
	"FPAR05": "Failed", "FPAR06": "Failed", "FPAR07": "Failed", "FPAR08": "Failed",
}

func TestEveryDocumentedCodeIsInTheTableOnceAndNoOther(t *testing.T) {
	seen := map[string]bool{}
	for _, c := range Codes() {
		if seen[c.Code] {
			t.Errorf("%s stands twice", c.Code)
		}
		seen[c.Code] = true
		if documented[c.Code] != c.Status {
			t.Errorf("%s comes with %q, documented %q", c.Code, c.Status, documented[c.Code])
		}
		if found, ok := Lookup(c.Code); !ok || found != c {
			t.Errorf("%s is not found", c.Code)
		}
	}
	if len(seen) != len(documented) {
		t.Errorf("%d codes, documented %d", len(seen), len(documented))
	}
	if _, ok := Lookup("FPRA10"); ok {
		t.Error("a code that nobody documented is listed")
	}
}

func TestEveryCodeHasWordsThatCanBeSaidAloud(t *testing.T) {
	for _, c := range Codes() {
		checkWords(t, c.Code, c.Words)
		if c.Class == "" || c.Retry == "" {
			t.Errorf("%s: class %q, retry %q", c.Code, c.Class, c.Retry)
		}
	}
}

// checkWords holds for whatever staff may read or say.
func checkWords(t *testing.T, name string, w providers.Words) {
	t.Helper()
	for part, text := range map[string]string{"staff": w.Staff, "customer": w.Customer, "next": w.Next} {
		if text == "" || len(text) > 160 || !strings.ContainsAny(text[len(text)-1:], ".?!") {
			t.Errorf("%s, %s: %q is empty, too long, or no sentence", name, part, text)
		}
		if strings.Contains(text, "..") || strings.Contains(text, "  ") {
			t.Errorf("%s, %s: %q is badly joined", name, part, text)
		}
	}
	for _, code := range Codes() {
		if strings.Contains(w.Customer, code.Code) {
			t.Errorf("%s: the customer is told a code: %q", name, w.Customer)
		}
	}
}

func TestRiskDebtAndFundsAreNotForTheQueueToRead(t *testing.T) {
	private := []string{"FPRA01", "FPRA02", "FPRA04", "FPRA05", "FPRA99", "FPSA06", "FPAR06"}
	for _, c := range Codes() {
		if c.Private != slices.Contains(private, c.Code) {
			t.Errorf("%s: private is %v", c.Code, c.Private)
		}
		if !c.Private {
			continue
		}
		shown := strings.ReplaceAll(strings.ToLower(c.Staff+" "+c.Customer+" "+c.Next), "refund", "")
		for _, word := range []string{"risk", "debt", "fund", "insufficient", "negative", "history", "limit", "collection", "money", "owe", "credit", "bank"} {
			if strings.Contains(shown, word) {
				t.Errorf("%s says %q where the queue can read it", c.Code, word)
			}
		}
	}
}

func TestWhatLeavesItOpenIsRepeatedByItselfAndNothingElse(t *testing.T) {
	for _, c := range Codes() {
		if same := c.Code == "EISE01" || c.Code == "SPND01"; (c.Retry == providers.RetrySame) != same {
			t.Errorf("%s: retry %q", c.Code, c.Retry)
		}
	}
}

// becomes is what a class of code makes of a payment.
var becomes = map[providers.Class]providers.State{
	providers.ClassApproved: providers.Approved, providers.ClassDeclined: providers.Declined,
	providers.ClassRefused: providers.Refused, providers.ClassBegun: providers.Invited,
	providers.ClassUnknown: providers.Unknown, providers.ClassPending: providers.Unknown,
	providers.ClassDone: providers.Approved,
}

func TestWhatBecomesOfAnAttemptAndWhatIsSaidOfItIsItsCodesOwnRow(t *testing.T) {
	c := client(t, settings("http://127.0.0.1:1"))
	answered := map[string]bool{}
	for _, order := range everyOrder() {
		r := prepare(t, c, order)
		for _, e := range table {
			s := script{status: e.Status, code: e.Code.Code, number: "52011913", sign: providers.SignatureValid, echo: echoOf(r.Body), http: 200}
			answer := s.answer(testKey, r, false)
			a := providers.Attempt{Kind: order.Kind, State: answer.State, Code: answer.Code, Reason: answer.Reason}
			if e.call != "" && e.call != r.Call {
				if w := c.Explain(a); answer.State != providers.Unknown || w == e.Words {
					t.Errorf("%s in answer to %s is %s: %+v", e.Code.Code, r.Call, answer.State, w)
				}
				continue
			}
			answered[e.Code.Code] = true
			if answer.State != becomes[e.Class] {
				t.Errorf("%s, %s in the table, makes it %s", e.Code.Code, e.Class, answer.State)
			}
			unsureInvite := order.Kind == providers.Invite && a.State == providers.Unknown // no goods to keep
			errorOfRefund := order.Kind.Returns() && e.call == ""                          // they speak of a charge
			if w := c.Explain(a); (w == e.Words) == (unsureInvite || errorOfRefund) {
				t.Errorf("%s, which is %s %s, is explained by %+v", e.Code.Code, a.State, a.Reason, w)
			}
		}
	}
	for code := range documented {
		if other := slices.Contains(otherCalls, code[1:4]); answered[code] == other {
			t.Errorf("%s: it was answered %v", code, answered[code])
		}
	}
}

// otherCalls name the codes of calls that are no attempts.
var otherCalls = []string{"CRK", "SER"}
