package journal

import (
	"math"
	"strings"
	"time"

	"cashdesk/providers"
)

// columns are those of the table attempts after row, in the order of fields
// and scanAttempt.
var columns = []string{
	"id", "sale", "reference", "provider", "kind", "state", "amount_minor", "currency",
	"decimals", "finance_minor", "code", "reason", "provider_ref", "link", "expires_at",
	"received", "shortfall", "confirming", "commission_min", "commission_max", "operator",
	"session", "counter", "test", "created_at", "sent_at", "answered_at", "updated_at",
	"sends", "seq", "closed", "settled", "contradicted", "aside", "key_suspected",
	"possible_double", "of", "coin", "late", "receipt", "receipt_due", "receipt_stored", "receipt_code", "doubted",
}

var (
	insertAttempt = "INSERT INTO attempts (row, " + strings.Join(columns, ", ") + ") VALUES (?" +
		strings.Repeat(", ?", len(columns)) + ")"
	updateAttempt = "UPDATE attempts SET " + strings.Join(columns, " = ?, ") + " = ? WHERE row = ?"
	// selectAttempt is completed by conditions; a is attempts, p its people.
	selectAttempt = "SELECT " + picked + " FROM attempts a " + withPeople
	picked        = "a.row, a." + strings.Join(columns, ", a.") +
		", coalesce(p.pre_approval, ''), coalesce(p.mobile, ''), coalesce(p.email, ''), coalesce(p.message, '')"
)

const withPeople = "LEFT JOIN people p ON p.row = a.row "

// fields are an attempt's values for the columns.
func fields(a providers.Attempt) []any {
	return []any{
		a.ID, a.Sale, a.Reference, string(a.Provider), string(a.Kind), string(a.State),
		a.Amount.Minor, a.Amount.Currency.Code, a.Amount.Currency.Decimals, a.FinanceMinor,
		a.Code, string(a.Reason), a.ProviderRef, a.Link, nanos(a.ExpiresAt), a.Received,
		a.Shortfall, a.Confirming, a.CommissionMin, a.CommissionMax, a.Operator, a.Session,
		a.Counter, a.Test, nanos(a.CreatedAt), nanos(a.SentAt), nanos(a.AnsweredAt),
		nanos(a.UpdatedAt), a.Sends, a.Seq, a.Closed, a.Settled, a.Contradicted, a.Aside,
		a.KeySuspected, a.PossibleDouble, a.Of, a.Coin, a.Late,
		a.Receipt, a.ReceiptDue, a.ReceiptStored, a.ReceiptCode, a.Doubted,
	}
}

// scanner is a *sql.Row or *sql.Rows.
type scanner interface{ Scan(...any) error }

// scanAttempt reads what selectAttempt selects, and then more.
func scanAttempt(s scanner, more ...any) (row int64, a providers.Attempt, err error) {
	var expires, created, sent, answered, updated int64
	into := []any{
		&row, &a.ID, &a.Sale, &a.Reference, &a.Provider, &a.Kind, &a.State,
		&a.Amount.Minor, &a.Amount.Currency.Code, &a.Amount.Currency.Decimals, &a.FinanceMinor,
		&a.Code, &a.Reason, &a.ProviderRef, &a.Link, &expires, &a.Received,
		&a.Shortfall, &a.Confirming, &a.CommissionMin, &a.CommissionMax, &a.Operator, &a.Session,
		&a.Counter, &a.Test, &created, &sent, &answered,
		&updated, &a.Sends, &a.Seq, &a.Closed, &a.Settled, &a.Contradicted, &a.Aside,
		&a.KeySuspected, &a.PossibleDouble, &a.Of, &a.Coin, &a.Late,
		&a.Receipt, &a.ReceiptDue, &a.ReceiptStored, &a.ReceiptCode, &a.Doubted,
		&a.Personal.PreApproval, &a.Personal.Mobile, &a.Personal.Email, &a.Personal.Message,
	}
	err = s.Scan(append(into, more...)...)
	a.ExpiresAt, a.CreatedAt, a.SentAt = moment(expires), moment(created), moment(sent)
	a.AnsweredAt, a.UpdatedAt = moment(answered), moment(updated)
	return row, a, err
}

// nanos is a time as the file has it.
func nanos(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixNano()
}

// moment is a time as the file has it, read back.
func moment(n int64) time.Time {
	if n == 0 {
		return time.Time{}
	}
	return time.Unix(0, n).UTC()
}

// storable is t as it will be read back: in UTC, without a monotonic part, and
// within what nanoseconds can say, whatever a provider claims.
func storable(t time.Time) time.Time {
	switch {
	case t.IsZero():
		return time.Time{}
	case t.Year() > 2261:
		return moment(math.MaxInt64)
	case t.Year() < 1970:
		return moment(1)
	}
	return t.Round(0).UTC()
}
