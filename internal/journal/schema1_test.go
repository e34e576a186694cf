package journal

import (
	"compress/gzip"
	"io"
	"os"
	"path/filepath"
	"testing"

	"cashdesk/providers"
)

// schema1 is a copy of a journal that the program at commit 8f654ac wrote, the
// last one with the first schema: a busy hour with every kind of payment,
// invoices that were paid after their time, a payment that was forgotten, and one
// that was only recorded when the power went.
func schema1(t *testing.T) (path string) {
	t.Helper()
	packed, err := os.Open(filepath.Join("testdata", "schema1.db.gz"))
	if err != nil {
		t.Fatal(err)
	}
	defer packed.Close()
	r, err := gzip.NewReader(packed)
	if err != nil {
		t.Fatal(err)
	}
	data, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	path = filepath.Join(t.TempDir(), "journal.db")
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestAJournalOfTheFirstVersionGoesOn(t *testing.T) {
	path := schema1(t)
	j := open(t, path, options())
	if r := mustVerify(t, j); !r.OK() || r.Events != 57 || r.Attempts != 13 {
		t.Fatalf("after the migration: %+v", r)
	}
	if copies, err := filepath.Glob(path + ".version-1-*"); err != nil || len(copies) != 1 {
		t.Errorf("the file as it was is kept as %v, %v", copies, err)
	}
	late := map[string]bool{"REF-7": true, "REF-8": true, "REF-9": true}
	page, err := j.Page(t.Context(), Query{})
	if err != nil || len(page.Attempts) != 13 {
		t.Fatalf("%d attempts, %v", len(page.Attempts), err)
	}
	for _, a := range page.Attempts {
		if a.Late != late[a.Reference] {
			t.Errorf("%s, %s: late is %t", a.Reference, a.State, a.Late)
		}
		if a.Of+a.Coin+a.Receipt+a.ReceiptCode != "" || a.ReceiptDue || a.ReceiptStored {
			t.Errorf("%s has what nobody gave it: %+v", a.Reference, a)
		}
	}
	old, err := j.ByReference(t.Context(), "REF-1")
	if err != nil || old.State != providers.Approved || old.ProviderRef != "52011913" || old.Personal.PreApproval == "" {
		t.Fatalf("the oldest sale is %+v, %v", old, err)
	}
	body, err := j.Body(t.Context(), old.ID)
	if err != nil || len(body.Kept) == 0 {
		t.Errorf("its bytes are %q, %v", body.Kept, err)
	}

	back := refundOf(old, 100, 2550)
	record(t, j, back)
	add(t, j, providers.Event{Type: providers.EventSent, Attempt: back.ID})
	add(t, j, providers.Event{Type: providers.EventAnswered, Attempt: back.ID, To: providers.Approved})
	add(t, j, providers.Event{Type: providers.EventReceipt, Attempt: old.ID, Receipt: "R-1"})
	j.Close()
	again := open(t, path, options())
	if r := mustVerify(t, again); !r.OK() || r.Events != 61 || r.Attempts != 14 {
		t.Errorf("after more was written: %+v", r)
	}
	if found, err := again.Page(t.Context(), Query{Text: "R-1 52011913"}); err != nil || len(found.Attempts) != 1 {
		t.Errorf("by its new number %d are found, %v", len(found.Attempts), err)
	}
}
