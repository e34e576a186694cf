//go:build unix

package terminal_test

import (
	"fmt"
	"io"
	"os"
	"os/signal"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"golang.org/x/term"
)

const programVariable = "TERMINAL_TEST_PROGRAM"

// TestMain is either the tests, or one of the small programs that they run.
func TestMain(m *testing.M) {
	switch os.Getenv(programVariable) {
	case "keys":
		keysProgram()
	case "colours":
		fmt.Print("\x1b[1;38;5;196mbold\x1b[0m\r\n\x1b[7;32mreverse\x1b[0m\r\n\x1b[38;2;16;32;48;48;2;254;253;252mé✓\x1b[0m")
	case "size":
		sizeProgram()
	case "query":
		queryProgram()
	default:
		os.Exit(m.Run())
	}
}

// keysProgram shows what it reads, on the alternate screen, until ctrl+q.
func keysProgram() {
	restore := raw()
	ends := make(chan os.Signal, 1)
	signal.Notify(ends, syscall.SIGTERM, syscall.SIGHUP)
	fmt.Print("\x1b[?1049h\x1b[?25l\x1b[?2004hready\r\n")
	leave := func(code int) {
		fmt.Print("\x1b[?2004l\x1b[?25h\x1b[?1049l")
		restore()
		os.Exit(code)
	}
	go func() {
		if <-ends == syscall.SIGHUP {
			os.Exit(5)
		}
		leave(4)
	}()
	for {
		text, err := read()
		if err != nil {
			select {} // the terminal is gone: SIGHUP ends it
		}
		if strings.Contains(text, "\x11") {
			leave(3)
		}
		quoted := strconv.Quote(text)
		fmt.Print(quoted[1 : len(quoted)-1])
	}
}

func sizeProgram() {
	changes := make(chan os.Signal, 1)
	signal.Notify(changes, syscall.SIGWINCH)
	for {
		cols, rows, err := term.GetSize(int(os.Stdout.Fd()))
		if err != nil {
			os.Exit(1)
		}
		fmt.Printf("%dx%d\r\n", cols, rows)
		<-changes
	}
}

func queryProgram() {
	defer raw()()
	fmt.Print("\x1b]11;?\x07\x1b[6nasked\r\n")
	for {
		text, err := read()
		if err != nil {
			return
		}
		fmt.Printf("read '%s'\r\n", strings.Trim(strconv.Quote(text), `"`))
	}
}

func raw() (restore func()) {
	before, err := term.MakeRaw(int(os.Stdin.Fd()))
	if err != nil {
		os.Exit(1)
	}
	return func() { _ = term.Restore(int(os.Stdin.Fd()), before) }
}

func read() (string, error) {
	p := make([]byte, 64)
	n, err := os.Stdin.Read(p)
	if n == 0 && err == nil {
		err = io.EOF
	}
	return string(p[:n]), err
}
