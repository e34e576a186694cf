package cli

import (
	"context"
	"encoding/json"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/rogpeppe/go-internal/testscript"

	"cashdesk/internal/settings"
	"cashdesk/providers"
	"cashdesk/providers/sandbox"
)

// boxes are the scripts' sandboxes, by the folder of the script.
var boxes sync.Map

// boxOf is the sandbox of a script's shop.
func boxOf(ts *testscript.TestScript) *sandbox.Server {
	box, found := boxes.Load(ts.Getenv("WORK"))
	if !found {
		ts.Fatalf("there is no shop")
	}
	return box.(*sandbox.Server)
}

// pinFile NAME PIN writes a file as a PIN is kept in.
func pinFile(ts *testscript.TestScript, _ bool, args []string) {
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(args[1]+"\n"), 0o600))
}

// ledger AMOUNT… compares the provider's books: so much was taken, in this
// order, and nothing else.
func ledger(ts *testscript.TestScript, _ bool, want []string) {
	var got []string
	for _, e := range boxOf(ts).Ledger() {
		got = append(got, e.Amount)
	}
	if strings.Join(got, " ") != strings.Join(want, " ") {
		ts.Fatalf("the providers took %v, want %v", got, want)
	}
}

// requests CALL N says how often a call reached the provider.
func requests(ts *testscript.TestScript, _ bool, args []string) {
	n := 0
	for _, r := range boxOf(ts).Requests() {
		if strings.HasSuffix(r.Path, args[0]) {
			n++
		}
	}
	if strconv.Itoa(n) != args[1] {
		ts.Fatalf("%d calls of %s, want %s", n, args[0], args[1])
	}
}

// requested CALL TEXT says what the newest request of a call has in it.
func requested(ts *testscript.TestScript, neg bool, args []string) {
	body := ""
	for _, r := range boxOf(ts).Requests() {
		if strings.HasSuffix(r.Path, args[0]) {
			body = string(r.Body)
		}
	}
	if strings.Contains(body, args[1]) == neg {
		ts.Fatalf("the newest %s is %s", args[0], body)
	}
}

// customerPays REFERENCE [less] has the provider's customer pay an invoice, or
// too little of it.
func customerPays(ts *testscript.TestScript, _ bool, args []string) {
	pay := boxOf(ts).Pay
	if len(args) > 1 {
		pay = boxOf(ts).PayLess
	}
	ts.Check(pay(theirs(ts, args[0])))
}

// expires REFERENCE ends the time of an invoice.
func expires(ts *testscript.TestScript, _ bool, args []string) {
	ts.Check(boxOf(ts).Expire(theirs(ts, args[0])))
}

// theirs is the provider's own number of an open invoice.
func theirs(ts *testscript.TestScript, reference string) string {
	_ = ts.Exec("cashdesk", "status", reference, "--json") // it ends with 6: the invoice is open
	var r result
	ts.Check(json.Unmarshal([]byte(ts.ReadFile("stdout")), &r))
	return r.ProviderReference
}

// refunded AMOUNT… compares what really went back, whether or not it was undone.
func refunded(ts *testscript.TestScript, _ bool, want []string) {
	var got []string
	for _, r := range boxOf(ts).Refunds() {
		got = append(got, r.Amount)
	}
	if strings.Join(got, " ") != strings.Join(want, " ") {
		ts.Fatalf("%v went back, want %v", got, want)
	}
}

// numbered REFERENCE=NUMBER… compares the receipt numbers that were stored.
func numbered(ts *testscript.TestScript, _ bool, want []string) {
	var got []string
	for _, r := range boxOf(ts).Books("").Receipts {
		got = append(got, r.Reference+"="+r.Number)
	}
	if strings.Join(got, " ") != strings.Join(want, " ") {
		ts.Fatalf("stored are %v, want %v", got, want)
	}
}

// elsewhere FILE writes the shop's settings with providers that nobody is at.
func elsewhere(ts *testscript.TestScript, _ bool, args []string) {
	text := ts.ReadFile(ts.Getenv("CASHDESK_SETTINGS"))
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(origin.ReplaceAllString(text, "http://127.0.0.1:1")), 0o600))
}

// origin is where a script's sandbox listens.
var origin = regexp.MustCompile(`http://127\.0\.0\.1:\d+`)

// rated FILE writes the shop's settings with the addresses where the group's
// server tells limits, rates, and what became of a transfer.
func rated(ts *testscript.TestScript, _ bool, args []string) {
	text := ts.ReadFile(ts.Getenv("CASHDESK_SETTINGS"))
	web := strings.TrimSuffix(regexp.MustCompile(origin.String()+"/payneteasy").FindString(text), "/payneteasy")
	for name, address := range map[string]string{"get_rate_url": sandbox.Bases(web).GetRate, "result_url": sandbox.Bases(web).Result} {
		text = regexp.MustCompile("(?m)^#"+name+" = .*$").ReplaceAllLiteralString(text, name+" = "+strconv.Quote(address))
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(text), 0o600))
}

// asksBINs FILE writes the shop's settings with the first digits of the cards asked
// for.
func asksBINs(ts *testscript.TestScript, _ bool, args []string) {
	text := strings.Replace(ts.ReadFile(ts.Getenv("CASHDESK_SETTINGS")), "#ask_bins = false", "ask_bins = true", 1)
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(text), 0o600))
}

// approves REFERENCE has the group's server approve a transfer.
func approves(ts *testscript.TestScript, _ bool, args []string) {
	ts.Check(boxOf(ts).Approve(theirs(ts, args[0])))
}

// sameBytes CALL TEXT N says that requests with the text came so often, and
// each time with the same bytes.
func sameBytes(ts *testscript.TestScript, _ bool, args []string) {
	var bodies []string
	for _, r := range boxOf(ts).Requests() {
		if strings.HasSuffix(r.Path, args[0]) && strings.Contains(string(r.Body), args[1]) {
			bodies = append(bodies, string(r.Body))
		}
	}
	if strconv.Itoa(len(bodies)) != args[2] || slices.ContainsFunc(bodies, func(body string) bool { return body != bodies[0] }) {
		ts.Fatalf("%s came as\n%s", args[1], strings.Join(bodies, "\n"))
	}
}

// contradicts REFERENCE has an answer come that says that the newest payment of the
// sale is approved; with "double", that another one of its sale is.
func contradicts(ts *testscript.TestScript, _ bool, args []string) {
	s, err := settings.Load(ts.Getenv("CASHDESK_SETTINGS"))
	ts.Check(err)
	store, err := (&program{}).store(s, false)
	ts.Check(err)
	j, err := openBeside(context.Background(), s, store)
	ts.Check(err)
	defer j.Close()
	all, err := j.BySale(context.Background(), args[0])
	ts.Check(err)
	e := providers.Event{Type: providers.EventContradicted, Attempt: all[len(all)-1].ID, Says: providers.Approved, Note: "an answer came that says approved"}
	if len(args) > 1 {
		e.Says, e.Double = "", true
	}
	_, err = j.Append(context.Background(), e)
	ts.Check(err)
}
