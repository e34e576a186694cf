package rules

import (
	"slices"
	"strings"
	"testing"
)

// What draws on a terminal, and what keeps things: the two that must not meet.
var (
	terminalLibraries = []string{
		"github.com/charmbracelet/bubbletea/...", "github.com/charmbracelet/bubbles/...",
		"github.com/charmbracelet/lipgloss/...", "github.com/muesli/termenv/...", "github.com/mdp/qrterminal/...",
	}
	outside = []string{
		"os", "os/exec", "os/signal", "net", "net/http", "database/sql", "crypto/rand", "math/rand", "math/rand/v2",
		"modernc.org/...", "filippo.io/age/...", "github.com/zalando/...", "github.com/gofrs/flock",
	}
	clients = []string{"cashdesk/providers/oxipay/...", "cashdesk/providers/oxapay/...", "cashdesk/providers/xaigate/...", "cashdesk/providers/payneteasy/..."}
	// forTests are libraries that no shop's program carries.
	forTests = []string{
		"testing", "pgregory.net/...", "github.com/google/go-cmp/...", "github.com/rogpeppe/...",
		"github.com/creack/pty", "github.com/hinshun/vt10x", "github.com/makiuchi-d/...",
		"cashdesk/internal/terminal", "cashdesk/internal/gallery", "cashdesk/ui/uitest", "cashdesk/screens/desk/desktest",
		"cashdesk/providers/providertest", "cashdesk/internal/figures",
	}
)

// house is the plan of the rooms: arrows point down only.
var house = []room{
	{path: ".", may: []string{"internal/cli", "ui/mute"}, without: forTests},
	{path: "internal/cli/...", may: all, never: forTests},
	{path: "internal/gallery/...", may: all}, // pictures of the wired program
	{path: "internal/terminal"},
	{path: "internal/figures"},
	{path: "internal/rules"},
	{path: "internal/keyboard"}, // tests only
	{path: "internal/sim"},      // tests only
	{path: "internal/crash"},    // tests only

	{path: "screens", may: []string{"screens/...", "ui/..."}, never: outside}, // the catalogue
	{path: "screens/desk/desktest", may: all},                                 // for tests: a counter from the keystore to the keyboard
	{path: "screens/...", may: []string{"screens/desk/...", "ui/...", "internal/till", "internal/settings", "providers"}, never: outside},
	{path: "ui/mute", never: terminalLibraries[:2]}, // it must be initialised before them
	{path: "ui/...", may: []string{"ui/..."}, never: []string{"net/http", "database/sql", "modernc.org/..."}},

	{path: "internal/shelf", without: terminalLibraries},
	{path: "internal/callbacks/...", may: []string{"internal/callbacks/...", "providers"}, never: clients, without: terminalLibraries},
	{path: "internal/till/...", may: []string{"internal/till/...", "internal/journal/...", "keystore/...", "internal/settings/...", "providers"}, without: terminalLibraries},
	{path: "internal/journal/...", may: []string{"internal/journal/...", "providers"}, without: terminalLibraries},
	{path: "keystore/...", may: []string{"keystore/...", "providers"}, without: terminalLibraries},
	{path: "internal/settings/...", may: []string{"internal/settings/...", "providers"}, without: terminalLibraries},

	{path: "providers", without: slices.Concat(terminalLibraries, []string{"cashdesk/..."})},
	{path: "providers/sandbox/...", may: []string{"providers/sandbox/..."}, without: slices.Concat(terminalLibraries, clients, []string{"cashdesk/providers"}), tests: slices.Concat(clients, []string{"cashdesk/providers"})},
	{path: "providers/providertest", may: []string{"providers", "internal/figures"}, without: terminalLibraries}, // for tests
	{path: "providers/...", may: []string{"providers"}, without: terminalLibraries},
}

func TestArrowsPointDownOnEverySystem(t *testing.T) {
	for _, goos := range []string{"linux", "darwin", "windows"} {
		for _, wrong := range wrongArrows(house, listed(t, goos)) {
			t.Errorf("%s: %s", goos, wrong)
		}
	}
}

