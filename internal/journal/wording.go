package journal

import (
	"context"
	"database/sql"
	"errors"
	"strings"

	"cashdesk/providers"
)

// codeMark stands before a customer's code in the wording. The 6199 that every
// full code begins with is not indexed; a search for 6199… looks for the mark
// and the rest instead.
const codeMark = "#"

// wording is the text that a search looks through, one line for each field so
// that no match runs over from one into the next.
func wording(a providers.Attempt) string {
	parts := []string{
		a.Reference, a.Sale, a.ProviderRef, a.Code, a.Operator, a.Amount.Decimal() + " " + a.Amount.Currency.Code, a.Amount.String(),
		a.Provider.Title(), a.State.Word(), a.Personal.Mobile, a.Receipt,
	}
	if digits := onlyDigits(a.Personal.Mobile); digits != a.Personal.Mobile {
		parts = append(parts, digits)
	}
	if a.Personal.PreApproval != "" {
		parts = append(parts, codeMark+providers.BareCode(a.Personal.PreApproval))
	}
	var b strings.Builder
	for _, part := range parts {
		if part != "" {
			b.WriteString(strings.ToLower(part))
			b.WriteByte('\n')
		}
	}
	return b.String()
}

func onlyDigits(text string) string {
	return strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, text)
}

// reword brings the wording and its trigrams up to the attempt. The index must
// be told exactly what it holds, so the old text is read, not made again.
func reword(ctx context.Context, tx writer, row int64, a providers.Attempt) error {
	text := wording(a)
	var old string
	err := tx.QueryRowContext(ctx, "SELECT text FROM wording WHERE row = ?", row).Scan(&old)
	switch {
	case errors.Is(err, sql.ErrNoRows):
	case err != nil:
		return err
	case old == text:
		return nil
	default:
		_, err := tx.ExecContext(ctx, "INSERT INTO trigrams (trigrams, rowid, text) VALUES ('delete', ?, ?)", row, old)
		if err != nil {
			return err
		}
	}
	if _, err := tx.ExecContext(ctx, "INSERT OR REPLACE INTO wording (row, text) VALUES (?, ?)", row, text); err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, "INSERT INTO trigrams (rowid, text) VALUES (?, ?)", row, text)
	return err
}
