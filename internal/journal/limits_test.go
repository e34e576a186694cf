package journal

import (
	"os"
	"path/filepath"
	"testing"

	"cashdesk/providers"
)

// What history verify cannot find, so that nobody believes it could. Both are
// in the threat model, docs/security.md.

func TestATailCutAfterTheLastAnchorIsNotFound(t *testing.T) {
	path, o, anchored := oddDay(t)
	// The newest payment, begun after the anchor, is taken away whole.
	tamper(t, path, "DELETE FROM events WHERE seq > 23", "DELETE FROM personal WHERE seq > 23",
		"DELETE FROM attempts WHERE row > 23", "DELETE FROM people WHERE row > 23", "DELETE FROM wording WHERE row > 23")
	if r := mustVerify(t, open(t, path, o)); !r.OK() || r.Anchored != anchored || r.Events != 23 || anchored > 23 {
		t.Errorf("verify: %+v; if it finds this now, say so in the threat model", r)
	}
}

func TestAJournalPutBackTogetherWithItsAnchorIsNotFound(t *testing.T) {
	path, o := filepath.Join(t.TempDir(), "journal.db"), options()
	o.Anchor = filepath.Join(t.TempDir(), "anchor")
	j := open(t, path, o)
	serve(t, j, 1)
	if err := j.Close(); err != nil {
		t.Fatal(err)
	}
	kept := map[string][]byte{}
	for _, file := range []string{path, o.Anchor} {
		content, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		kept[file] = content
	}
	j = open(t, path, o)
	later := serve(t, j, 2)
	if err := j.Close(); err != nil {
		t.Fatal(err)
	}
	write(t, path, kept[path])
	if r := mustVerify(t, open(t, path, o)); r.First != 4 {
		t.Errorf("put back alone it has to be found: %+v", r)
	}
	write(t, o.Anchor, kept[o.Anchor])
	j = open(t, path, o)
	if r := mustVerify(t, j); !r.OK() || r.Anchored != 3 {
		t.Errorf("verify: %+v; if it finds this now, say so in the threat model", r)
	}
	if _, err := j.Attempt(t.Context(), later.ID); err == nil {
		t.Error("the later payment is still there: this tests nothing")
	}
}

func TestAJournalWithoutItsAnchorSaysSo(t *testing.T) {
	path, o, _ := oddDay(t)
	if err := os.Remove(o.Anchor); err != nil {
		t.Fatal(err)
	}
	j := open(t, path, o)
	if r := mustVerify(t, j); !r.OK() || r.Anchored != 0 {
		t.Errorf("verify: %+v", r)
	}
	add(t, j, providers.Event{Type: providers.EventSignOut})
	if r := mustVerify(t, j); !r.OK() || r.Anchored != r.Events {
		t.Errorf("after a sign-out: %+v", r)
	}
}
