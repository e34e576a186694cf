package journal

import (
	"context"
	"errors"

	"cashdesk/providers"
)

// ErrReceipt: another payment has this receipt number, or this one has a number
// that is still on its way to the provider; nothing was written.
var ErrReceipt = errors.New("receipt number not free")

// receiptFree refuses a receipt number that names another payment here, and a
// second one while nobody knows whether the provider has the first.
func receiptFree(ctx context.Context, tx writer, before providers.Attempt, e providers.Event) error {
	if before.Receipt != "" && before.ReceiptCode == "" && !before.ReceiptStored {
		return fault(providers.Conflict, ErrReceipt, "receipt number "+before.Receipt+" is still on its way to the provider",
			"wait until it is stored or refused", nil)
	}
	var others int
	err := tx.QueryRowContext(ctx, "SELECT (SELECT count(*) FROM attempts WHERE receipt = ?1 AND receipt <> '' AND id <> ?2)"+
		" + (SELECT count(*) FROM attempts WHERE reference = ?1 AND id <> ?2)", e.Receipt, e.Attempt).Scan(&others)
	if err == nil && others > 0 {
		err = &providers.Error{Kind: providers.Conflict, Field: "receipt", Err: ErrReceipt,
			Text: "another payment has the number " + e.Receipt, Hint: "look it up in the history, then give this one its own"}
	}
	return err
}

// unstored is the condition of the index of receipt numbers that the provider
// does not have.
const unstored = "WHERE (a.receipt_due = 1 OR a.receipt <> '' AND a.receipt_stored = 0) AND +a.state = 'approved' "

// ReceiptsDue gives the approved sales whose receipt number is missing, or was
// refused, oldest first.
func (j *Journal) ReceiptsDue(ctx context.Context) ([]providers.Attempt, error) {
	return j.some(ctx, unstored+"AND (a.receipt = '' OR a.receipt_code <> '') ORDER BY a.row")
}

// ReceiptsWaiting gives the sales whose receipt number the provider does not
// have yet, for all anybody knows, oldest first.
func (j *Journal) ReceiptsWaiting(ctx context.Context) ([]providers.Attempt, error) {
	return j.some(ctx, unstored+"AND a.receipt <> '' AND a.receipt_stored = 0 AND a.receipt_code = '' ORDER BY a.row")
}
