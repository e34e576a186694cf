package providers

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// lifeDocument is the page that the table of the life of a payment makes.
func lifeDocument() string {
	var b strings.Builder
	b.WriteString("# The life of a payment\n\n")
	b.WriteString("Made from the table `providers.Life`; `UPDATE_DOCS=1 go test ./providers` writes it anew.\n\n")
	b.WriteString("```mermaid\nstateDiagram-v2\n")
	label := map[[2]State][]string{}
	var order [][2]State
	for _, s := range Life {
		if s.By == EventContradicted || s.By == EventReviewed || s.By == EventForgotten {
			continue // any final state, listed below
		}
		pair := [2]State{s.From, s.To}
		if label[pair] == nil {
			order = append(order, pair)
		}
		label[pair] = append(label[pair], string(s.By))
	}
	for _, pair := range order {
		from := string(pair[0])
		if from == "" {
			from = "[*]"
		}
		fmt.Fprintf(&b, "    %s --> %s: %s\n", from, pair[1], strings.Join(label[pair], ", "))
	}
	b.WriteString("```\n\n| from | by | to |\n|---|---|---|\n")
	for _, s := range Life {
		from := string(s.From)
		if from == "" {
			from = "–"
		}
		fmt.Fprintf(&b, "| %s | %s | %s |\n", from, s.By, s.To)
	}
	b.WriteString("\nNothing outside this table happens: the journal refuses every other change. Evidence against a final state is added as *contradicted* and overwrites nothing; a manager closes it as *reviewed*. *noted* adds a remark in any state. *forgotten* removes the customer's personal data of what is over, when its time has come; not while a contradiction or a possible double payment waits for a manager.\n")
	return b.String()
}

func TestTheDiagramOfTheLifeOfAPaymentIsUpToDate(t *testing.T) {
	path := filepath.Join("..", "docs", "life.md")
	want := lifeDocument()
	if os.Getenv("UPDATE_DOCS") != "" {
		if err := os.WriteFile(path, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if strings.ReplaceAll(string(got), "\r\n", "\n") != want {
		t.Error("docs/life.md is stale: UPDATE_DOCS=1 go test ./providers")
	}
}
