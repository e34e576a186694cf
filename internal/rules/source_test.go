package rules

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// The longest that a file and a function of the program may be, in lines.
const (
	longestFile     = 350
	longestFunction = 60
)

// source is one parsed file of the program; tests are not looked at.
type source struct {
	path string
	set  *token.FileSet
	file *ast.File
}

func (s source) at(n ast.Node) string {
	return fmt.Sprintf("%s:%d", s.path, s.set.Position(n.Pos()).Line)
}

func (s source) lines(n ast.Node) int {
	return s.set.Position(n.End()).Line - s.set.Position(n.Pos()).Line + 1
}

func sources(t *testing.T) []source {
	t.Helper()
	var parsed []source
	for _, path := range walked(t, func(path string) bool {
		return strings.HasSuffix(path, ".go") && !strings.HasSuffix(path, "_test.go")
	}) {
		set := token.NewFileSet()
		file, err := parser.ParseFile(set, filepath.Join(root, path), nil, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		parsed = append(parsed, source{path, set, file})
	}
	return parsed
}

// check runs one rule over every file of the program.
func check(t *testing.T, rule func(source) []string) {
	t.Helper()
	for _, s := range sources(t) {
		for _, wrong := range rule(s) {
			t.Error(wrong)
		}
	}
}

// finds says whether a rule finds something wrong in a made-up file.
func finds(t *testing.T, rule func(source) []string, path, text string) bool {
	t.Helper()
	set := token.NewFileSet()
	file, err := parser.ParseFile(set, path, text, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	return len(rule(source{path, set, file})) > 0
}

func tooLong(s source) []string {
	var wrong []string
	if n := s.set.File(s.file.Pos()).LineCount(); n > longestFile {
		wrong = append(wrong, fmt.Sprintf("%s has %d lines, more than %d", s.path, n, longestFile))
	}
	for _, d := range s.file.Decls {
		if f, ok := d.(*ast.FuncDecl); ok && s.lines(f) > longestFunction {
			wrong = append(wrong, fmt.Sprintf("%s: %s has %d lines, more than %d", s.at(f), f.Name.Name, s.lines(f), longestFunction))
		}
	}
	return wrong
}

func TestFilesAndFunctionsStayShort(t *testing.T) {
	check(t, tooLong)
	body := "package x\n\nfunc f() {\n" + strings.Repeat("\tg()\n", longestFunction-2) + "}\n"
	if finds(t, tooLong, "x.go", body) || !finds(t, tooLong, "x.go", strings.Replace(body, "\tg()\n", "\tg()\n\tg()\n", 1)) {
		t.Error("the length of a function is counted wrongly")
	}
	if !finds(t, tooLong, "x.go", "package x\n"+strings.Repeat("\n", longestFile)) {
		t.Error("a long file is not found")
	}
}

// undocumented names exported things without a comment: functions, methods of
// exported types, types, methods of interfaces, and constants and variables
// (for these a comment on their group is enough).
func undocumented(s source) []string {
	var wrong []string
	say := func(n ast.Node, name string) {
		wrong = append(wrong, fmt.Sprintf("%s: %s is not documented", s.at(n), name))
	}
	if s.file.Name.Name == "main" {
		return nil
	}
	for _, d := range s.file.Decls {
		switch d := d.(type) {
		case *ast.FuncDecl:
			if d.Name.IsExported() && ofExported(d) && d.Doc == nil {
				say(d, d.Name.Name)
			}
		case *ast.GenDecl:
			for _, spec := range d.Specs {
				undocumentedSpec(d, spec, say)
			}
		}
	}
	return wrong
}

func undocumentedSpec(d *ast.GenDecl, spec ast.Spec, say func(ast.Node, string)) {
	switch spec := spec.(type) {
	case *ast.TypeSpec:
		if spec.Name.IsExported() && d.Doc == nil && spec.Doc == nil && spec.Comment == nil {
			say(spec, spec.Name.Name)
		}
		contract, ok := spec.Type.(*ast.InterfaceType)
		if !ok || !spec.Name.IsExported() || len(contract.Methods.List) < 2 {
			return // of one method alone the type's comment tells
		}
		for _, m := range contract.Methods.List {
			if len(m.Names) > 0 && m.Doc == nil && m.Comment == nil {
				say(m, spec.Name.Name+"."+m.Names[0].Name)
			}
		}
	case *ast.ValueSpec:
		for _, name := range spec.Names {
			if name.IsExported() && d.Doc == nil && spec.Doc == nil && spec.Comment == nil {
				say(spec, name.Name)
			}
		}
	}
}

// ofExported says that a function has no receiver, or one of an exported type.
func ofExported(f *ast.FuncDecl) bool {
	if f.Recv == nil {
		return true
	}
	receiver := f.Recv.List[0].Type
	for {
		switch r := receiver.(type) {
		case *ast.StarExpr:
			receiver = r.X
		case *ast.IndexExpr:
			receiver = r.X
		case *ast.IndexListExpr:
			receiver = r.X
		case *ast.Ident:
			return r.IsExported()
		default:
			return false
		}
	}
}

func TestEveryExportedNameIsDocumented(t *testing.T) {
	check(t, undocumented)
	for _, bad := range []string{
		"func F() {}", "type T struct{}", "var V = 1", "const (\n\tC = 1\n)", "// T is.\ntype T[K any] struct{}\nfunc (*T[K]) M() {}",
		"// I is.\ntype I interface {\n\t// M does.\n\tM()\n\tN()\n}",
	} {
		if !finds(t, undocumented, "x.go", "package x\n\n"+bad) {
			t.Errorf("not found: %s", bad)
		}
	}
	for _, good := range []string{"// F does.\nfunc F() {}", "// The limits.\nconst (\n\tA = 1\n\tB = 2\n)", "type t int\nfunc (t) M() {}", "// I is.\ntype I interface{ M() }"} {
		if finds(t, undocumented, "x.go", "package x\n\n"+good) {
			t.Errorf("found without need: %s", good)
		}
	}
}

// TestEveryPackageSaysWhatItIsFor: one file of each package has its comment.
func TestEveryPackageSaysWhatItIsFor(t *testing.T) {
	said := map[string]bool{}
	for _, s := range sources(t) {
		folder := filepath.Dir(s.path)
		said[folder] = said[folder] || s.file.Doc != nil && strings.TrimSpace(s.file.Doc.Text()) != ""
	}
	for folder, ok := range said {
		if !ok {
			t.Errorf("no file of %s says what the package is for", folder)
		}
	}
}

// badHabits finds what waits for a terminal's answer behind everybody's back,
// work done before main, and money in a float.
func badHabits(s source) []string {
	var wrong []string
	say := func(n ast.Node, what string) { wrong = append(wrong, s.at(n)+": "+what) }
	inUI, inMute := strings.HasPrefix(s.path, "ui/"), strings.HasPrefix(s.path, "ui/mute/")
	ofMoney := slices.ContainsFunc([]string{"providers/", "internal/till/", "internal/journal/"}, func(room string) bool {
		return strings.HasPrefix(s.path, room)
	})
	ast.Inspect(s.file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncDecl:
			if n.Recv == nil && n.Name.Name == "init" && !inMute {
				say(n, "an init does work that nobody asked for")
			}
		case *ast.SelectorExpr:
			switch n.Sel.Name {
			case "AdaptiveColor", "CompleteAdaptiveColor", "HasDarkBackground":
				say(n, n.Sel.Name+" asks the terminal and waits up to five seconds")
			case "SetHasDarkBackground":
				if !inUI {
					say(n, "only ui decides on light or dark")
				}
			}
		case *ast.Field:
			if len(n.Names) > 0 && (n.Names[0].Name == "Lat" || n.Names[0].Name == "Lng") {
				return false // degrees on Earth are no money
			}
		case *ast.Ident:
			if ofMoney && (n.Name == "float64" || n.Name == "float32") {
				say(n, "nothing about money is a float")
			}
		}
		return true
	})
	return wrong
}

