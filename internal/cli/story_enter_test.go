//go:build unix

package cli

import (
	"testing"
	"time"

	"cashdesk/providers/sandbox"
)

// A terminal repeats a key that is held down about 30 times a second.
func TestAnEnterHeldDownChargesOnce(t *testing.T) {
	s := newShop(t, sandbox.Options{})
	s.open()
	s.amount("12550")
	s.scan("6199011234", "125.50 AUD with Oxipay")
	held := time.NewTicker(33 * time.Millisecond)
	defer held.Stop()
	for range 30 {
		s.press("enter")
		<-held.C
	}
	// Right behind a scan all of them may be the scanner's: then it waits for one
	// press alone.
	s.calmly("esc", "type the amount")
	if len(s.calls("/ProcessAuthorisation")) == 0 {
		s.sells("12550", "6199011234", "125.50 AUD", "✓ approved")
	}
	s.took("125.50")
	s.same("/ProcessAuthorisation", 1)
	s.leaves()
}

// A barcode may hold the mark at the beginning of a paste, whose end never comes.
func TestAPasteThatNeverEndsLeavesTheKeyboardAlive(t *testing.T) {
	s := newShop(t, sandbox.Options{})
	s.open()
	s.must(s.Type("\x1b[200~7"))
	s.calmly("f5", "this session")
	s.leaves()
}
