//go:build unix

package cli

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"cashdesk/keystore"
	"cashdesk/providers/sandbox"
)

// What is typed into the shop of this story, besides the keys of the sandbox.
const (
	merchantKey = "MERCHANT-71QX-55PB-80ZD" // the sandbox knows one that is a word like any other
	wrongKey    = "no-uuid-but-a-secret-61"
	oldPhrase   = "correct horse battery"
	newPhrase   = "seven unrelated umbrellas"
	wrongPhrase = "tin of blue elephants"
	zoesPIN     = "70431926"
	zoesSlip    = "70431962"
)

// secretShop is a shop of which every secret is known to the test, and none is
// a word that could stand somewhere else.
func secretShop(t *testing.T, slips string) (*shop, []secret) {
	t.Helper()
	tee, err := exec.LookPath("tee")
	if err != nil {
		t.Skip("there is no tee here, to keep the slips that are printed")
	}
	t.Parallel()
	box := sandbox.New(sandbox.Options{})
	web := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		body = bytes.ReplaceAll(body, []byte(merchantKey), []byte(sandbox.OxaPayMerchant))
		r.Body, r.ContentLength = io.NopCloser(bytes.NewReader(body)), int64(len(body))
		box.ServeHTTP(w, r)
	}))
	t.Cleanup(func() { box.Release(); web.Close() })
	s := bare(t, built.binary(t, "cashdesk"))
	s.box, s.dir = box, filepath.Join(s.home, "shop")
	s.must(setUpShop(s.dir, web.URL, "identity_file", "#identity_file", `#command = ["lp"]`, fmt.Sprintf(`command = [%q, "-a", %q]`, tee, slips)))
	s.must(os.Remove(filepath.Join(s.dir, "identity")))
	store := s.store()
	key := string(store.JournalKey())
	secrets := []secret{
		{"the journal's key", key}, {"the journal's key, written out", hex.EncodeToString([]byte(key))},
		{"the journal's key in base64", base64.StdEncoding.EncodeToString([]byte(key))},
		{"the identity", store.Identity().Reveal()}, {"any identity", "AGE-SECRET-KEY"}, {"a PIN's hash", "$argon2id$"},
		{"the merchant key", merchantKey}, {"a key that was not taken", wrongKey},
		{"the passphrase", oldPhrase}, {"the new passphrase", newPhrase}, {"a wrong passphrase", wrongPhrase},
		{"Zoe's PIN", zoesPIN}, {"Zoe's slip of the finger", zoesSlip},
	}
	for name, value := range sandboxKeys {
		if name != keystore.OxaPayMerchantKey {
			secrets = append(secrets, secret{name, value})
		}
	}
	return s, secrets
}

// TestSecretsAreFoundNowhere: whatever a counter and its commands leave behind
// after a long random run and a crash is searched for every secret that went
// through them: every file below the shop's folders, what the terminal ever
// got, the dump of all goroutines, what the commands said.
func TestSecretsAreFoundNowhere(t *testing.T) {
	out := t.TempDir()
	s, secrets := secretShop(t, filepath.Join(out, "slips"))
	s.within(patience + time.Duration(*monkeySteps)*time.Second)
	all := leftBehind{}
	says := func(code int, stdin string, args ...string) {
		t.Helper()
		all["what `"+strings.Join(args, " ")+"` said"] = s.says(code, stdin, args...)
	}
	says(0, oldPhrase+"\n"+merchantKey+"\n", "keys", "set", keystore.OxaPayMerchantKey)
	says(2, oldPhrase+"\n"+wrongKey+"\n", "keys", "set", keystore.XaiGateAPIKey)
	says(2, wrongPhrase+"\n", "keys", "list")
	says(0, oldPhrase+"\n"+zoesPIN+"\n", "staff", "add", "zoe", "--name", "Zoe", "--role", "manager")

	s.busy(all)
	s.crashes = true
	s.must(s.Signal(syscall.SIGQUIT)) // as a fault of the program's own would end it
	if code, err := s.Wait(); err != nil || code == 0 {
		t.Fatalf("it ended with %d, %v", code, err)
	}
	all["the terminal, and the crash report on it"] = []byte(s.Written())
	all["the terminal, read"] = []byte(plain(s.Written()))

	s.start() // what was on its way is taken up, and logged
	s.unlocks(oldPhrase)
	s.sees("Who is at the counter?")
	s.must(s.Signal(syscall.SIGTERM))
	s.ended(0)
	all["the terminal of the next start"] = []byte(s.Written())

	for _, args := range [][]string{
		{"history"}, {"history", "--json"}, {"history", "--csv", "--limit", "0"}, {"history", "verify"}, {"staff", "list"},
	} {
		says(0, oldPhrase+"\n", args...)
	}
	says(2, wrongPhrase+"\n", "history", "verify")
	says(0, oldPhrase+"\n"+newPhrase+"\n", "keystore", "passphrase") // last: it opens as slowly as a shop's from here on
	says(0, newPhrase+"\n", "keys", "list")
	all.folder(t, s.home)
	all.folder(t, out)

	for where, what := range map[string]string{
		"shop/data/journal.db": "SQLite", "shop/data/cashdesk.log": "level=", "shop/anchor/journal.anchor": "seal", "slips": "APPROVED",
		"the terminal, read": "goroutine ", "what `history --json` said": `"state":"approved"`, "what `history --csv --limit 0` said": "approved",
		"shop/keystore/keystore.age": "age-encryption.org",
	} {
		if !bytes.Contains(all[where], []byte(what)) {
			t.Errorf("%s holds no %q: this test does not look where it should", where, what)
		}
	}
	for _, found := range all.betrayed(secrets) {
		t.Error(found)
	}
}