func TestNothingWaitsForTheTerminalAndNoMoneyIsAFloat(t *testing.T) {
	check(t, badHabits)
	for path, text := range map[string]string{
		"screens/sale/view.go":  "var c = lipgloss.AdaptiveColor{}",
		"ui/theme.go":           "var dark = lipgloss.HasDarkBackground()",
		"screens/sale/sale.go":  "func f() { lipgloss.SetHasDarkBackground(true) }",
		"internal/cli/cli.go":   "func init() { ask() }",
		"providers/money.go":    "var price float64",
		"internal/till/till.go": "type total struct{ Sum float32 }",
	} {
		if !finds(t, badHabits, path, "package x\n\n"+text) {
			t.Errorf("not found in %s: %s", path, text)
		}
	}
	for path, text := range map[string]string{
		"ui/mute/mute.go":              "func init() { lipgloss.SetHasDarkBackground(true) }",
		"ui/renderer.go":               "func f() { r.SetHasDarkBackground(true) }",
		"ui/spinner.go":                "var share float64",
		"providers/payneteasy/wire.go": "type place struct{ Lat, Lng *float64 }",
	} {
		if finds(t, badHabits, path, "package x\n\n"+text) {
			t.Errorf("found without need in %s: %s", path, text)
		}
	}
}
