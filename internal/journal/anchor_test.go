package journal

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"cashdesk/providers"
)

// anchored is a closed journal of twelve events with an anchor at its end, and
// a copy of the file from when it had three.
func anchored(t *testing.T) (path, old string, o Options) {
	t.Helper()
	path, o = filepath.Join(t.TempDir(), "journal.db"), options()
	o.Anchor = filepath.Join(t.TempDir(), "elsewhere", "anchor.json")
	j := open(t, path, o)
	for n := 1; n <= 4; n++ {
		approve(t, j, record(t, j, sale(n)).ID, "PN")
		if n == 1 {
			old = copyFiles(t, path)
		}
	}
	if err := j.Close(); err != nil {
		t.Fatal(err)
	}
	return path, old, o
}

func TestTheAnchorIsWrittenAtSignOutEveryHundredEventsAndAtTheEnd(t *testing.T) {
	ctx := context.Background()
	path, o := filepath.Join(t.TempDir(), "journal.db"), options()
	o.Anchor = filepath.Join(t.TempDir(), "elsewhere", "anchor.json")
	j := open(t, path, o)
	at := func(want int64) {
		t.Helper()
		if a, err := j.checkedAnchor(ctx, j.read); err != nil || a.Seq != want {
			t.Errorf("the anchor is at %d, %v; want %d", a.Seq, err, want)
		}
	}
	at(0)
	add(t, j, providers.Event{Type: providers.EventSignIn})
	at(0)
	add(t, j, providers.Event{Type: providers.EventSignOut})
	at(2)
	for range 103 {
		add(t, j, providers.Event{Type: providers.EventPINTry})
	}
	at(100)
	j.Close()
	j = open(t, path, o)
	at(105)
	if r := mustVerify(t, j); !r.OK() || r.Anchored != 105 {
		t.Errorf("verify: %+v", r)
	}
}

func TestTheAnchorNeverGoesBack(t *testing.T) {
	ctx := context.Background()
	path, _, o := anchored(t)
	j := open(t, path, o)
	// A slower process comes late with its event.
	late := line{seq: 5}
	if err := j.read.QueryRow("SELECT mac FROM events WHERE seq = 5").Scan(&late.mac); err != nil {
		t.Fatal(err)
	}
	if err := j.writeAnchor(ctx, late); err != nil {
		t.Errorf("writing it late: %v", err)
	}
	if a, err := j.checkedAnchor(ctx, j.read); err != nil || a.Seq != 12 {
		t.Errorf("the anchor is at %d, %v; want 12", a.Seq, err)
	}
}

func TestAnOlderCopyPutBackIsNoticedAndTheAnchorStays(t *testing.T) {
	ctx := context.Background()
	_, old, o := anchored(t)
	before, err := os.ReadFile(o.Anchor)
	if err != nil {
		t.Fatal(err)
	}
	j := open(t, old, o)
	if err := j.CheckAnchor(ctx); !errors.Is(err, ErrAnchor) || providers.HintOf(err) == "" {
		t.Errorf("the check says %v", err)
	}
	// Even when as many events have been added as were lost.
	for range 20 {
		add(t, j, providers.Event{Type: providers.EventSignOut})
	}
	if r := mustVerify(t, j); r.OK() || r.First != 0 {
		t.Errorf("verify: %+v", r)
	}
	if err := j.Close(); !errors.Is(err, ErrAnchor) {
		t.Errorf("closing says %v", err)
	}
	if after, _ := os.ReadFile(o.Anchor); !bytes.Equal(before, after) {
		t.Error("the only witness was overwritten")
	}
}

func TestATailCutBackBehindTheAnchorIsFound(t *testing.T) {
	path, _, o := anchored(t)
	tamper(t, path, "DELETE FROM events WHERE seq > 9", "DELETE FROM personal WHERE seq > 9",
		"DELETE FROM attempts WHERE row > 9", "DELETE FROM people WHERE row > 9", "DELETE FROM wording WHERE row > 9")
	if r := mustVerify(t, open(t, path, o)); r.OK() || r.Anchored != 12 {
		t.Errorf("verify: %+v", r)
	}
	o.Anchor = ""
	if r := mustVerify(t, open(t, path, o)); !r.OK() {
		t.Errorf("without the anchor nothing shows it: %+v", r)
	}
}

func TestAForgedOrForeignAnchorIsFound(t *testing.T) {
	path, _, o := anchored(t)
	data, err := os.ReadFile(o.Anchor)
	if err != nil {
		t.Fatal(err)
	}
	for name, content := range map[string][]byte{
		"moved back": bytes.Replace(data, []byte(`"seq":12`), []byte(`"seq":11`), 1),
		"rubbish":    []byte("{"),
		"empty":      nil,
	} {
		write(t, o.Anchor, content)
		if r := mustVerify(t, open(t, path, o)); r.OK() {
			t.Errorf("%s: not found", name)
		}
	}
	write(t, o.Anchor, data)
	other := open(t, filepath.Join(t.TempDir(), "new.db"), o)
	if r := mustVerify(t, other); r.OK() {
		t.Error("a new journal in the place of an old one: not found")
	}
}
