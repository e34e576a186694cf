package providers_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"cashdesk/providers"
	"cashdesk/providers/oxapay"
	"cashdesk/providers/oxipay"
	"cashdesk/providers/payneteasy"
	"cashdesk/providers/xaigate"
)

// tables has every provider's codes, in the order in which screens show them.
var tables = []struct {
	provider providers.Provider
	calls    []providers.CallCodes
	lookup   func(string) (providers.Code, bool)
}{
	{providers.Oxipay, oxipay.CodesByCall(), oxipay.Lookup},
	{providers.OxaPay, oxapay.CodesByCall(), oxapay.Lookup},
	{providers.XaiGate, xaigate.CodesByCall(), xaigate.Lookup},
	{providers.Payneteasy, payneteasy.CodesByCall(), payneteasy.Lookup},
}

// legend explains one word of the page.
type legend struct{ word, meaning string }

// classes says what each class of code means, in the order of the page.
var classes = []legend{
	{string(providers.ClassApproved), "a certain yes: the money has moved, or has gone back"},
	{string(providers.ClassDeclined), "a certain no: nothing has moved"},
	{string(providers.ClassRefused), "the request was not accepted, so nothing happened"},
	{string(providers.ClassUnknown), "not known yet: it may have happened. Keep the goods, take no other payment for this sale"},
	{string(providers.ClassPending), "the provider is still busy with it: wait"},
	{string(providers.ClassOpen), "an invoice that the customer can pay"},
	{string(providers.ClassPartly), "money has come, but too little"},
	{string(providers.ClassExpired), "the time to pay is over; late money may still come"},
	{string(providers.ClassBegun), "it goes on elsewhere; no money is confirmed here"},
	{string(providers.ClassDone), "a call that moves no money succeeded"},
}

// retries says what each way to try again means.
var retries = []legend{
	{string(providers.RetryNever), "nothing to repeat: the same answer would come"},
	{string(providers.RetryNewCode), "the customer makes a new code first"},
	{string(providers.RetrySame), "cashdesk repeats the identical request by itself"},
	{string(providers.RetryLater), "in a while, as a new attempt"},
	{string(providers.RetryFixed), "after what was entered has been put right"},
	{string(providers.RetryManager), "after a manager has mended the set-up"},
}

// cell makes text fit into a table of Markdown, as the sentence that it is on
// screen: what an amount is joined to ends without its stop in the table.
func cell(text string) string {
	if text != "" && !strings.ContainsAny(text[len(text)-1:], ".?!") {
		text += "."
	}
	return strings.ReplaceAll(text, "|", `\|`)
}

func codeRow(c providers.Code, firstOnly bool) string {
	name, class := "`"+c.Code+"`", string(c.Class)
	if c.Status != "" && c.Status != c.Code {
		name += " " + c.Status
	}
	if c.Private {
		class += ", private"
	}
	if firstOnly {
		class += "; on a repeat unknown"
	}
	return fmt.Sprintf("| %s | %s | %s | %s | %s | %s |\n", name, class, cell(c.Staff), cell(c.Customer), cell(c.Next), c.Retry)
}

const codesBegin = `# Every code of every provider

What each answer of a provider means at the counter: what staff read, what to tell the customer, what to do next.
Made from the tables of the providers' packages; ` + "`UPDATE_DOCS=1 go test ./providers`" + ` writes it anew.

A code decides only where the rest of the answer agrees with it (signature, status, amount: [the four providers](providers.md)). What is
listed nowhere is *not known yet*, never a yes and never a no; a status of an invoice that is listed nowhere counts as not paid. *Private* means that the reason is not for the queue to hear:
the words are neutral, and the provider's own text sits behind a key. Where an amount belongs to the sentence, the screen adds it.
What any call can be answered with is said here of a sale; of a refund it is said in the refund's own words. *On a repeat unknown*: a repeat of the same request can be answered so because the first one was accepted.

`

const reasonsBegin = `
## What "not known yet" can mean

Where no code decides, the screen says why in one of these clauses: why an answer is not sure, or why nothing happened.

| reason | as staff read it |
|---|---|
`

// codesDocument is the page that the tables of codes make.
func codesDocument() string {
	var b strings.Builder
	b.WriteString(codesBegin + "| class | meaning |\n|---|---|\n")
	for _, c := range classes {
		fmt.Fprintf(&b, "| %s | %s |\n", c.word, c.meaning)
	}
	b.WriteString("\n| try again | meaning |\n|---|---|\n")
	for _, r := range retries {
		fmt.Fprintf(&b, "| %s | %s |\n", r.word, r.meaning)
	}
	for _, table := range tables {
		fmt.Fprintf(&b, "\n## %s\n", table.provider.Title())
		for _, call := range table.calls {
			b.WriteString("\n### " + callTitle(call) + "\n\n| code | class | staff line | to the customer | next step | try again |\n|---|---|---|---|---|---|\n")
			for _, c := range call.Codes {
				b.WriteString(codeRow(c, slices.Contains(call.FirstOnly, c.Code)))
			}
		}
	}
	b.WriteString(reasonsBegin)
	for _, r := range providers.Reasons() {
		fmt.Fprintf(&b, "| `%s` | %s |\n", r, r.Staff())
	}
	return b.String()
}

// callTitle says first what the shop does, then how the provider calls it.
func callTitle(c providers.CallCodes) string {
	title := strings.ToUpper(c.About[:1]) + c.About[1:]
	if c.Call != "" {
		title += " (`" + c.Call + "`)"
	}
	return title
}

func TestThePageOfAllCodesIsUpToDate(t *testing.T) {
	path := filepath.Join("..", "docs", "codes.md")
	want := codesDocument()
	if os.Getenv("UPDATE_DOCS") != "" {
		if err := os.WriteFile(path, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if strings.ReplaceAll(string(got), "\r\n", "\n") != want {
		t.Error("docs/codes.md is stale: UPDATE_DOCS=1 go test ./providers")
	}
}
