package cli

import (
	"bufio"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"cashdesk/providers"
)

// testPrinter is a program that this test's own binary plays.
const testPrinter = "test-printer"

// playPrinter is that program: it keeps the slip in a file, or fails, or hangs.
func playPrinter(role string, args []string) int {
	switch role {
	case "keep":
		slip, err := io.ReadAll(os.Stdin)
		if err != nil || os.WriteFile(args[len(args)-1], slip, 0o600) != nil {
			return 1
		}
		os.Stdout.WriteString("this must not tear the screen")
		return 0
	case "deaf":
		return 0 // reads nothing at all
	case "hang":
		_, _ = bufio.NewReader(os.Stdin).ReadString(0)
		select {}
	}
	return 3
}

// thePrinter is the test's own program in a role, with arguments.
func thePrinter(t *testing.T, role string, args ...string) printer {
	t.Helper()
	return printer{command: append([]string{testPrinter, role}, args...), within: printTime}
}

const slip = "Hill St Books\n\nAPPROVED  125.50 AUD\n"

func TestASlipReachesTheProgramAsItIs(t *testing.T) {
	file := filepath.Join(t.TempDir(), "a name; with $(everything) in it")
	if err := thePrinter(t, "keep", file).print(slip); err != nil {
		t.Fatal(err)
	}
	if got, err := os.ReadFile(file); err != nil || string(got) != slip {
		t.Errorf("printed was %q, %v", got, err)
	}
}

func TestAProgramThatReadsNothingHasPrintedWhatItWanted(t *testing.T) {
	if err := thePrinter(t, "deaf").print(strings.Repeat(slip, 10_000)); err != nil {
		t.Error(err)
	}
}

func TestWhatKeepsASlipFromBeingPrintedIsSaid(t *testing.T) {
	missing := printer{command: []string{filepath.Join(t.TempDir(), "lp")}, within: printTime}
	stuck := thePrinter(t, "hang")
	stuck.within = 50 * time.Millisecond
	for say, err := range map[string]error{
		"cannot be run":            missing.print(slip),
		"took more than 50ms":      stuck.print(slip),
		"ended with exit status 3": thePrinter(t, "no paper").print(slip),
	} {
		if err == nil || !strings.Contains(err.Error(), say) || !strings.Contains(err.Error(), "the slip was not printed") {
			t.Errorf("said is %v, want %q", err, say)
			continue
		}
		if providers.HintOf(err) == "" || strings.Contains(err.Error(), "125.50") {
			t.Errorf("%v has the hint %q", err, providers.HintOf(err))
		}
	}
}

func TestWithoutASettingNothingPrints(t *testing.T) {
	if printing(nil) != nil {
		t.Error("a counter without a printer offers one")
	}
	if printing([]string{"lp"}) == nil {
		t.Error("a counter with a printer offers none")
	}
}
