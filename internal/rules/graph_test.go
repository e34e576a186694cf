package rules

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

const module = "cashdesk"

// pkg is one package as `go list` tells of it.
type pkg struct {
	ImportPath   string
	Name         string
	Imports      []string
	TestImports  []string
	XTestImports []string
	Deps         []string
}

// room says what the packages at or below a path may use. The first room that
// fits a package counts.
type room struct {
	path string // below the module; "/..." at the end takes what is below too
	// may lists the rooms it may import; nil is none, all is any.
	may []string
	// never lists import paths, also of other modules, that it must not import
	// itself; a "/..." at the end takes what is below too.
	never []string
	// without is never for everything that it pulls in, however far down.
	without []string
	// tests lists what its tests must not import either.
	tests []string
}

var all = []string{"..."}

// matches says whether a path is meant by a pattern.
func matches(pattern, path string) bool {
	if pattern == "..." {
		return true
	}
	if base, below := strings.CutSuffix(pattern, "/..."); below {
		return path == base || strings.HasPrefix(path, base+"/")
	}
	return pattern == path
}

func matchesAny(patterns []string, path string) bool {
	return slices.ContainsFunc(patterns, func(pattern string) bool { return matches(pattern, path) })
}

// own gives a path below the module, "." for the module itself.
func own(path string) (string, bool) {
	if path == module {
		return ".", true
	}
	return strings.CutPrefix(path, module+"/")
}

// wrongArrows names every import that the rooms do not allow.
func wrongArrows(rooms []room, packages []pkg) []string {
	var wrong []string
	say := func(format string, a ...any) { wrong = append(wrong, fmt.Sprintf(format, a...)) }
	for _, p := range packages {
		path, ok := own(p.ImportPath)
		if !ok {
			continue
		}
		at := slices.IndexFunc(rooms, func(r room) bool { return matches(r.path, path) })
		if at < 0 {
			say("%s stands in no room of the table", path)
			continue
		}
		r := rooms[at]
		for _, i := range p.Imports {
			if target, ours := own(i); ours && !matchesAny(r.may, target) {
				say("%s must not import %s", path, target)
			}
			if matchesAny(r.never, i) {
				say("%s must not import %s", path, i)
			}
		}
		for _, d := range p.Deps {
			if matchesAny(r.without, d) {
				say("%s must not pull in %s", path, d)
			}
		}
		for _, i := range slices.Concat(p.TestImports, p.XTestImports) {
			if matchesAny(r.tests, i) {
				say("the tests of %s must not import %s", path, i)
			}
		}
	}
	slices.Sort(wrong)
	return slices.Compact(wrong)
}

// listed asks `go list` for the module's packages as one system sees them.
func listed(t *testing.T, goos string) []pkg {
	t.Helper()
	// With -e a package that does not build still tells what it imports.
	c := exec.CommandContext(t.Context(), "go", "list", "-e", "-json=ImportPath,Name,Imports,TestImports,XTestImports,Deps", "./...")
	c.Dir = root
	c.Env = append(os.Environ(), "GOOS="+goos, "CGO_ENABLED=0")
	var complaint bytes.Buffer
	c.Stderr = &complaint
	out, err := c.Output()
	if err != nil {
		t.Fatalf("go list for %s: %v\n%s", goos, err, complaint.String())
	}
	var packages []pkg
	for decoder := json.NewDecoder(bytes.NewReader(out)); ; {
		var p pkg
		if err := decoder.Decode(&p); errors.Is(err, io.EOF) {
			return packages
		} else if err != nil {
			t.Fatal(err)
		}
		packages = append(packages, p)
	}
}
