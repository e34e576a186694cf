package cli

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"cashdesk/providers/sandbox"
)

func TestAPlanWithChanceInItIsGivenASeedThatIsSaid(t *testing.T) {
	for given, want := range map[string]string{
		"":                         `^$`,
		"*#1=html":                 `^\*#1=html$`,
		"*=html|503":               `^seed=[1-9][0-9]{5} \*=html\|503$`,
		"*%30=html":                `^seed=[1-9][0-9]{5} \*%30=html$`,
		"oxapay=any":               `^seed=[1-9][0-9]{5} oxapay=any$`,
		"*%30=any seed=7":          `^seed=7 \*%30=any$`,
		"@" + planFile(t, "*=429"): `^\*=429$`,
	} {
		plan, err := faultPlan(given)
		if err != nil || !regexp.MustCompile(want).MatchString(plan.String()) {
			t.Errorf("%q is played as %q, %v; want %s", given, plan, err, want)
		}
	}
}

func planFile(t *testing.T, text string) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "plan.txt")
	if err := os.WriteFile(name, []byte("# a plan\n"+text+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	return name
}

func TestAPlayedFaultIsOneLineWithNothingOfTheClientsInIt(t *testing.T) {
	var out strings.Builder
	p := &program{out: &out}
	tell := p.tellFaults()
	at := time.Date(2026, time.November, 21, 14, 7, 12, 0, time.Local)
	sum := strings.Repeat("0123456789abcdef", 4)
	tell(sandbox.Played{At: at, Call: "oxipay.charge", SHA256: sum, Fault: sandbox.Fault{Kind: sandbox.LoseAnswer}, Why: "oxipay.charge#1=cut-before"})
	tell(sandbox.Played{At: at, Call: "oxapay.list", SHA256: sum, Fault: sandbox.Fault{Kind: sandbox.Unavailable, For: 2 * time.Second, Unprocessed: true}, Why: "*=any"})
	want := "14:07:12  oxipay.charge cut-before: the connection is cut before the first byte of the answer (bytes 01234567, by oxipay.charge#1=cut-before)\n" +
		"14:07:12  oxapay.list 503:2s/unprocessed: a proxy's page with status 503; the provider never got the request (bytes 01234567, by *=any)\n"
	if out.String() != want {
		t.Errorf("it said\n%s\nwant\n%s", out.String(), want)
	}
}

func TestTheDemoTellsEveryCodeThatPlaysAFault(t *testing.T) {
	hints := demoHints()
	i := slices.IndexFunc(hints, func(h string) bool { return strings.HasPrefix(h, "spoilt answers") })
	if i < 0 {
		t.Fatalf("the hints are %q", hints)
	}
	var told, played []string
	for _, m := range regexp.MustCompile(`[0-9]{2}`).FindAllString(hints[i], -1) {
		told = append(told, "Oxipay code "+m+"####")
	}
	for _, line := range sandbox.FaultWays() {
		played = append(played, line.Name)
	}
	if !slices.Equal(told, played) {
		t.Errorf("the demo tells %q, the sandbox plays %q", told, played)
	}
}
