package cli

import (
	"testing"

	"cashdesk/providers"
)

func TestWhatBecameOfAReceiptNumberIsToldBesideTheSale(t *testing.T) {
	sale := providers.Attempt{Provider: providers.Oxipay, Kind: providers.Authorise, State: providers.Approved, Code: "SPRA01", Receipt: "R-17"}
	stored, refused := sale, sale
	stored.ReceiptStored = true
	refused.ReceiptCode = "FSER02"
	for name, c := range map[string]struct {
		sale providers.Attempt
		exit int
		code string
	}{
		"stored": {stored, exitOK, ""}, "refused": {refused, exitRefused, "FSER02"}, "not known yet": {sale, exitUnknown, ""},
	} {
		r := receiptResult(result{State: string(sale.State), MoneyConfirmed: true, Say: "That's paid, thank you."}, c.sale)
		if r.exit != c.exit || r.Code != c.code || r.State != "approved" || !r.MoneyConfirmed || r.Say != "" || r.Message == "" || r.Next == "" {
			t.Errorf("%s: %+v", name, r)
		}
	}
}

func TestEveryStateHasItsWordAndExitCode(t *testing.T) {
	words := map[string]bool{}
	for _, s := range providers.States {
		code, known := exitOf[s]
		if !known || code == exitOK && s != providers.Approved {
			t.Errorf("%s ends a command with %d", s, code)
		}
		words[string(standing(providers.Attempt{State: s}))] = true
	}
	for _, word := range []string{"approved", "declined", "refused", "unknown", "open", "expired", "partly_paid", "handed_over", "invited", "cancelled"} {
		if !words[word] {
			t.Errorf("no state is told as %q", word)
		}
		delete(words, word)
	}
	if len(words) > 0 {
		t.Errorf("no document has %v", words)
	}
}

func TestOfSeveralPaymentsTheOneFurthestFromItsEndCounts(t *testing.T) {
	for _, c := range []struct{ a, b, want int }{
		{exitOK, exitOK, exitOK}, {exitOK, exitOpen, exitOpen}, {exitOpen, exitUnknown, exitUnknown}, {exitUnknown, exitOK, exitUnknown},
		{exitDeclined, exitOpen, exitOpen}, {exitOver, exitOK, exitOver},
	} {
		if got := worse(c.a, c.b); got != c.want {
			t.Errorf("%d and %d end with %d, want %d", c.a, c.b, got, c.want)
		}
	}
}

func TestANoThatAnAnswerContradictsIsNotKnown(t *testing.T) {
	for _, s := range providers.States {
		for name, a := range map[string]providers.Attempt{
			"contradicted": {State: s, Contradicted: true}, "looked at, and still in doubt": {State: s, Doubted: true},
		} {
			want := providers.Unknown
			if s == providers.Approved {
				want = s // it stands, and a manager must look
			}
			if got := standing(a); got != want || doubt(a) != doubtContradicted {
				t.Errorf("%s, %s is told as %s, %q", s, name, got, doubt(a))
			}
		}
	}
	double := providers.Attempt{State: providers.Approved, Contradicted: true, PossibleDouble: true}
	if standing(double) != providers.Approved || doubt(double) != doubtDouble {
		t.Errorf("a possible double payment is told as %s, %q", standing(double), doubt(double))
	}
	declined := providers.Attempt{ID: "1", State: providers.Declined, Contradicted: true}
	if by := counts([]providers.Attempt{declined, {ID: "2", State: providers.Declined}}); by.ID != "1" {
		t.Error("a sale stands by a no beside one that may be a yes")
	}
}
