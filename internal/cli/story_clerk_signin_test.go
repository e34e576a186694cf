//go:build unix

package cli

import (
	"testing"

	"cashdesk/providers/sandbox"
)

func TestManyCommandsAtOnceAreNotTakenForWrongPINs(t *testing.T) {
	s := newShop(t, sandbox.Options{})
	s.charges().tells(0)
	var all []*errand
	for range 12 {
		all = append(all, s.sends("", "status", "A-1001"))
	}
	for _, e := range all {
		if r := e.tells(0); r.State != "approved" {
			t.Errorf("told %+v", r)
		}
	}
	if n := s.signedIn(); n != 13 {
		t.Errorf("%d sign-ins", n)
	}
}
