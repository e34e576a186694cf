package cli

import (
	"bytes"
	"context"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"cashdesk/providers/sandbox"
)

func TestACommandThatIsStoppedBeforeItBeganAnythingSaysSo(t *testing.T) {
	box := sandbox.New(sandbox.Options{})
	web := httptest.NewServer(box)
	defer web.Close()
	dir := t.TempDir()
	pin := filepath.Join(dir, "pin")
	if err := os.WriteFile(pin, []byte(demoPIN+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := setUpShop(dir, web.URL); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for _, c := range []struct {
		args  []string
		code  int
		state string
	}{
		{[]string{"charge", "--amount", "12.50", "--code", "-"}, exitOver, "refused"},
		{[]string{"resolve"}, exitUnknown, "unknown"},
		{[]string{"refund", "A-1001", "--reason", "it was cracked"}, exitOver, "refused"},
	} {
		var out, complaint bytes.Buffer
		p := &program{in: strings.NewReader("011234\n"), out: &out, err: &complaint}
		root := p.root()
		root.SetArgs(append(c.args, "--json", "--operator", "mia", "--pin-file", pin, "--settings", filepath.Join(dir, "settings.toml")))
		err := root.ExecuteContext(ctx)
		if got := p.exitCode(err); err == nil || got != c.code || !strings.Contains(err.Error(), "stopped before") {
			t.Errorf("%v ended with %d: %v", c.args, got, err)
		}
		if !strings.Contains(out.String(), `"state":"`+c.state+`"`) || !strings.Contains(out.String(), `"message":"stopped before`) {
			t.Errorf("%v told %s", c.args, out.String())
		}
	}
	if n := len(box.Requests()); n != 0 {
		t.Errorf("%d requests", n)
	}
}
