package cli

import (
	"bytes"
	"context"
	"os"
	"path/filepath"

	"github.com/rogpeppe/go-internal/testscript"

	"cashdesk/internal/settings"
	"cashdesk/providers"
)

// reference NAME CODE keeps the reference of the payment with this code in an
// environment variable.
func reference(ts *testscript.TestScript, _ bool, args []string) {
	s, err := settings.Load(ts.Getenv("CASHDESK_SETTINGS"))
	ts.Check(err)
	store, err := (&program{}).store(s, false)
	ts.Check(err)
	j, err := openBeside(context.Background(), s, store)
	ts.Check(err)
	defer j.Close()
	found, err := j.ByCode(context.Background(), args[1])
	ts.Check(err)
	if len(found) != 1 {
		ts.Fatalf("%d payments were made with %s", len(found), args[1])
	}
	ts.Setenv(args[0], found[0].Reference)
}

// kept CODE says that the code, with or without its 6199, stands in a file of
// the shop's; ! kept that it stands in none.
func kept(ts *testscript.TestScript, not bool, args []string) {
	found := ""
	files, err := filepath.Glob(filepath.Join(ts.MkAbs("shop"), "data", "*"))
	ts.Check(err)
	for _, f := range files {
		if info, err := os.Stat(f); err == nil && info.IsDir() {
			continue // the claims: empty files
		}
		content, err := os.ReadFile(f)
		ts.Check(err)
		if bytes.Contains(content, []byte(args[0])) || bytes.Contains(content, []byte("#"+providers.BareCode(args[0]))) {
			found = f
		}
	}
	if len(files) == 0 || (found == "") != not {
		ts.Fatalf("%s found in %q of %q", args[0], found, files)
	}
}
