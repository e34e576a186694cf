//go:build unix

package terminal_test

import (
	"context"
	"errors"
	"os"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"cashdesk/internal/terminal"
)

// start runs one of the small programs of program_test.go.
func start(t *testing.T, program string, o terminal.Options) *terminal.Session {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	t.Cleanup(cancel)
	return startWithin(ctx, t, program, o)
}

func startWithin(ctx context.Context, t *testing.T, program string, o terminal.Options) *terminal.Session {
	t.Helper()
	o.Command, o.Env = []string{os.Args[0]}, []string{programVariable + "=" + program, "TMPDIR=" + t.TempDir()}
	s, err := terminal.Start(ctx, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	return s
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func waitText(t *testing.T, s *terminal.Session, texts ...string) terminal.Screen {
	t.Helper()
	screen, err := s.WaitText(texts...)
	must(t, err)
	return screen
}

func TestKeysAndAScanArriveAsAnXtermSendsThem(t *testing.T) {
	s := start(t, "keys", terminal.Options{})
	waitText(t, s, "ready")
	must(t, s.Scan("6199123456", "\r"))
	waitText(t, s, `6199123456\r`)
	must(t, s.Press("f5", "ctrl+a", "shift+tab"))
	waitText(t, s, `\x1b[15~\x01\x1b[Z`)
	if err := s.Press("hyper+q"); err == nil {
		t.Error("a key that does not exist was pressed")
	}
	must(t, s.Press("ctrl+q"))
	code, err := s.Wait()
	must(t, err)
	if code != 3 {
		t.Errorf("exit code %d, want the program's own 3", code)
	}
}

func TestACleanEndLeavesNothingBehind(t *testing.T) {
	s := start(t, "keys", terminal.Options{})
	screen := waitText(t, s, "ready")
	if !screen.AltScreen || screen.CursorVisible {
		t.Errorf("while it runs: alternate screen %v, cursor %v", screen.AltScreen, screen.CursorVisible)
	}
	want := []string{"the alternate screen", "a hidden cursor", "bracketed paste", "raw mode"}
	if left := s.Left(); !slices.Equal(left, want) {
		t.Errorf("while it runs %q is switched, want %q", left, want)
	}
	must(t, s.Press("ctrl+q"))
	_, err := s.Wait()
	must(t, err)
	if left := s.Left(); len(left) != 0 {
		t.Errorf("after a clean end %q is left", left)
	}
	if s.Screen().AltScreen || strings.Contains(s.Screen().Text(), "ready") {
		t.Error("the alternate screen is still shown")
	}
}

func TestAKilledProgramLeavesItsTraces(t *testing.T) {
	s := start(t, "keys", terminal.Options{})
	waitText(t, s, "ready")
	must(t, s.Kill())
	code, err := s.Wait()
	must(t, err)
	if code != 128+int(syscall.SIGKILL) {
		t.Errorf("exit code %d, want that of SIGKILL", code)
	}
	if left := s.Left(); !slices.Contains(left, "raw mode") || !slices.Contains(left, "the alternate screen") {
		t.Errorf("only %q is left after a kill", left)
	}
}

func TestASignalReachesTheProgram(t *testing.T) {
	s := start(t, "keys", terminal.Options{})
	waitText(t, s, "ready")
	must(t, s.Signal(syscall.SIGTERM))
	code, err := s.Wait()
	must(t, err)
	if code != 4 || len(s.Left()) != 0 {
		t.Errorf("exit code %d, left %q; want 4 and nothing", code, s.Left())
	}
}

func TestHangingUpSendsTheHangUpSignal(t *testing.T) {
	s := start(t, "keys", terminal.Options{})
	waitText(t, s, "ready")
	must(t, s.HangUp())
	code, err := s.Wait()
	must(t, err)
	if code != 5 {
		t.Errorf("exit code %d, want 5, the program's answer to SIGHUP", code)
	}
}

func TestTheCellsKeepColourAndAttributes(t *testing.T) {
	s := start(t, "colours", terminal.Options{Cols: 40, Rows: 5})
	screen := waitText(t, s, "bold", "reverse", "é✓")
	bold, reverse, truth := screen.Cells[0][0], screen.Cells[1][0], screen.Cells[2][0]
	if !bold.Bold || bold.FG != 196 || bold.BG != terminal.DefaultBG {
		t.Errorf("bold cell %+v", bold)
	}
	if !reverse.Reverse || reverse.FG != 2 || reverse.BG != terminal.DefaultBG {
		t.Errorf("reverse cell %+v", reverse)
	}
	if truth.Rune != 'é' || truth.FG != 0x102030 || truth.BG != 0xfefdfc {
		t.Errorf("24-bit cell %+v", truth)
	}
	if got := screen.Text(); got != "bold\nreverse\né✓\n\n" {
		t.Errorf("text %q", got)
	}
}

func TestTheProgramHearsOfANewSize(t *testing.T) {
	s := start(t, "size", terminal.Options{Cols: 80, Rows: 24})
	waitText(t, s, "80x24")
	must(t, s.Resize(100, 30))
	screen := waitText(t, s, "100x30")
	if screen.Cols != 100 || screen.Rows != 30 || len(screen.Cells) != 30 || len(screen.Cells[0]) != 100 {
		t.Errorf("screen of %d×%d", screen.Cols, screen.Rows)
	}
}

func TestOnlyATerminalThatWasToldToAnswersQueries(t *testing.T) {
	s := start(t, "query", terminal.Options{Answers: true})
	waitText(t, s, `\x1b]11;rgb:`, `\x1b[1;1R`)

	mute := start(t, "query", terminal.Options{})
	waitText(t, mute, "asked")
	must(t, mute.Type("x"))
	screen := waitText(t, mute, "read 'x'")
	if screen.Contains("rgb") || screen.Contains("1R") {
		t.Errorf("a mute terminal answered:\n%s", screen.Text())
	}
}

func TestWaitingEndsWithTheProgramAndWithTheContext(t *testing.T) {
	s := start(t, "colours", terminal.Options{})
	if _, err := s.WaitText("what never comes"); !errors.Is(err, terminal.ErrEnded) || !strings.Contains(err.Error(), "reverse") {
		t.Errorf("after the end: %v, want ErrEnded with the last screen", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	endless := startWithin(ctx, t, "keys", terminal.Options{})
	waitText(t, endless, "ready")
	cancel()
	if _, err := endless.WaitText("what never comes"); err == nil {
		t.Error("waited for what never comes and got it")
	}
	if code, err := endless.Wait(); code != 128+int(syscall.SIGKILL) || !errors.Is(err, context.Canceled) {
		t.Errorf("code %d, error %v; want killed and cancelled", code, err)
	}
}

func TestAProgramThatIsNotThereIsAnError(t *testing.T) {
	for _, command := range [][]string{nil, {"/nowhere/at/all"}} {
		if _, err := terminal.Start(t.Context(), terminal.Options{Command: command}); err == nil {
			t.Errorf("%q was started", command)
		}
	}
}
