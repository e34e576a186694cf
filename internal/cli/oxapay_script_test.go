package cli

import (
	"os"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"
)

// newer FILE writes the shop's settings with OxaPay's newer API, and uses them
// from here on.
func newer(ts *testscript.TestScript, _ bool, args []string) {
	text := strings.Replace(ts.ReadFile(ts.Getenv("CASHDESK_SETTINGS")), `#api = "legacy"`, `api = "v1"`, 1)
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(text), 0o600))
	ts.Setenv("CASHDESK_SETTINGS", ts.MkAbs(args[0]))
}

// loses has the answer to the next payment that is begun lost on its way.
func loses(ts *testscript.TestScript, _ bool, _ []string) { boxOf(ts).LoseNext() }

// plays WHAT REFERENCE has the provider's customer, or the merchant in the
// account at the provider, do something with an invoice.
func plays(ts *testscript.TestScript, _ bool, args []string) {
	box := boxOf(ts)
	what := map[string]func(string) error{
		"less": box.PayLess, "more": box.PayMore, "strange": box.PayStrange, "expire": box.Expire, "accept": box.Accept, "refund": box.Refund,
	}[args[0]]
	ts.Check(what(theirs(ts, args[1])))
}
