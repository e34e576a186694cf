package desk

import (
	"strings"

	"cashdesk/providers"
)

// Slip is what the customer takes home about a payment: no code and no personal
// data on it. lines say what it is about.
func (d *Desk) Slip(a providers.Attempt, lines ...string) string {
	head := []string{d.Shop.Name, d.Day(a.CreatedAt) + "  " + d.Time(a.CreatedAt), ""}
	if a.Test || d.Shop.Test {
		head = append(head, "TEST - NO MONEY MOVED", "")
	}
	return strings.Join(append(append(head, lines...), "reference "+a.Reference, ""), "\n")
}
