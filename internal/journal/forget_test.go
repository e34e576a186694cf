package journal

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"cashdesk/internal/figures"
	"cashdesk/providers"
)

// stays is the number from which on customers stay; they are told by other
// figures from those who are to be forgotten.
const stays = 50_000

// customer is a sale with a customer of its own, whom one can look for.
func customer(n int) (providers.Attempt, Body) {
	a := sale(n)
	a.Personal = providers.Personal{
		PreApproval: fmt.Sprintf("61997%05d", n),
		Mobile:      fmt.Sprintf("04770%05d", n),
		Email:       fmt.Sprintf("kim-%05d@example.com", n),
	}
	if n >= stays {
		a.Personal = providers.Personal{PreApproval: "6199811111", Mobile: "0411999888", Email: "sam@example.com"}
	}
	b := fmt.Appendf(nil, `{"x_pre_approval_code":%q,"x_mobile":%q,"x_email":%q}`, a.Personal.PreApproval, a.Personal.Mobile, a.Personal.Email)
	return a, Body{Call: "ProcessAuthorisation", Kept: b, Record: b, Hash: hashOf(b)}
}

// begin takes a customer's sale to where its answer is awaited.
func begin(t testing.TB, j *Journal, n int) providers.Attempt {
	t.Helper()
	a, body := customer(n)
	if _, err := j.Record(t.Context(), a, body); err != nil {
		t.Fatal(err)
	}
	return add(t, j, providers.Event{Type: providers.EventSent, To: providers.Sent, Attempt: a.ID, BodyHash: body.Hash})
}

// answer approves a customer's sale.
func answer(t testing.TB, j *Journal, n int) providers.Attempt {
	t.Helper()
	name := "Kim"
	if n >= stays {
		name = "Sam"
	}
	return add(t, j, providers.Event{
		Type: providers.EventAnswered, Attempt: sale(n).ID, To: providers.Approved, Code: "SPRA01",
		Signature: providers.SignatureValid, ProviderRef: fmt.Sprintf("PN-%d", n), Message: fmt.Sprintf("Approved for %s-%05d Nguyen", name, n),
	})
}

func serve(t testing.TB, j *Journal, n int) providers.Attempt {
	t.Helper()
	begin(t, j, n)
	return answer(t, j, n)
}

// forgetAll removes whatever is older than before, as the till does.
func forgetAll(t testing.TB, j *Journal, before time.Time) int {
	t.Helper()
	n, err := j.ForgetOlder(t.Context(), before, "", "its time was over", func() bool { return true })
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// hash is the hex SHA-256 of a body, in whose digits any number may turn up.
var hash = regexp.MustCompile("[0-9a-f]{64}")

// traces lists the texts that are still in the journal or a file beside it.
func traces(t testing.TB, path string, texts ...string) (found []string) {
	t.Helper()
	entries, err := os.ReadDir(filepath.Dir(path))
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		content, err := os.ReadFile(filepath.Join(filepath.Dir(path), e.Name()))
		if err != nil {
			t.Fatal(err)
		}
		content = hash.ReplaceAll(content, nil)
		for _, text := range texts {
			if bytes.Contains(content, []byte(text)) {
				found = append(found, text+" in "+e.Name())
			}
		}
	}
	return found
}

// signs are the beginnings of everything by which a customer of this test could
// be known: codes with and without their 6199, mobiles, addresses, names.
var signs = []string{"61997", "\n#7", "04770", "kim-", "Kim-"}

func wipe(t testing.TB, j *Journal) {
	t.Helper()
	if done, err := j.Wipe(t.Context()); err != nil || !done {
		t.Fatalf("wiped %v, %v", done, err)
	}
}

