package figures

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func page(rows string) string {
	return "# A page\n\n" + begin + "\n| what | tried |\n|---|---|\n" + rows + end + "\n\nmore\n"
}

func TestARowTakesThePlaceOfTheOneBefore(t *testing.T) {
	for _, c := range []struct{ name, rows, line, want string }{
		{"the first", "", "| kills | 3 |", "| kills | 3 |\n"},
		{"another", "| seeds | 9 |\n", "| kills | 3 |", "| seeds | 9 |\n| kills | 3 |\n"},
		{"the same again", "| kills | 2 |\n| seeds | 9 |\n", "| kills | 3 |", "| kills | 3 |\n| seeds | 9 |\n"},
		{"a longer name is another row", "| kills at random | 2 |\n", "| kills | 3 |", "| kills at random | 2 |\n| kills | 3 |\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := entered(page(c.rows), "kills", c.line)
			if err != nil || got != page(c.want) {
				t.Errorf("%v, the page is\n%s", err, got)
			}
		})
	}
}

func TestAPageWithoutASheetIsLeftAlone(t *testing.T) {
	path := filepath.Join(t.TempDir(), "page.md")
	if err := os.WriteFile(path, []byte("no sheet\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := enter(path, "kills", "| kills |"); err == nil {
		t.Error("no error")
	}
	if text, _ := os.ReadFile(path); string(text) != "no sheet\n" {
		t.Errorf("the page became %q", text)
	}
}

func TestARowSaysHowToRepeatIt(t *testing.T) {
	got := command(t, filepath.Join(root(), "internal", "figures"))
	if want := "go test ./internal/figures -run '^TestARowSaysHowToRepeatIt$'"; !strings.HasPrefix(got, want) {
		t.Errorf("the command is %q", got)
	}
}

func TestNumbersAreGrouped(t *testing.T) {
	for n, want := range map[uint64]string{0: "0", 999: "999", 1000: "1,000", 1234567: "1,234,567", 123456: "123,456"} {
		if got := Grouped(n); got != want {
			t.Errorf("%d is %q", n, got)
		}
	}
}

func TestTheSheetOfThePageCanBeWritten(t *testing.T) {
	text, err := os.ReadFile(filepath.Join(root(), "docs", "reliability.md"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := entered(string(text), "no such row", "| no such row |"); err != nil {
		t.Error(err)
	}
}
