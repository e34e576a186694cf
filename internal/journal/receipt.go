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

// unstored finds the sales whose receipt number the provider does not have by
// the index of them; the index of all that are approved would be a long way.
const unstored = "WHERE a.row IN (SELECT row FROM attempts INDEXED BY attempts_receipt_due" +
	" WHERE state = 'approved' AND (receipt_due = 1 OR receipt <> '' AND receipt_stored = 0)) "

// ReceiptsDue gives the approved sales whose receipt number is missing, or was
// refused, oldest first.
func (j *Journal) ReceiptsDue(ctx context.Context) ([]providers.Attempt, error) {
	return j.some(ctx, unstored+"AND (a.receipt = '' OR a.receipt_code <> '') ORDER BY a.row")
}

// ReceiptsWaiting gives the sales whose receipt number is on its way to the
// provider, oldest first.
func (j *Journal) ReceiptsWaiting(ctx context.Context) ([]providers.Attempt, error) {
	return j.some(ctx, unstored+"AND a.receipt <> '' AND a.receipt_code = '' AND a.receipt_stored = 0 ORDER BY a.row")
}
