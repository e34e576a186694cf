package keystore

import (
	"strings"
	"testing"

	"cashdesk/providers"
)

func shop(t *testing.T) *Store {
	t.Helper()
	s := NewMemory()
	for _, m := range []struct {
		Member
		pin string
	}{
		{Member{ID: "mia", Name: "Mia", Role: Manager}, "7305"},
		{Member{ID: "sam", Name: "Sam", Role: Operator}, "4916"},
	} {
		if err := s.AddMember(m.Member, m.pin); err != nil {
			t.Fatal(err)
		}
	}
	return s
}

func TestOnlyTheOwnPINLetsAMemberIn(t *testing.T) {
	s := shop(t)
	for _, try := range []struct {
		id, pin string
		in      bool
	}{
		{"mia", "7305", true}, {"sam", "4916", true},
		{"sam", "7305", false}, {"sam", "", false}, {"sam", "49160", false}, {"sam", "491", false},
		{"SAM", "4916", false}, {"nobody", "4916", false}, {"", "", false},
	} {
		if got := s.CheckPIN(try.id, try.pin); got != try.in {
			t.Errorf("%q with %q: in %v, want %v", try.id, try.pin, got, try.in)
		}
	}
	if err := s.SetPIN("sam", "8264"); err != nil {
		t.Fatal(err)
	}
	if s.CheckPIN("sam", "4916") || !s.CheckPIN("sam", "8264") {
		t.Error("the old PIN still works, or the new one does not")
	}
}

func TestADisabledMemberCannotSignInButIsStillKnown(t *testing.T) {
	s := shop(t)
	if err := s.UpdateMember(Member{ID: "sam", Name: "Sam", Role: Operator, Disabled: true}); err != nil {
		t.Fatal(err)
	}
	if s.CheckPIN("sam", "4916") {
		t.Error("a disabled member came in")
	}
	if m, ok := s.Member("sam"); !ok || !m.Disabled || m.Name != "Sam" {
		t.Errorf("the member reads %+v, there %v", m, ok)
	}
}

func TestAPINThatAnybodyWouldTryIsRefused(t *testing.T) {
	s := shop(t)
	for _, pin := range []string{
		"", "123", "123456789", "12a4", "１２３４", " 7305", "-730",
		"0000", "1111", "88888888", "1212", "123123", "1234", "4321", "0123", "7890", "9012", "3210", "2580", "0852", "1379", "1122", "2000",
	} {
		if err := s.SetPIN("sam", pin); providers.KindOf(err) != providers.Input || providers.HintOf(err) == "" {
			t.Errorf("the PIN %q was taken: %v", pin, err)
		}
	}
	for id, pin := range map[string]string{"5937": "5937", "kim5937": "5937", "59371": "5937", "593": "5937"} {
		if err := s.AddMember(Member{ID: id, Name: "Kim", Role: Operator}, pin); providers.KindOf(err) != providers.Input {
			t.Errorf("the PIN %s of %s was taken: %v", pin, id, err)
		}
	}
	if err := s.AddMember(Member{ID: "kim", Name: "Kim", Role: Operator}, ""); providers.KindOf(err) != providers.Input {
		t.Errorf("somebody was added without a PIN: %v", err)
	}
	if !s.CheckPIN("sam", "4916") {
		t.Error("a refused PIN replaced the one that was set")
	}
	for _, pin := range []string{"7305", "1235", "90210", "1123", "12344321"} {
		if err := s.SetPIN("sam", pin); err != nil {
			t.Errorf("the PIN %q was refused: %v", pin, err)
		}
	}
}

