// Package figures counts for the long tests: how often one tries, and the row
// that it leaves in the sheet of docs/reliability.md. It is used by tests only.
//
//	go test ./internal/sim -run '^TestTheBooksAgree$' -tries=1000000 -timeout=0 -sheet
package figures

import (
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/gofrs/flock"
	"github.com/natefinch/atomic"
)

var (
	tries = flag.Uint64("tries", 0, "how often a counted test tries; 0 is its share of a usual run")
	sheet = flag.Bool("sheet", false, "write the counts of a counted test into docs/reliability.md")
)

// Tries is how often a counted test tries: usual, unless the command says
// otherwise.
func Tries(usual uint64) uint64 {
	if *tries == 0 {
		return usual
	}
	return *tries
}

// Count is one thing that was counted: 3 "crashes".
type Count struct {
	N    uint64
	What string
}

// String is the count as the sheet has it: 1,234 crashes.
func (c Count) String() string { return Grouped(c.N) + " " + c.What }

// Row is one line of the sheet.
type Row struct {
	What  string        // what was tried: "simulated counters"
	Tried uint64        // how often
	Among []Count       // what happened meanwhile
	Wrong []Count       // what must never happen: 0 "lost", 0 "doubled"
	Took  time.Duration // of the clock on the wall
}

// Write logs the row, and puts it into the sheet when the command asks for it.
// It fails the test if anything went wrong.
func Write(t testing.TB, r Row) {
	t.Helper()
	line := r.line(command(t, home))
	t.Log(line)
	for _, c := range r.Wrong {
		if c.N > 0 {
			t.Errorf("%s: %s", r.What, c)
		}
	}
	if !*sheet {
		return
	}
	if err := enter(filepath.Join(root(), "docs", "reliability.md"), r.What, line); err != nil {
		t.Errorf("the sheet could not be written: %v", err)
	}
}

// line is the row as the sheet's table has it.
func (r Row) line(command string) string {
	on := time.Now().UTC().Format(time.DateOnly)
	if c := commit(); c != "" {
		on += ", " + c
	}
	cells := []string{r.What, Grouped(r.Tried), list(r.Among), list(r.Wrong), took(r.Took), "`" + command + "`", on}
	return "| " + strings.Join(cells, " | ") + " |"
}

func took(d time.Duration) string {
	return fmt.Sprintf("%s on %d processors", d.Round(time.Second), runtime.GOMAXPROCS(0))
}

func list(counts []Count) string {
	if len(counts) == 0 {
		return "–"
	}
	var words []string
	for _, c := range counts {
		words = append(words, c.String())
	}
	return strings.Join(words, ", ")
}

// Grouped writes 1234567 as 1,234,567.
func Grouped(n uint64) string {
	digits := fmt.Sprint(n)
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	return digits
}

// The sheet stands between these two lines of the page.
const (
	begin = "<!-- the sheet: written by the commands in it -->"
	end   = "<!-- end of the sheet -->"
)

// enter puts the line in the place of the row of that name, or behind the last.
// Several commands may run side by side, so one at a time reads and writes.
func enter(page, what, line string) error {
	lock := flock.New(filepath.Join(os.TempDir(), "cashdesk-sheet.lock"))
	if err := lock.Lock(); err != nil {
		return err
	}
	defer func() { _ = lock.Unlock() }()
	text, err := os.ReadFile(page)
	if err != nil {
		return err
	}
	changed, err := entered(string(text), what, line)
	if err != nil {
		return err
	}
	return atomic.WriteFile(page, strings.NewReader(changed))
}

func entered(page, what, line string) (string, error) {
	before, rest, found := strings.Cut(page, begin+"\n")
	table, after, closed := strings.Cut(rest, end)
	if !found || !closed {
		return "", fmt.Errorf("the page has no sheet between %q and %q", begin, end)
	}
	rows := strings.Split(strings.TrimSuffix(table, "\n"), "\n")
	own := func(row string) bool { return strings.HasPrefix(row, "| "+what+" |") }
	if i := slices.IndexFunc(rows, own); i >= 0 {
		rows[i] = line
	} else {
		rows = append(rows, line)
	}
	return before + begin + "\n" + strings.Join(rows, "\n") + "\n" + end + after, nil
}

// command is how the test is run again, as it was run now.
func command(t testing.TB, dir string) string {
	rel, err := filepath.Rel(root(), dir)
	if err != nil {
		rel = dir
	}
	name, _, _ := strings.Cut(t.Name(), "/")
	text := fmt.Sprintf("go test ./%s -run '^%s$'", filepath.ToSlash(rel), name)
	flag.Visit(func(f *flag.Flag) {
		if !strings.HasPrefix(f.Name, "test.") {
			text += fmt.Sprintf(" -%s=%s", f.Name, f.Value)
		}
	})
	return strings.ReplaceAll(text, "-sheet=true", "-sheet") + " -timeout=0"
}

// home is the folder of the package under test: go test starts it there.
var home, _ = os.Getwd()

// root is the folder of the module, two above this file.
func root() string {
	_, file, _, _ := runtime.Caller(0)
	return filepath.Dir(filepath.Dir(filepath.Dir(file)))
}

// commit is the one that was tried; a + marks a tree with changes of its own
// beside the page that the sheet stands on.
func commit() string {
	git := func(args ...string) string {
		out, err := exec.Command("git", append([]string{"-C", root()}, args...)...).Output()
		if err != nil {
			return ""
		}
		return strings.TrimSpace(string(out))
	}
	hash := git("rev-parse", "--short", "HEAD")
	if hash != "" && git("status", "--porcelain", "--untracked-files=no", "--", ":!docs") != "" {
		hash += "+"
	}
	return hash
}
