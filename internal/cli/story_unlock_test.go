//go:build unix

package cli

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"cashdesk/providers/sandbox"
)

func TestAWrongPassphraseAndAWrongPINAskAgainAndTellNothing(t *testing.T) {
	s := newShop(t, sandbox.Options{}, "identity_file", "#identity_file")
	s.start()
	s.sees("Passphrase")
	s.must(s.Type("open sesame please"))
	s.sees("Enter unlock")
	s.press("enter")
	s.sees("The Corner Shop", "The passphrase is wrong.")
	s.must(s.Type("correct horse battery"))
	s.sees("Enter unlock")
	s.press("enter")

	s.sees("Mia", "PIN")
	s.must(s.Type("1379"))
	s.sees("Enter sign in")
	s.press("enter")
	s.sees("That operator or PIN is not right.")
	s.must(s.Type(demoPIN))
	s.until("enter", "type the amount", "Mia")
	for _, typed := range []string{"open sesame", "1379", demoPIN} {
		if strings.Contains(plain(s.Written()), typed) {
			t.Errorf("%q was on the screen", typed)
		}
	}
	s.leaves()
}

func TestASecondCounterIsRefusedAndTheFirstGoesOn(t *testing.T) {
	first := newShop(t, sandbox.Options{})
	first.open()
	second := bare(t, first.cmd...)
	second.dir = first.dir
	second.start()
	second.ended(2)
	said := plain(second.Written())
	if !strings.Contains(said, "cashdesk: ") || !strings.Contains(said, "another counter is running on this journal") {
		t.Errorf("the second counter said\n%s", said)
	}
	first.amount("12550")
	first.scan("6199011234", "125.50 AUD")
	first.until("enter", "✓ approved")
	first.took("125.50")
	first.leaves()
}

// atPrompts runs a command that asks, in a shop without a keystore.
func atPrompts(t *testing.T, args ...string) *shop {
	t.Helper()
	t.Parallel()
	s := bare(t, append([]string{built.binary(t, "cashdesk")}, args...)...)
	s.dir = filepath.Join(s.home, "shop")
	s.must(os.Mkdir(s.dir, 0o700))
	s.must(os.WriteFile(filepath.Join(s.dir, "settings.toml"), shopSettings(s.dir, "http://127.0.0.1:8199", "identity_file", "#identity_file"), 0o600))
	s.start()
	return s
}

// answers waits for a question and answers it.
func (s *shop) answers(question, text string) {
	s.Helper()
	s.sees(question)
	s.must(s.Type(text + "\r"))
}

func TestTheFirstKeyIsTypedAtPromptsThatShowNothing(t *testing.T) {
	s := atPrompts(t, "keys", "set", "oxipay.signing_key")
	s.answers("New passphrase:", "correct horse battery")
	s.answers("New passphrase again:", "correct horse battery")
	s.answers("Oxipay device signing key (oxipay.signing_key):", "1234567890")
	s.ended(0)
	if said := plain(s.Written()); !strings.Contains(said, "oxipay.signing_key is set.") {
		t.Errorf("it said\n%s", said)
	}
}

func TestTwoPassphrasesThatDifferMakeNoKeystore(t *testing.T) {
	s := atPrompts(t, "keys", "set", "oxipay.signing_key")
	s.answers("New passphrase:", "correct horse battery")
	s.answers("New passphrase again:", "correct horse butter")
	s.sees("the two were not the same")
	s.press("ctrl+c") // they think better of it
	s.ended(2)
	if said := plain(s.Written()); !strings.Contains(said, "the two were not the same") {
		t.Errorf("it said\n%s", said)
	}
	if _, err := os.Stat(filepath.Join(s.dir, "keystore")); err == nil {
		t.Error("there is a keystore")
	}
}

func TestLeavingAPromptChangesNothing(t *testing.T) {
	s := atPrompts(t, "keys", "set", "oxipay.signing_key")
	s.sees("New passphrase:")
	s.press("ctrl+c")
	s.ended(2)
	if _, err := os.Stat(filepath.Join(s.dir, "keystore")); err == nil {
		t.Error("there is a keystore")
	}
}

func TestWhatIsTypedWhileTheKeystoreIsMadeIsNotSeen(t *testing.T) {
	s := atPrompts(t, "keys", "set", "oxipay.signing_key")
	s.answers("New passphrase:", "correct horse battery")
	s.answers("New passphrase again:", "correct horse battery")
	s.answers("one moment, making the keystore…", "7531598624")
	s.ended(0)
	said := plain(s.Written())
	if !strings.Contains(said, "oxipay.signing_key is set.") {
		t.Errorf("what was typed ahead did not count:\n%s", said)
	}
	if strings.Contains(said, "7531598624") || strings.Contains(said, "horse") {
		t.Errorf("a secret was on the terminal:\n%s", said)
	}
}

// A prompt that ends puts the person back at the shell, and the next try is typed
// there in clear text, into its history: so what cannot be taken is asked for anew.
func TestAPassphraseThatIsTooShortIsAskedForAnewAtThePrompt(t *testing.T) {
	s := atPrompts(t, "keys", "set", "oxipay.signing_key")
	s.answers("New passphrase:", "seven77")
	s.sees("the passphrase is too short")
	if said := plain(s.Written()); strings.Contains(said, "passphrase again") {
		t.Errorf("it was to be typed once more:\n%s", said)
	}
	s.must(s.Type("correct horse battery\r"))
	s.answers("New passphrase again:", "correct horse butter")
	s.sees("the two were not the same")
	s.must(s.Type("eight88\r"))
	s.ended(2) // three tries are enough
	said := plain(s.Written())
	if strings.Contains(said, "seven77") || strings.Contains(said, "horse") || strings.Contains(said, "eight88") {
		t.Errorf("a passphrase was on the terminal:\n%s", said)
	}
	if _, err := os.Stat(filepath.Join(s.dir, "keystore")); err == nil {
		t.Error("there is a keystore")
	}
}

func TestAPINThatAnybodyWouldTryIsAskedForAnewAtThePrompt(t *testing.T) {
	s := atPrompts(t, "staff", "add", "mia", "--role", "manager")
	s.answers("New passphrase:", "correct horse battery")
	s.answers("New passphrase again:", "correct horse battery")
	s.answers("PIN for mia (4 to 8 digits):", "1234")
	s.sees("the PIN only counts up or down")
	if said := plain(s.Written()); strings.Contains(said, "digits) again") {
		t.Errorf("it was to be typed once more:\n%s", said)
	}
	s.must(s.Type("704319\r"))
	s.answers("PIN for mia (4 to 8 digits) again:", "704319")
	s.ended(0)
	if said := plain(s.Written()); !strings.Contains(said, "mia can sign in as manager") || strings.Contains(said, "704319") {
		t.Errorf("it said\n%s", said)
	}
}

func TestASignalGivesTheTerminalItsEchoBack(t *testing.T) {
	for name, signal := range map[string]syscall.Signal{"SIGINT": syscall.SIGINT, "SIGTERM": syscall.SIGTERM} {
		t.Run(name, func(t *testing.T) {
			s := atPrompts(t, "keys", "set", "oxipay.signing_key")
			s.answers("New passphrase:", "correct horse battery")
			s.sees("New passphrase again:")
			if len(s.Left()) == 0 {
				t.Error("the echo was on")
			}
			s.must(s.Signal(signal))
			s.ended(128 + int(signal)) // which also looks at what is left on the terminal
		})
	}
}
