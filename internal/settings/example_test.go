package settings

import (
	"bytes"
	"os"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"cashdesk/providers"
)

const exampleFile = "../../settings.toml.example"

func TestTheExampleAtTheTopIsTheOneFromTheTable(t *testing.T) {
	got, err := os.ReadFile(exampleFile)
	if err != nil {
		t.Fatal(err)
	}
	// A checkout on Windows may have changed the ends of lines.
	got = bytes.ReplaceAll(got, []byte("\r\n"), []byte("\n"))
	if diff := cmp.Diff(string(Example()), string(got)); diff != "" {
		t.Errorf("settings.toml.example (-table +file):\n%s", diff)
	}
}

func TestTheExampleIsATestCounterAgainstTheSandbox(t *testing.T) {
	s, err := Parse("settings.toml", Example())
	if err != nil {
		t.Fatal(err)
	}
	if s.Mode != Test {
		t.Errorf("its mode is %q", s.Mode)
	}
	if diff := cmp.Diff(providers.All, s.Enabled()); diff != "" {
		t.Errorf("enabled (-want +got):\n%s", diff)
	}
	bases := []string{s.Oxipay.BaseURL, s.OxaPay.BaseURL, s.XaiGate.BaseURL, s.Payneteasy.BaseURL}
	want := []string{
		"http://127.0.0.1:8199/oxipay/webapi/v1/Test", "http://127.0.0.1:8199/oxapay",
		"http://127.0.0.1:8199/xaigate", "http://127.0.0.1:8199/payneteasy",
	}
	if diff := cmp.Diff(want, bases); diff != "" {
		t.Errorf("base URLs (-want +got):\n%s", diff)
	}
	if len(s.Warnings) != 0 {
		t.Errorf("it warns: %v", s.Warnings)
	}
}

func TestEverySettingIsInTheExampleWithOneLineOfComment(t *testing.T) {
	lines := strings.Split(string(Example()), "\n")
	for _, s := range table() {
		at := 0
		if s.name != "" {
			at = index(lines, "["+s.name+"]")
		}
		for _, r := range s.rules {
			i := at + index(lines[at:], r.key+" = ", "#"+r.key+" = ", "#["+s.name+"."+r.key+"]")
			if i < 1 || !strings.HasPrefix(lines[i-1], "# ") || !strings.Contains(lines[i-1], "Default: ") {
				t.Errorf("%s.%s has no line with a comment that gives its default", s.name, r.key)
			}
		}
	}
}

// index is the first line that begins in one of these ways; a test that looks
// for what is not there fails by the line before the first.
func index(lines []string, begins ...string) int {
	for i, line := range lines {
		for _, begin := range begins {
			if strings.HasPrefix(line, begin) {
				return i
			}
		}
	}
	return -len(lines) - 1
}

func TestWhatTheExampleShowsAsNotSetCanBeSet(t *testing.T) {
	all := regexp.MustCompile(`(?m)^#([a-zA-Z_]+ = |\[)`).ReplaceAll(Example(), []byte("$1"))
	s, err := Parse("settings.toml", all)
	if err != nil {
		t.Fatal(err)
	}
	if s.Proxy == "" || s.OxaPay.Coins["USDT"] != 6 || s.Payneteasy.Location == nil || s.OxaPay.FeePaidByPayer == nil {
		t.Errorf("something stayed unset: %+v", s)
	}
}

func TestADefaultIsTheSameWrittenOrLeftOut(t *testing.T) {
	left := parse(t, `mode = "test"`)
	for _, s := range table() {
		for _, r := range s.rules {
			if r.fallback == "" {
				continue
			}
			written := parse(t, "mode = \"test\"\n["+s.name+"]\n"+r.key+" = "+r.fallback+"\n")
			written.Warnings = nil
			if !reflect.DeepEqual(left, written) {
				t.Errorf("with %s.%s written out: %+v, want %+v", s.name, r.key, written, left)
			}
		}
	}
}
