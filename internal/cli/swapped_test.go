package cli

import (
	"context"
	"strings"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"cashdesk/internal/settings"
	"cashdesk/providers"
)

// otherShop sets a second shop up beside the first, with a keystore of its own.
func otherShop(ts *testscript.TestScript, _ bool, _ []string) {
	ts.Check(setUpShop(ts.MkAbs("other"), "http://127.0.0.1:8199"))
}

// journalHolds TYPE BY NOTE says that the newest event of the counter of this
// type was made by whom begins so, with a note that holds this.
func journalHolds(ts *testscript.TestScript, _ bool, args []string) {
	s, err := settings.Load(ts.Getenv("CASHDESK_SETTINGS"))
	ts.Check(err)
	p := &program{}
	store, err := p.store(s, false)
	ts.Check(err)
	j, err := openBeside(context.Background(), s, store)
	ts.Check(err)
	defer j.Close()
	events, err := j.CounterEvents(context.Background(), []providers.EventType{providers.EventType(args[0])}, "", time.Time{}, 1)
	ts.Check(err)
	if len(events) == 0 {
		ts.Fatalf("there is no %s in the journal", args[0])
	}
	if e := events[0]; !strings.HasPrefix(e.By, args[1]) || !strings.Contains(e.Note, args[2]) || args[1] != "" && len(e.By) == len(args[1]) {
		ts.Fatalf("the newest %s is by %q: %q", args[0], e.By, e.Note)
	}
}
