//go:build unix

package cli

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"cashdesk/providers/sandbox"
)

func TestTheBellRingsForAResultAndForNoKey(t *testing.T) {
	s := newShop(t, sandbox.Options{})
	s.open()
	s.press("f6")
	s.sees("Everything is settled")
	s.press("enter") // not available: it is said, and does not ring
	s.sees("Enter open:")
	s.press("esc") // once: one more would clear the amount, or make an alt key of its first digit
	s.sees("type the amount")
	if n := strings.Count(s.Written(), "\a"); n != 0 {
		t.Errorf("it rang %d times for keys", n)
	}
	s.sells("12550", "6199011234", "125.50 AUD", "✓ approved")
	if n := strings.Count(s.Written(), "\a"); n != 1 {
		t.Errorf("it rang %d times for a result", n)
	}
	s.leaves()
}

func TestASilentCounterDoesNotRing(t *testing.T) {
	s := newShop(t, sandbox.Options{}, "#bell = true", "bell = false")
	s.open()
	s.sells("12550", "6199011234", "125.50 AUD", "✓ approved")
	s.leaves()
	if n := strings.Count(s.Written(), "\a"); n != 0 {
		t.Errorf("it rang %d times", n)
	}
}

func TestASlipIsPrintedByTheProgramOfTheSettings(t *testing.T) {
	tee, err := exec.LookPath("tee")
	if err != nil {
		t.Skip("there is no tee here")
	}
	file := filepath.Join(t.TempDir(), "slip")
	s := newShop(t, sandbox.Options{}, `#command = ["lp"]`, `command = ["`+tee+`", "`+file+`"]`)
	s.open()
	s.sells("12550", "6199011234", "125.50 AUD", "✓ approved")
	s.calmly("f2", "The slip is printed.")
	slip, err := os.ReadFile(file)
	if err != nil || !strings.Contains(string(slip), "APPROVED  125.50 AUD") || strings.Contains(string(slip), "6199") {
		t.Errorf("the slip is %q, %v", slip, err)
	}
	if strings.Contains(plain(s.Written()), "APPROVED  125.50 AUD") {
		t.Error("what the program says is on the screen")
	}
	s.leaves()
}
