package providertest

import (
	"fmt"
	"runtime"
	"strings"
	"testing"

	"cashdesk/providers"
)

// heavy are bodies of the greatest size that is read at all, each as costly to
// read as its kind can be.
func heavy() map[string]string {
	fill := func(first, again, last string) string {
		return first + strings.Repeat(again, (providers.MaxReply-len(first)-len(last))/len(again)) + last
	}
	var names strings.Builder
	for i := 0; names.Len() < providers.MaxReply-40; i++ {
		fmt.Fprintf(&names, `"x_%x":null,`, i)
	}
	return map[string]string{
		"spaces":            fill("", " ", "{}"),
		"brackets":          fill("", "[", ""),
		"closed brackets":   strings.Repeat("[", providers.MaxReply/2) + strings.Repeat("]", providers.MaxReply/2),
		"a long number":     fill(`{"amount":`, "9", `}`),
		"a long fraction":   fill(`{"result":0.`, "9", `}`),
		"a long text":       fill(`{"x_message":"`, "a", `"}`),
		"a text of escapes": fill(`{"status":"`, `\u202e`, `"}`),
		"a long signature":  fill(`{"x_status":"Success","x_code":"SPRA01","signature":"`, "0", `"}`),
		"many names":        "{" + names.String() + `"signature":"00"}`,
		"one name again":    fill("{", `"x":0,`, `"x":0}`),
		"many entries":      fill(`{"result":100,"data":[`, "{},", `{}]}`),
		"small entries":     fill(`{"result":100,"data":[`, "0,", `0]}`),
		"rubbish":           fill("", "\xff\x00", ""),
	}
}

// Heavy gives a client the heaviest bodies there are. None may take, in all and
// mostly given back at once, more than a
// hundred and fifty times its size, or be taken for more than a failure.
func Heavy(t *testing.T, hear func(body []byte) providers.Answer) {
	t.Helper()
	for name, body := range heavy() {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		a := hear([]byte(body))
		runtime.ReadMemStats(&after)
		took := after.TotalAlloc - before.TotalAlloc
		t.Logf("%s: %d KiB", name, took>>10)
		if took > 150*providers.MaxReply {
			t.Errorf("%s: %d bytes of memory for a body of %d", name, took, len(body))
		}
		if a.State != providers.Unknown && a.State != providers.Refused {
			t.Errorf("%s: %s", name, a.State)
		}
		if why := Unfit(a); why != "" {
			t.Errorf("%s: %s", name, why)
		}
	}
}
