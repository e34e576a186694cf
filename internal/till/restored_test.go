package till

import (
	"context"
	"os"
	"strings"
	"testing"

	"cashdesk/providers"
)

func TestARestoredOldJournalIsNoticedAtTheStart(t *testing.T) {
	c := newCounter(t)
	c.stop()
	before := files(t, c.path)
	c.open()
	a := c.begin(sale(12550, "010203"))
	c.oxipay.gets()
	c.oxipay.answers <- approved
	c.becomes(a.ID, providers.Approved)
	if st, err := c.till.Status(context.Background()); err != nil || st.Doubt != nil {
		t.Fatalf("a whole journal is doubted: %v %v", st.Doubt, err)
	}
	if err := c.till.SignOut(context.Background(), c.tom); err != nil { // the anchor is written
		t.Fatal(err)
	}
	c.stop()
	for _, suffix := range []string{"", "-wal", "-shm"} {
		if err := os.Remove(c.path + suffix); err != nil && !os.IsNotExist(err) {
			t.Fatal(err)
		}
	}
	for path, data := range before {
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	c.open()
	st, err := c.till.Status(context.Background())
	if err != nil || st.Doubt == nil || !strings.Contains(st.Doubt.Error(), "older copy") {
		t.Errorf("the older journal starts without a word: %v %v", st.Doubt, err)
	}
}

// files are the journal's files as they are.
func files(t *testing.T, path string) map[string][]byte {
	t.Helper()
	all := map[string][]byte{}
	for _, suffix := range []string{"", "-wal"} {
		data, err := os.ReadFile(path + suffix)
		if err == nil {
			all[path+suffix] = data
		} else if !os.IsNotExist(err) {
			t.Fatal(err)
		}
	}
	return all
}

func TestAnInvitationWhoseAnswerWasLostIsNoMoneyThatIsNotKnown(t *testing.T) {
	c := newCounter(t)
	a := c.begin(Draft{Provider: providers.Oxipay, Kind: providers.Invite, Amount: providers.Amount{Minor: 6200, Currency: aud}, Mobile: "0400000000"})
	c.oxipay.gets()
	c.oxipay.answers <- lost
	c.becomes(a.ID, providers.Unknown)
	totals, err := c.till.Totals(context.Background(), c.mia, Query{})
	if err != nil || len(totals) != 1 || totals[0].State != providers.Invited {
		t.Errorf("the totals say %+v, %v", totals, err)
	}
}