// pagesInUse is how many pages of the file hold something.
func pagesInUse(t testing.TB, j *Journal) (n int) {
	t.Helper()
	err := j.read.QueryRow("SELECT p.page_count - f.freelist_count FROM pragma_page_count p, pragma_freelist_count f").Scan(&n)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestWhatWasRemovedIsNowhereInTheFiles(t *testing.T) {
	begun := time.Now()
	all := int(figures.Tries(180))
	c := newClock()
	o := options()
	o.Now = c.now
	path := filepath.Join(t.TempDir(), "shop", "journal.db")
	j := open(t, path, o)
	// Every ninth is not over yet: what is removed lies between what is not.
	for n := range all {
		if n%9 == 4 {
			begin(t, j, n)
		} else {
			serve(t, j, n)
		}
	}
	kept := begin(t, j, stays)
	if found := traces(t, path, signs...); len(found) < len(signs) {
		t.Fatalf("the test looks in the wrong place: only %q", found)
	}
	before := pagesInUse(t, j)
	forgotten := forgetAll(t, j, c.at.Add(time.Second))
	for n := 4; n < all; n += 9 {
		answer(t, j, n)
	}
	end := c.at.Add(time.Second)
	c.at = end
	last := serve(t, j, stays+1)
	forgotten += forgetAll(t, j, end)
	wipe(t, j)
	left := traces(t, path, signs...)
	if len(left) > 0 || forgotten != all {
		t.Errorf("%d of %d payments were forgotten; traces: %q", forgotten, all, left)
	}
	if after := pagesInUse(t, j); after >= before {
		t.Errorf("%d pages are in use after the removal, %d were before: what is removed has to make room for what notes it", after, before)
	}
	r := mustVerify(t, j)
	if !r.OK() || r.Removed != int64(2*all) || r.Attempts != int64(all+2) {
		t.Errorf("verify: %+v", r)
	}
	if got, err := j.Attempt(t.Context(), last.ID); err != nil || got != last {
		t.Errorf("today's payment is %+v, %v", got, err)
	}
	_, body := customer(stays)
	if b, err := j.Body(t.Context(), kept.ID); err != nil || !bytes.Equal(b.Kept, body.Kept) {
		t.Errorf("the bytes of what is not over: %q, %v", b.Kept, err)
	}
	figures.Write(t, figures.Row{
		What: "payments whose personal data was removed", Tried: uint64(all),
		Among: []figures.Count{{N: uint64(r.Removed), What: "rows with their salts"}},
		Wrong: []figures.Count{{N: uint64(len(left)), What: "traces left in a file"}, {N: uint64(len(r.Faults)), What: "faults in the chain"}},
		Took:  time.Since(begun),
	})
}

func TestASearchDoesNotFindWhatWasRemovedAndFindsThePayment(t *testing.T) {
	j := fresh(t)
	for n := range 3 {
		serve(t, j, n)
	}
	gone, _ := customer(1)
	other, _ := customer(2)
	if _, err := j.Forget(t.Context(), gone.ID, "mia", "the customer asked for it"); err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{gone.Personal.Mobile, gone.Personal.PreApproval, "700001"} {
		if page, err := j.Page(t.Context(), Query{Text: text}); err != nil || len(page.Attempts) != 0 {
			t.Errorf("%q finds %v, %v", text, ids(page.Attempts), err)
		}
	}
	for text, id := range map[string]string{"PN-1": gone.ID, "REF-1": gone.ID, other.Personal.Mobile: other.ID} {
		if page, err := j.Page(t.Context(), Query{Text: text}); err != nil || !slices.Contains(ids(page.Attempts), id) {
			t.Errorf("%q finds %v, %v; want %s", text, ids(page.Attempts), err, id)
		}
	}
	if same, err := j.ByCode(t.Context(), gone.Personal.PreApproval); err != nil || len(same) != 0 {
		t.Errorf("by its code: %v, %v", ids(same), err)
	}
	events, err := j.Timeline(t.Context(), gone.ID)
	if err != nil || len(events) != 4 {
		t.Fatalf("%d events, %v", len(events), err)
	}
	if e := events[3]; e.Type != providers.EventForgotten || e.By != "mia" || e.Note == "" {
		t.Errorf("its last event is %+v", e)
	}
	for _, e := range events {
		if e.Message != "" || e.Recorded != nil && e.Recorded.Personal != (providers.Personal{}) {
			t.Errorf("event %d still knows %+v", e.Seq, e)
		}
	}
	// The index holds exactly the words of the row as it is now: no trigram of
	// the old ones that somebody could put together again.
	if _, err := j.write.Exec("INSERT INTO trigrams (trigrams, rank) VALUES ('integrity-check', 1)"); err != nil {
		t.Errorf("the index: %v", err)
	}
}

func TestOnlyWhatIsOverIsForgotten(t *testing.T) {
	c := newClock()
	o := options()
	o.Now = c.now
	j := open(t, filepath.Join(t.TempDir(), "journal.db"), o)
	due := map[string]bool{}
	for n, state := range providers.States {
		a := record(t, j, sale(n))
		for _, s := range wayTo(t, state)[1:] {
			add(t, j, providers.Event{Type: s.By, Attempt: a.ID, To: s.To})
		}
		due[a.ID] = state.Final() || state == providers.Expired
	}
	doubted := approve(t, j, record(t, j, sale(50)).ID, "PN-50")
	add(t, j, providers.Event{Type: providers.EventContradicted, Attempt: doubted.ID, Message: "late news"})
	late := record(t, j, sale(51))
	add(t, j, providers.Event{Type: providers.EventSent, Attempt: late.ID})
	add(t, j, providers.Event{Type: providers.EventAnswered, Attempt: late.ID, To: providers.Open, ExpiresAt: c.at.Add(1000 * time.Hour)})
	add(t, j, providers.Event{Type: providers.EventWatched, Attempt: late.ID, To: providers.Expired})
	due[doubted.ID], due[late.ID] = false, false
	end := c.at.Add(time.Second)
	c.at = end
	young := approve(t, j, record(t, j, sale(52)).ID, "PN-52")
	due[young.ID] = false
	before := counted(t, j)
	forgotten := forgetAll(t, j, end)
	for id, want := range due {
		a, err := j.Attempt(t.Context(), id)
		if gone := a.Personal == (providers.Personal{}); err != nil || gone != want {
			t.Errorf("%s (contradicted %v): forgotten %v, %v; want %v", a.State, a.Contradicted, gone, err, want)
		}
		if want {
			continue
		}
		if _, err := j.Forget(t.Context(), id, "mia", ""); id != young.ID && id != late.ID && !errors.Is(err, ErrStep) {
			t.Errorf("%s by hand: %v", a.State, err)
		}
	}
	if n := counted(t, j) - before; n < int64(forgotten) || forgetAll(t, j, end) != 0 {
		t.Errorf("%d events for %d payments; or there is more to forget the second time", n, forgotten)
	}
	if r := mustVerify(t, j); !r.OK() {
		t.Errorf("verify: %+v", r.Faults)
	}
}

func TestRemovedIsToldFromTamperedWith(t *testing.T) {
	for name, c := range map[string]struct {
		first  int64
		change string
	}{
		"another one's data gone": {4, "DELETE FROM personal WHERE seq = 4"},
		"data put back":           {3, "INSERT INTO personal SELECT 3, salt, data, kept, record FROM personal WHERE seq = 6"},
		"the removal undone":      {7, "DELETE FROM events WHERE seq = 7"},
		"a removal of another":    {7, "UPDATE events SET attempt = '" + sale(2).ID + "' WHERE seq = 7"},
		"a forged removal":        {9, "INSERT INTO events SELECT 9, at, type, '" + sale(2).ID + "', payload, digest, mac FROM events WHERE seq = 7; DELETE FROM personal WHERE seq IN (4, 6)"},
	} {
		t.Run(name, func(t *testing.T) {
			path, o := filepath.Join(t.TempDir(), "journal.db"), options()
			j := open(t, path, o)
			for n := 1; n <= 2; n++ {
				approve(t, j, record(t, j, sale(n)).ID, "PN")
			}
			if _, err := j.Forget(t.Context(), sale(1).ID, "", ""); err != nil {
				t.Fatal(err)
			}
			add(t, j, providers.Event{Type: providers.EventSignOut})
			if r := mustVerify(t, j); !r.OK() || r.Removed != 2 {
				t.Fatalf("before: %+v", r)
			}
			j.Close()
			tamper(t, path, strings.Split(c.change, "; ")...)
			if r := mustVerify(t, open(t, path, o)); r.First != c.first {
				t.Errorf("the first bad event is %d, named %d: %+v", c.first, r.First, r.Faults)
			}
		})
	}
}

func TestTheCopyOfAMigrationIsGoneAWeekLater(t *testing.T) {
	c := newClock()
	o := options()
	o.Now = c.now
	path := filepath.Join(t.TempDir(), "journal.db")
	j := open(t, path, o)
	serve(t, j, 1)
	if err := keepCopy(t.Context(), j.write, path+".version-1-"+c.at.UTC().Format(stamp)); err != nil {
		t.Fatal(err)
	}
	forgetAll(t, j, c.at.Add(time.Minute))
	wipe(t, j)
	if found := traces(t, path, signs...); len(found) == 0 {
		t.Error("the copy was thrown away before its time")
	}
	c.at = c.at.Add(copiesLast + time.Minute)
	wipe(t, j) // the counter is not started anew for weeks
	if found := traces(t, path, signs...); len(found) > 0 {
		t.Errorf("traces are left: %q", found)
	}
}

func TestWipingWaitsForNobody(t *testing.T) {
	j := fresh(t)
	serve(t, j, 1)
	tx, err := j.begin(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	var n int
	if err := tx.QueryRow("SELECT count(*) FROM events").Scan(&n); err != nil {
		t.Fatal(err)
	}
	serve(t, j, 2)
	if done, err := j.Wipe(t.Context()); err != nil || done {
		t.Errorf("while somebody reads: %v, %v", done, err)
	}
	serve(t, j, 3)
	rollback(tx)
	wipe(t, j)
}
