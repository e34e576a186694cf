package desk

import (
	"fmt"
	"strings"

	"cashdesk/internal/till"
	"cashdesk/providers"
	"cashdesk/ui"
)

// ReceiptArgs is an approved sale that a receipt number is to be given, which may
// have been scanned already.
type ReceiptArgs struct {
	Sale   providers.Attempt
	Number string
}

// CustomersCode says that a scan is a customer's pre-approval code, by its prefix:
// it must never become anything else.
func CustomersCode(code string) bool { return providers.BareCode(code) != strings.TrimSpace(code) }

// ReceiptNumber says that a scan is certainly no customer's code. Six bare digits
// may be one.
func ReceiptNumber(code string) bool {
	bare := providers.BareCode(code)
	return bare != "" && (len(bare) != 6 || strings.Trim(bare, "0123456789") != "")
}

// ReceiptsMissing says how many receipt numbers are, or nothing where none is.
func ReceiptsMissing(count int) string {
	switch count {
	case 0:
		return ""
	case 1:
		return "1 receipt number is missing"
	}
	return fmt.Sprintf("%d receipt numbers are missing", count)
}

// receiptLook is how it stands with a sale's receipt number.
func receiptLook(a providers.Attempt) (ui.Glyph, ui.Tone) {
	switch {
	case a.ReceiptStored:
		return ui.GlyphApproved, ui.Good
	case a.ReceiptCode != "":
		return ui.GlyphRefused, ui.Bad
	case a.Receipt != "":
		return ui.GlyphOpen, ui.Wait
	}
	return ui.GlyphArrow, ui.Accent
}

// ReceiptNote says what became of a sale's receipt number, or that it is missing;
// nothing where none is asked for.
func ReceiptNote(c ui.Canvas, t *till.Till, a providers.Attempt) string {
	w := t.ReceiptWords(a)
	if w.Staff == "" {
		return ""
	}
	glyph, tone := receiptLook(a)
	text := strings.TrimSpace(w.Staff + " " + w.Next)
	if t.NoReceipt(a) == "" && a.Receipt == "" {
		text += " F4, or scan the receipt."
	}
	var lines []string
	for _, line := range ui.Wrap(Drawable(c.Theme, text), max(min(c.Width-6, 90), 8)) {
		lines = append(lines, "   "+c.Theme.Mark(glyph, tone, line))
		glyph = ui.NoGlyph
	}
	return strings.Join(lines, "\n")
}

// ReceiptAction is the key that gives a sale its receipt number, hidden where none
// is asked for.
func ReceiptAction(id string, t *till.Till, a providers.Attempt) ui.Action {
	label := "receipt number"
	if a.ReceiptCode != "" {
		label = "another receipt number"
	}
	none := a.State != providers.Approved || !a.ReceiptDue && a.Receipt == ""
	return ui.Action{ID: id, Keys: []string{"f4"}, Label: label, Off: t.NoReceipt(a), Hidden: none}
}