// TestEveryProgramMutesTheQuestion: without ui/mute a program waits five
// seconds on a terminal that does not answer.
func TestEveryProgramMutesTheQuestion(t *testing.T) {
	for _, p := range listed(t, "linux") {
		if p.Name == "main" && !slices.Contains(p.Imports, "cashdesk/ui/mute") {
			t.Errorf("%s is a program and does not import ui/mute", p.ImportPath)
		}
	}
}

func TestAWrongArrowIsFound(t *testing.T) {
	bad := []pkg{
		{ImportPath: "cashdesk", Imports: []string{"cashdesk/internal/cli", "cashdesk/internal/till"}},
		{ImportPath: "cashdesk/screens/sale", Imports: []string{"cashdesk/screens/code", "cashdesk/ui", "cashdesk/ui/qr", "cashdesk/keystore", "net/http"}},
		{ImportPath: "cashdesk/screens/code", Imports: []string{"cashdesk/providers/oxipay", "cashdesk/internal/journal", "cashdesk/internal/till"}},
		{ImportPath: "cashdesk/ui", Imports: []string{"cashdesk/providers", "cashdesk/internal/till"}},
		{ImportPath: "cashdesk/internal/till", Imports: []string{"cashdesk/internal/journal"}, Deps: []string{"cashdesk/internal/journal", "github.com/charmbracelet/lipgloss"}},
		{ImportPath: "cashdesk/internal/journal", Imports: []string{"cashdesk/internal/till"}},
		{ImportPath: "cashdesk/providers", Imports: []string{"cashdesk/providers/oxipay"}, Deps: []string{"cashdesk/providers/oxipay"}},
		{ImportPath: "cashdesk/providers/oxipay", Imports: []string{"cashdesk/providers", "cashdesk/providers/oxapay"}},
		{ImportPath: "cashdesk/providers/sandbox", Imports: []string{"cashdesk/providers"}, XTestImports: []string{"cashdesk/providers/oxipay"}},
		{ImportPath: "cashdesk/shed", Imports: []string{"fmt"}},
		{ImportPath: "elsewhere/thing", Imports: []string{"cashdesk/internal/till"}},
	}
	want := []string{
		". must not import internal/till",
		"internal/journal must not import internal/till",
		"internal/till must not pull in github.com/charmbracelet/lipgloss",
		"providers must not import providers/oxipay",
		"providers must not pull in cashdesk/providers/oxipay",
		"providers/oxipay must not import providers/oxapay",
		"providers/sandbox must not import providers",
		"screens/code must not import internal/journal",
		"screens/code must not import providers/oxipay",
		"screens/sale must not import keystore",
		"screens/sale must not import net/http",
		"screens/sale must not import screens/code",
		"shed stands in no room of the table",
		"the tests of providers/sandbox must not import cashdesk/providers/oxipay",
		"ui must not import internal/till",
		"ui must not import providers",
	}
	got := wrongArrows(house, bad)
	if !slices.Equal(got, want) {
		t.Errorf("found:\n%s\nwant:\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func TestARightArrowIsLeftAlone(t *testing.T) {
	good := []pkg{
		{ImportPath: "cashdesk", Imports: []string{"cashdesk/internal/cli", "cashdesk/ui/mute", "os"}},
		{ImportPath: "cashdesk/internal/cli", Imports: []string{"cashdesk/screens/sale", "cashdesk/keystore", "cashdesk/providers/sandbox"}},
		{ImportPath: "cashdesk/screens/sale", Imports: []string{"cashdesk/ui", "cashdesk/ui/scanner", "cashdesk/internal/till", "cashdesk/providers"}, TestImports: []string{"os"}},
		{ImportPath: "cashdesk/internal/till", Imports: []string{"cashdesk/internal/journal", "cashdesk/providers"}},
		{ImportPath: "cashdesk/providers/oxipay", Imports: []string{"cashdesk/providers", "net/http"}, XTestImports: []string{"cashdesk/providers/sandbox"}},
		{ImportPath: "cashdesk/providersandmore", Imports: nil},
	}
	if got := wrongArrows(house, good[:5]); len(got) != 0 {
		t.Errorf("a right arrow is called wrong: %q", got)
	}
	if got := wrongArrows(house, good[5:]); len(got) != 1 {
		t.Errorf("a name that only begins like a room's was taken for it: %q", got)
	}
}
