//go:build unix

package cli

import (
	"testing"

	"cashdesk/keystore"
	"cashdesk/providers"
	"cashdesk/providers/sandbox"
)

// keyIs puts a key into the shop's keystore, as somebody did who mistyped it.
func (s *shop) keyIs(name, value string) {
	s.Helper()
	_, store := s.keystore()
	s.must(store.Set(name, keystore.NewSecret(value)))
}

// TestTheWayOutWhenTheKeyIsWrong is the manager's way in a queue: every sale is
// not known because the key is wrong, and the next one works.
func TestTheWayOutWhenTheKeyIsWrong(t *testing.T) {
	s := newShop(t, sandbox.Options{})
	s.keyIs(keystore.OxipaySigningKey, "a-key-of-yesterday")
	s.open()
	s.sells("12550", "6199011234", "125.50 AUD", "not known", "Call a manager", "You will not pay twice")
	s.hides("declined", "approved")
	s.press("esc")
	s.sees("type the amount", "Oxipay's key may be wrong: call a manager (Esc, F2, F4)")

	s.amount("990") // the next customer
	s.must(s.Scan("6199015678", "\r"))
	s.sees("no charge now", "our key may be wrong", "(Enter charge)")
	s.calmly("enter", "our key may be wrong")
	if n := len(s.calls("/ProcessAuthorisation")); n != 1 {
		t.Fatalf("%d requests with a key that may be wrong", n)
	}
	s.calmly("esc", "type the amount")

	s.press("f2")
	s.sees("F4 keys")
	s.press("f4")
	s.sees("Signed with it and not known yet: 125.50 AUD")
	s.calmly("enter", "New secret")
	s.must(s.Type("\x1b[200~" + sandbox.OxipayKey + "\x1b[201~")) // pasted
	s.sees("••••••••••")
	s.until("enter", "Another key, although one payment is not known yet?")
	s.calmly("tab", "▸ Set it, and stop asking")
	s.calmly("enter", "Reason, in words")
	s.must(s.Type("mistyped at the set-up"))
	s.sees("mistyped at the set-up")
	s.until("enter", "Oxipay device signing key is set")
	s.calmly("esc", "type the amount")
	s.hides("key may be wrong")

	s.sells("990", "6199015678", "9.90 AUD", "✓ approved", "9.90 AUD")
	s.took("9.90")
	s.calmly("enter", "type the amount")
	s.press("f6") // the first one waits for the portal
	s.sees("whoever is signed in looks after these", "125.50 AUD", "? not known")
	s.press("tab")
	s.sees("not resolvable from here", "F5 not paid")
	s.press("f5")
	s.sees("Reason, in words")
	s.must(s.Type("the portal has nothing"))
	s.sees("the portal has nothing")
	s.until("enter", "Settle it as not paid?")
	s.calmly("tab", "▸ It is not paid")
	s.calmly("enter", "Settled by a manager: not paid.")
	s.leaves()

	s.took("9.90")
	if n := len(s.calls("/ProcessAuthorisation")); n != 2 {
		t.Errorf("%d requests for two sales: the old bytes went again", n)
	}
	all := s.journalled()
	if len(all) != 2 || all[0].State != providers.Approved || all[1].State != providers.Declined || !all[1].Settled || all[1].Sends != 1 {
		t.Errorf("the journal has %+v", all)
	}
}
