package rules

import (
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// root is the module's folder, seen from this package.
const root = "../.."

// topLevel is what may stand visibly at the top; dot-files may beside it.
var topLevel = []string{
	"go.mod", "go.sum", "main.go", "ui", "screens", "providers", "keystore", "settings.toml.example", "screenshots",
	"internal", "docs", "README.md", "LICENSE",
}

// tracked lists the files that git knows, or every file where there is no git.
func tracked(t *testing.T) []string {
	t.Helper()
	c := exec.CommandContext(t.Context(), "git", "ls-files", "-z")
	c.Dir = root
	if out, err := c.Output(); err == nil && len(out) > 0 {
		return strings.Split(strings.TrimRight(string(out), "\x00"), "\x00")
	}
	return walked(t, func(string) bool { return true })
}

// walked lists the files of the tree as it lies there, dot-folders aside.
func walked(t *testing.T, wanted func(path string) bool) []string {
	t.Helper()
	var files []string
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() && path != root && (strings.HasPrefix(entry.Name(), ".") || entry.Name() == "testdata") {
			return filepath.SkipDir
		}
		if path, err = filepath.Rel(root, path); err == nil && !entry.IsDir() && wanted(path) {
			files = append(files, filepath.ToSlash(path))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func TestTheTopLevelIsTheUsers(t *testing.T) {
	for _, wrong := range strangers(tracked(t)) {
		t.Errorf("%s does not belong at the top", wrong)
	}
	if got := strangers([]string{"main.go", "ui/x.go", ".ci/run", "helper.go", "pkg/y.go", "pkg/z.go"}); !slices.Equal(got, []string{"helper.go", "pkg"}) {
		t.Errorf("strangers found: %q", got)
	}
}

func strangers(files []string) []string {
	var found []string
	for _, file := range files {
		top, _, _ := strings.Cut(file, "/")
		if !strings.HasPrefix(top, ".") && !slices.Contains(topLevel, top) && !slices.Contains(found, top) {
			found = append(found, top)
		}
	}
	return found
}

// unwanted is what no tracked file may hold. Each is written so that this
// file does not hold it.
var unwanted = []struct {
	what    string
	pattern *regexp.Regexp
	example string
}{
	{"a path of somebody's machine", regexp.MustCompile(`(?:^|[^\w.~*-])/(?:work|root|home/\w+|Users/\w+)/`), "see /wor" + "k/x"},
	{"a path of somebody's machine", regexp.MustCompile(`[A-Z]:\\+Users\\`), `C:\Use` + `rs\me`},
	{"something left to do", regexp.MustCompile(`\b(?:TO` + `DO|FIX` + `ME|XX` + `X)\b`), "// TO" + "DO: later"},
	{"the name of a page outside the tree", regexp.MustCompile(`\bshared/(?:api|seeds|DESIGN|STYLE|LOOK)`), "shared" + "/api/x.md"},
	{"a conflict of git", regexp.MustCompile(`(?m)^(?:<{7}|>{7}) `), strings.Repeat("<", 7) + " HEAD"},
}

func TestNoFileHoldsWhatIsNobodysBusiness(t *testing.T) {
	for _, file := range tracked(t) {
		text, err := os.ReadFile(filepath.Join(root, file))
		if os.IsNotExist(err) || file == "go.sum" || slices.Contains([]string{".png", ".age"}, filepath.Ext(file)) {
			continue // deleted and not yet committed; random letters
		}
		if err != nil {
			t.Fatal(err)
		}
		for _, u := range unwanted {
			if at := u.pattern.FindIndex(text); at != nil {
				t.Errorf("%s:%d holds %s: %q", file, 1+strings.Count(string(text[:at[0]]), "\n"), u.what, text[at[0]:at[1]])
			}
		}
	}
}

func TestWhatIsUnwantedIsFound(t *testing.T) {
	for _, u := range unwanted {
		if !u.pattern.MatchString(u.example) {
			t.Errorf("%q is not found as %s", u.example, u.what)
		}
		for _, harmless := range []string{"network/x", "https://host/work/x", "the todo list", "~/work/x", "*/home/me/x", "$WORK/home/me/x", "a shared room"} {
			if u.pattern.MatchString(harmless) {
				t.Errorf("%q is taken for %s", harmless, u.what)
			}
		}
	}
}