func TestAPassphraseThatIsQuicklyGuessedIsRefused(t *testing.T) {
	for _, bad := range []string{
		"", "short", "eleven char", "aaaaaaaaaaaa", "abcabcabcabc", "Hello!Hello!", "123456789012", "987654321098", "QwertyUiopAs", "abcdefghijkl",
	} {
		if err := CheckPassphrase(bad); providers.KindOf(err) != providers.Input || providers.HintOf(err) == "" {
			t.Errorf("%q was taken: %v", bad, err)
		}
	}
	for _, good := range []string{"correct horse battery", "twelve chars", "zwölf Zeichen", "four unrelated words", "qwertyuiopas and more"} {
		if err := CheckPassphrase(good); err != nil {
			t.Errorf("%q was refused: %v", good, err)
		}
	}
}

func TestAMemberNeedsAnIDANameAndARole(t *testing.T) {
	s := shop(t)
	for _, m := range []Member{
		{ID: "", Name: "Kim", Role: Operator}, {ID: "Kim", Name: "Kim", Role: Operator},
		{ID: "kim lee", Name: "Kim", Role: Operator}, {ID: strings.Repeat("k", 17), Name: "Kim", Role: Operator},
		{ID: "kim\n", Name: "Kim", Role: Operator}, {ID: "kim", Name: " ", Role: Operator},
		{ID: "kim", Name: "Kim\x1b[2J", Role: Operator}, {ID: "kim", Name: strings.Repeat("K", 41), Role: Operator},
		{ID: "kim", Name: "Kim"}, {ID: "kim", Name: "Kim", Role: "owner"},
		{ID: "sam", Name: "Another Sam", Role: Operator},
	} {
		if err := s.AddMember(m, "7305"); providers.KindOf(err) != providers.Input {
			t.Errorf("%+v was taken: %v", m, err)
		}
	}
	if n := len(s.Staff()); n != 2 {
		t.Errorf("there are %d members", n)
	}
}

func TestTheLastManagerStays(t *testing.T) {
	s := shop(t)
	for what, err := range map[string]error{
		"removed":  s.RemoveMember("mia"),
		"disabled": s.UpdateMember(Member{ID: "mia", Name: "Mia", Role: Manager, Disabled: true}),
		"demoted":  s.UpdateMember(Member{ID: "mia", Name: "Mia", Role: Operator}),
	} {
		if providers.KindOf(err) != providers.Input || providers.HintOf(err) == "" {
			t.Errorf("the last manager was %s: %v", what, err)
		}
	}
	if m, _ := s.Member("mia"); m.Role != Manager || m.Disabled || !s.CheckPIN("mia", "7305") {
		t.Errorf("the last manager is now %+v", m)
	}
	if err := s.AddMember(Member{ID: "kim", Name: "Kim", Role: Manager}, "8264"); err != nil {
		t.Fatal(err)
	}
	if err := s.RemoveMember("mia"); err != nil {
		t.Errorf("a manager who is not the last stays too: %v", err)
	}
	if s.CheckPIN("mia", "7305") {
		t.Error("a removed member came in")
	}
	if err := s.SetPIN("mia", "7305"); providers.KindOf(err) != providers.Input {
		t.Errorf("a removed member got a PIN: %v", err)
	}
}

func TestAPINHashThatCannotBeReadLetsNobodyIn(t *testing.T) {
	hash := hashPIN("7305", 64)
	if !matchesPIN(hash, "7305") {
		t.Fatal("a good hash does not match")
	}
	if hash == hashPIN("7305", 64) {
		t.Error("two hashes of one PIN are the same: no salt")
	}
	for _, bad := range []string{
		"", "7305", strings.Replace(hash, "argon2id", "argon2i", 1), hash[:len(hash)-4],
		strings.Replace(hash, "t=1", "t=0", 1), strings.Replace(hash, "p=1", "p=0", 1), strings.Replace(hash, "v=19", "v=16", 1),
	} {
		if matchesPIN(bad, "7305") {
			t.Errorf("%q matches", bad)
		}
	}
}

// BenchmarkCheckPIN is what a person waits at the sign-in; it should be 50 to
// 100 ms.
func BenchmarkCheckPIN(b *testing.B) {
	hash := hashPIN("7305", 0)
	for b.Loop() {
		matchesPIN(hash, "7305")
	}
}
