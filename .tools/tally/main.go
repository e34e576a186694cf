// Command tally reads what `go test -json` writes and tells what matters: the
// whole output of each test that failed or was skipped, one line per package,
// and at the end "N passed, N failed, N skipped". It fails when a test failed,
// and also when one was skipped: a skipped test has shown nothing.
package main

import (
	"bufio"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"
)

func main() {
	quiet := flag.Bool("quiet", false, "print the closing line only")
	flag.Parse()
	t := &tally{out: os.Stdout, output: map[string]*strings.Builder{}}
	if *quiet {
		t.out = io.Discard
	}
	if err := t.read(os.Stdin); err != nil {
		fmt.Fprintln(os.Stderr, "tally:", err)
		os.Exit(2)
	}
	fmt.Println(t.closing())
	if !t.good() {
		os.Exit(1)
	}
}

// event is one line of `go test -json`.
type event struct {
	Action, Package, Test, Output, ImportPath string
	Elapsed                                   float64
}

type tally struct {
	out                     io.Writer
	output                  map[string]*strings.Builder // of each test still running
	failing                 map[string]bool             // packages with a test that failed
	passed, failed, skipped int
}

func (t *tally) read(from io.Reader) error {
	t.failing = map[string]bool{}
	lines := bufio.NewReader(from)
	for {
		line, err := lines.ReadBytes('\n')
		if len(line) > 0 {
			var e event
			if json.Unmarshal(line, &e) == nil {
				t.take(e)
			} else {
				t.out.Write(line) // the go command itself complains in plain text
			}
		}
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
	}
}

func (t *tally) take(e event) {
	key := e.Package + " " + e.Test
	switch e.Action {
	case "output":
		if t.output[key] == nil {
			t.output[key] = &strings.Builder{}
		}
		t.output[key].WriteString(e.Output)
		return
	case "build-output":
		io.WriteString(t.out, e.Output)
		return
	case "pass", "fail", "skip":
	default:
		return
	}
	if e.Test == "" {
		t.endPackage(e, key)
	} else {
		t.endTest(e, key)
	}
	delete(t.output, key)
}

func (t *tally) endTest(e event, key string) {
	switch e.Action {
	case "pass":
		t.passed++
		return
	case "fail":
		t.failed++
		t.failing[e.Package] = true
	case "skip":
		t.skipped++
	}
	fmt.Fprintf(t.out, "--- %s: %s %s\n%s", e.Action, e.Package, e.Test, t.said(key))
}

// endPackage counts a package that fails without a failing test: it does not
// build, or panicked, or ran out of time. One without tests is reported as
// skipped by the go command, and is nothing to count.
func (t *tally) endPackage(e event, key string) {
	if e.Action == "fail" && !t.failing[e.Package] {
		t.failed++
		io.WriteString(t.out, t.said(key))
		for other, said := range t.output { // the test that it died in
			if other != key && strings.HasPrefix(other, e.Package+" ") {
				io.WriteString(t.out, said.String())
			}
		}
	}
	word := e.Action
	if word == "skip" {
		word = "no tests in"
	}
	fmt.Fprintf(t.out, "%s %s %.1f s\n", word, e.Package, e.Elapsed)
}

func (t *tally) said(key string) string {
	if t.output[key] == nil {
		return ""
	}
	return t.output[key].String()
}

func (t *tally) closing() string {
	return fmt.Sprintf("%d passed, %d failed, %d skipped", t.passed, t.failed, t.skipped)
}

func (t *tally) good() bool { return t.failed == 0 && t.skipped == 0 && t.passed > 0 }
