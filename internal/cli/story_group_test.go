//go:build unix

package cli

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"cashdesk/keystore"
	"cashdesk/providers/sandbox"
)

// asksGroup has the shop fetch its tokens, ask for rates and follow transfers.
func (s *shop) asksGroup() {
	s.Helper()
	path := filepath.Join(s.dir, "settings.toml")
	text, err := os.ReadFile(path)
	s.must(err)
	base := regexp.MustCompile(`base_url = "(http://127\.0\.0\.1:[0-9]+)/payneteasy"`).FindSubmatch(text)
	b := sandbox.Bases(string(base[1]))
	for _, line := range [][2]string{{"access_token_url", b.AccessToken}, {"get_rate_url", b.GetRate}, {"result_url", b.Result}} {
		unset := regexp.MustCompile(`(?m)^#` + line[0] + ` = .*$`)
		if !unset.Match(text) {
			s.Fatalf("the settings have no %s", line[0])
		}
		text = unset.ReplaceAllLiteral(text, []byte(line[0]+` = "`+line[1]+`"`))
	}
	s.must(os.WriteFile(path, text, 0o600))
	s.must(os.WriteFile(s.pinFile(), []byte(demoPIN+"\n"), 0o600))
}

func (s *shop) pinFile() string { return filepath.Join(s.home, "pin") }

// groupCalls are the calls at the group's server, in their order.
func (s *shop) groupCalls() string {
	var calls []string
	for _, r := range s.box.Requests() {
		calls = append(calls, r.Path[strings.LastIndex(r.Path, "/")+1:])
	}
	return strings.Join(calls, " ")
}

// TestAFetchedTokenIsWrittenNowhere: the whole way of a transfer at a server
// that gives out its own tokens, without one in the keystore.
func TestAFetchedTokenIsWrittenNowhere(t *testing.T) {
	s := newShop(t, sandbox.Options{})
	s.asksGroup()
	all := leftBehind{}
	says := func(code int, args ...string) string {
		t.Helper()
		said := s.says(code, "", args...)
		all["what `"+strings.Join(args, " ")+"` said"] = said
		return string(said)
	}
	says(0, "keys", "remove", keystore.PayneteasyAccessToken)
	if said := says(0, "settings", "check"); strings.Contains(said, "warning") {
		t.Errorf("the settings are warned about: %s", said)
	}
	as := []string{"--operator", demoManager.ID, "--pin-file", s.pinFile()}
	said := says(7, append([]string{"transfer", "--amount", "100.00", "--currency", "EUR", "--reference", "T-1", "--json"}, as...)...)
	if !strings.Contains(said, `"state":"handed_over"`) {
		t.Errorf("it says %s", said)
	}
	if calls := s.groupCalls(); calls != "request-access-token get-rate initiate-transfer" {
		t.Errorf("asked %s", calls)
	}
	begun := s.box.Books("").Begun
	if len(begun) != 1 {
		t.Fatalf("%d transfers were begun", len(begun))
	}
	s.must(s.box.Approve(begun[0].ProviderRef))
	if said := says(0, append([]string{"resolve", "T-1", "--json"}, as...)...); !strings.Contains(said, `"state":"approved"`) || !strings.Contains(said, `"money_confirmed":true`) {
		t.Errorf("it says %s", said)
	}
	for _, args := range [][]string{{"history", "--json"}, {"history", "verify"}} {
		says(0, args...)
	}
	all.folder(t, s.home)
	if !bytes.Contains(all["shop/data/journal.db"], []byte("SQLite")) {
		t.Error("this test does not look where the journal lies")
	}
	var tokens []secret
	for _, r := range s.box.Requests() {
		if token := regexp.MustCompile(`"accessToken":"([^"]+)"`).FindSubmatch(r.Body); token != nil {
			tokens = append(tokens, secret{"a fetched token", string(token[1])})
		}
	}
	if tokens = slices.Compact(tokens); len(tokens) != 1 {
		t.Fatalf("%d tokens were used", len(tokens))
	}
	for _, found := range all.betrayed(tokens) {
		t.Error(found)
	}
}
