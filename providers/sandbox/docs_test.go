package sandbox

import (
	"fmt"
	"os"
	"strings"
	"testing"
)

// documented are the parts of docs/sandbox.md that are what the code says.
func documented() []string {
	names := []string{}
	for _, c := range Calls() {
		name := "`" + c.Name + "`"
		if c.Begins {
			name += "*"
		}
		names = append(names, name)
	}
	faults := "| fault | what comes | lasts | only for |\n|---|---|---|---|\n"
	for _, k := range Kinds() {
		lasts, only, name := "", "", "`"+string(k.Fault)+"`"
		if k.Takes > 0 {
			lasts = k.Takes.String()
		}
		if calls := spoilt(k); len(calls) < len(Calls()) {
			only = strings.Join(calls, ", ")
		}
		if k.Instead {
			name += " ¹"
		}
		faults += fmt.Sprintf("| %s | %s | %s | %s |\n", name, k.About, lasts, only)
	}
	ways := "| code | |\n|---|---|\n"
	for _, row := range faultCodes {
		ways += fmt.Sprintf("| `%s…` | %s |\n", row.selector, row.about)
	}
	confirms := "| code | |\n|---|---|\n"
	for _, row := range confirmCodes {
		confirms += fmt.Sprintf("| `%s…` | %s |\n", row.selector, row.about)
	}
	return []string{"- The calls (those that begin a payment with a star): " + strings.Join(names, ", ") + ".\n", faults, ways, confirms}
}

func TestTheDocumentationNamesEveryCallEveryFaultAndEveryCode(t *testing.T) {
	page, err := os.ReadFile("../../docs/sandbox.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range documented() {
		if !strings.Contains(strings.ReplaceAll(string(page), "\r\n", "\n"), part) {
			t.Errorf("docs/sandbox.md must have\n%s", part)
		}
	}
}

func TestThePlansOfTheDocumentationCanBeRead(t *testing.T) {
	page, err := os.ReadFile("../../docs/sandbox.md")
	if err != nil {
		t.Fatal(err)
	}
	tried := 0
	for line := range strings.Lines(string(page)) {
		_, given, ok := strings.Cut(line, "sandbox --faults ")
		if !ok || strings.HasPrefix(given, "PLAN") || strings.HasPrefix(given, "@") {
			continue
		}
		plan, _, quoted := strings.Cut(strings.TrimPrefix(given, "'"), "'")
		if !quoted {
			plan, _, _ = strings.Cut(given, " ")
		}
		if tried++; parsed(t, plan).String() != strings.ReplaceAll(plan, ",", "") {
			t.Errorf("%s is written %s", plan, parsed(t, plan))
		}
	}
	if tried != 4 {
		t.Errorf("%d plans were tried", tried)
	}
}
