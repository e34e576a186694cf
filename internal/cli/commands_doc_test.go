package cli

import (
	"fmt"
	"os"
	"reflect"
	"strings"
	"testing"
)

// paymentCommands are those that docs/commands.md is about.
var paymentCommands = []string{"charge", "invite", "invoice", "transfer", "refund", "reverse", "receipt", "status", "resolve"}

func TestTheDocumentKnowsEveryCommandFlagFieldAndExitCode(t *testing.T) {
	text, err := os.ReadFile("../../docs/commands.md")
	if err != nil {
		t.Fatal(err)
	}
	doc := string(text)
	has := func(what string) {
		if !strings.Contains(doc, what) {
			t.Errorf("docs/commands.md has no %s", what)
		}
	}
	for f := range reflect.TypeFor[result]().Fields() {
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		if name != "" {
			has("`" + name + "`")
		}
	}
	for f := range reflect.TypeFor[takenResult]().Fields() {
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		has("`" + name + "`")
	}
	has("`cashdesk currencies ")
	has("`cashdesk keys register`")
	for _, code := range exitOf {
		has(fmt.Sprintf("\n| %d | ", code))
	}
	has(fmt.Sprintf("\n| %d | ", exitReference))
	has(fmt.Sprintf("\n| `version` | %d.", resultVersion))
	root := (&program{}).root()
	for _, name := range paymentCommands {
		cmd, _, err := root.Find([]string{name})
		if err != nil {
			t.Fatal(err)
		}
		has("`cashdesk " + name + " ")
		for _, flag := range []string{"json", "operator", "pin-file", "passphrase-file"} {
			if cmd.Flag(flag) == nil {
				t.Errorf("%s has no --%s", name, flag)
			}
		}
		for _, secret := range []string{"pin", "passphrase", "key", "password"} {
			if cmd.Flag(secret) != nil {
				t.Errorf("%s takes a secret from --%s", name, secret)
			}
		}
	}
}