// says runs a command beside the counter and gives all that it said.
func (s *shop) says(code int, stdin string, args ...string) []byte {
	s.Helper()
	cmd := exec.CommandContext(s.ctx, s.cmd[0], args...)
	cmd.Env = append([]string{"HOME=" + filepath.Join(s.home, "home"), "TMPDIR=" + filepath.Join(s.home, "tmp"),
		"CASHDESK_SETTINGS=" + filepath.Join(s.dir, "settings.toml")}, s.env...)
	cmd.Stdin = strings.NewReader(stdin)
	said, err := cmd.CombinedOutput()
	if cmd.ProcessState == nil || cmd.ProcessState.ExitCode() != code {
		s.Fatalf("%q ended with %v, want %d:\n%s", args, err, code, said)
	}
	return said
}

// unlocks types a passphrase.
func (s *shop) unlocks(phrase string) {
	s.Helper()
	s.sees("Passphrase")
	s.must(s.Type(phrase))
	s.sees("Enter unlock")
	s.press("enter")
}

// busy is a day at the counter: every secret is used and every provider asked,
// with slips of the finger, a slip of paper, and then whatever comes to a
// monkey's mind while answers get lost.
func (s *shop) busy(all leftBehind) {
	s.Helper()
	s.start()
	s.unlocks(wrongPhrase)
	s.sees("The passphrase is wrong.")
	s.unlocks(oldPhrase)
	s.sees("Zoe", "PIN")
	s.press("down")
	s.sees("▸ Zoe")
	s.must(s.Type(zoesSlip))
	s.sees("Enter sign in")
	s.press("enter")
	s.sees("That operator or PIN is not right.")
	s.must(s.Type(zoesPIN))
	s.until("enter", "type the amount", "Zoe")

	s.sells("12550", "6199011234", "125.50 AUD", "✓ approved")
	s.calmly("f2", "The slip is printed.")
	s.calmly("esc", "type the amount")
	for down, mark := range []string{"", "", "OxaPay", "XaiGate", "Payneteasy"} {
		if mark == "" {
			continue
		}
		s.method(fmt.Sprint(35+down)+"00", down, mark)
		if mark == "XaiGate" {
			s.sees("Enter: make the invoice")
			s.until("enter", "▀▀▀▀▀▀▀", "open")
		}
		s.sees("127.0.0.1")
		all["the screen of "+mark] = []byte(s.Screen().Text())
		s.calmly("esc", "type the amount")
	}
	seed := rand.Uint64()
	s.Logf("seed %d", seed)
	random := rand.New(rand.NewPCG(seed, 0))
	for step := range *monkeySteps {
		if step%5 == 2 {
			s.box.LoseNext()
		}
		s.monkeyDoes(random, step)
	}
}
