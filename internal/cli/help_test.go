package cli

import (
	"strings"
	"testing"

	"github.com/spf13/cobra"
)

func TestEveryCommandHelpsWithAnExampleThatItKnows(t *testing.T) {
	root := (&program{}).root()
	seen := 0
	var walk func(*cobra.Command)
	walk = func(cmd *cobra.Command) {
		for _, sub := range cmd.Commands() {
			walk(sub)
		}
		if cmd.Short == "" || strings.HasSuffix(cmd.Short, ".") {
			t.Errorf("%s: its line in the list reads %q", cmd.CommandPath(), cmd.Short)
		}
		if cmd.Hidden {
			return
		}
		seen++
		if !strings.Contains(cmd.Example, cmd.CommandPath()) {
			t.Errorf("%s: no example shows it:\n%s", cmd.CommandPath(), cmd.Example)
		}
		for _, line := range strings.Split(cmd.Example, "\n") {
			checkExample(t, root, line)
		}
	}
	walk(root)
	for _, path := range []string{"", "keys", "staff", "keystore", "settings", "history verify", "completion", "completion zsh", "help"} {
		if cmd, _, err := root.Find(strings.Fields(path)); err != nil || cmd.CommandPath() != strings.TrimSpace("cashdesk "+path) {
			t.Errorf("%q was not looked at", path)
		}
	}
	if seen < 28 {
		t.Errorf("%d commands were looked at", seen)
	}
}

// checkExample finds the command that an example's line runs, and its flags.
func checkExample(t *testing.T, root *cobra.Command, line string) {
	t.Helper()
	_, run, found := strings.Cut(line, "cashdesk")
	if !found {
		t.Errorf("the example %q does not run cashdesk", line)
		return
	}
	run, _, _ = strings.Cut(run, "   ") // a remark stands after it
	run, _, _ = strings.Cut(run, " >")  // or a file
	cmd, rest, err := root.Find(strings.Fields(run))
	if err != nil {
		t.Errorf("the example %q: %v", line, err)
		return
	}
	for _, word := range rest {
		if name, isFlag := strings.CutPrefix(word, "--"); isFlag && cmd.Flag(name) == nil {
			t.Errorf("the example %q: %s has no flag --%s", line, cmd.CommandPath(), name)
		}
	}
}
