package providers_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"cashdesk/providers"
)

// documented lists the codes that each provider's pages name, with the page.
var documented = map[providers.Provider][]struct{ page, codes string }{
	providers.Oxipay: {
		{"the seed page Invite", "SINV01 EVAL01 EAUT01 ESIG01 EISE01"},
		{"the seed page Process Authorisation", "SPRA01 FPRA01 FPRA02 FPRA03 FPRA04 FPRA05 FPRA06 FPRA07 FPRA08 FPRA09 " +
			"FPRA21 FPRA22 FPRA23 FPRA24 FPRA99 EVAL02"},
		{"the provider's documentation, buyer confirms", "SPND01 FCNL01"},
		{"the provider's documentation, CreateKey", "SCRK01 FCRK01 FCRK02"},
		{"the provider's documentation, SendReceipt", "SSER01 FSER01 FSER02"},
		{"the provider's documentation, ProcessSalesAdjustment", "SPSA01 FPSA01 FPSA02 FPSA03 FPSA04 FPSA05 FPSA06 FPSA07 FPSA08 FPSA09"},
		{"the provider's documentation, ProcessSalesAdjustmentReversal", "SPAR01 FPAR01 FPAR02 FPAR03 FPAR05 FPAR06 FPAR07 FPAR08"},
	},
	providers.OxaPay: {
		{"the provider's documentation, result codes", numbers(100, 131) + " 135 500"},
		{"the provider's documentation, payment information", "New Waiting Confirming Paid Failed Expired"},
		{"the provider's documentation, errors of v1", "200 400 401 404 429 503"},
		{"the provider's documentation, payment statuses of v1", "paying manual_accept underpaid refunding refunded"},
	},
	providers.XaiGate: {{"the provider's documentation, invoice info", "Pending Expired Paid PaidPartial Deleted"}},
	providers.Payneteasy: {
		{"the seed page Initiate transfer", "FILTERED INVALID_REQUEST SERVER_FAILED SERVER_UNAVAILABLE"},
		{"the result address, defined by us", "approved declined pending"},
	},
}

func numbers(from, to int) string {
	var b strings.Builder
	for n := from; n <= to; n++ {
		fmt.Fprintf(&b, "%d ", n)
	}
	return b.String()
}

func TestEveryDocumentedCodeIsOnThePageOnceAndNoOther(t *testing.T) {
	for _, table := range tables {
		listed := map[string]int{}
		for _, call := range table.calls {
			for _, c := range call.Codes {
				listed[c.Code]++
				if found, ok := table.lookup(c.Code); !ok || found != c {
					t.Errorf("%s: %s on the page is not what the counter finds", table.provider, c.Code)
				}
			}
		}
		for _, source := range documented[table.provider] {
			for _, code := range strings.Fields(source.codes) {
				if listed[code] != 1 {
					t.Errorf("%s: %s (%s) is listed %d times", table.provider, code, source.page, listed[code])
				}
				delete(listed, code)
			}
		}
		for code := range listed {
			t.Errorf("%s: %s is listed and no page names it", table.provider, code)
		}
	}
}

// secrets are what the queue must not hear, as beginnings of words. A refund is
// no secret.
var secrets = []string{"risk", "debt", "fund", "insufficient", "negative", "history", "limit", "collection", "owe", "credit", "arrear", "overdue", "fraud"}

// tells gives the first secret that a text gives away.
func tells(text string) string {
	words := strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return r < 'a' || r > 'z' })
	for _, secret := range secrets {
		if slices.ContainsFunc(words, func(word string) bool { return strings.HasPrefix(word, secret) }) {
			return secret
		}
	}
	return ""
}

func TestEveryCodeHasAllItsWordsAndTellsTheQueueNothing(t *testing.T) {
	for _, table := range tables {
		for _, call := range table.calls {
			for _, c := range call.Codes {
				checkCode(t, string(table.provider)+" "+c.Code, c)
			}
		}
	}
	if tells("The refund is yours, and we follow the rules.") != "" || tells("Insufficient funds.") == "" || tells("a Debt-collector") == "" {
		t.Error("what tells a secret is found wrongly")
	}
}

func checkCode(t *testing.T, name string, c providers.Code) {
	t.Helper()
	for part, text := range map[string]string{"staff": c.Staff, "customer": c.Customer, "next": c.Next} {
		if strings.TrimSpace(text) == "" {
			t.Errorf("%s says nothing in %s", name, part)
		}
		// An open invoice or a busy bank is no decline either.
		if c.Class != providers.ClassDeclined && strings.Contains(strings.ToLower(text), "declin") {
			t.Errorf("%s is %s, and %s says declined: %q", name, c.Class, part, text)
		}
		if secret := tells(text); secret != "" && (part == "customer" || c.Private) {
			t.Errorf("%s tells %q in %s: %q", name, secret, part, text)
		}
	}
	if !explained(classes, string(c.Class)) || !explained(retries, string(c.Retry)) {
		t.Errorf("%s: the page does not say what class %q and retry %q mean", name, c.Class, c.Retry)
	}
}

func explained(legends []legend, word string) bool {
	return slices.ContainsFunc(legends, func(l legend) bool { return l.word == word })
}

func TestEveryReasonHasAClauseOfItsOwn(t *testing.T) {
	seen := map[string]providers.Reason{}
	for _, r := range providers.Reasons() {
		clause := r.Staff()
		if other, twice := seen[clause]; clause == "" || twice {
			t.Errorf("%s says %q, as %s does", r, clause, other)
		}
		seen[clause] = r
		if strings.Contains(strings.ToLower(clause), "declin") {
			t.Errorf("%s says %q of what is not known", r, clause)
		}
	}
}
