package sim

import (
	"context"
	"fmt"

	"cashdesk/providers"
)

// receipt is a number that the shop's own till made for a sale; now and then it
// is one that another sale has.
func (w *world) receipt() {
	sale, ok := w.soldBefore()
	if !ok {
		return
	}
	number := fmt.Sprintf("R-%d", w.staff.below(30))
	_, err := w.run.till.Receipt(context.Background(), w.run.session, sale.ID, number)
	w.rest()
	w.say("%s gives %s the number %s: %v", w.run.session.Name, w.label(sale.ID), number, err)
}

// receiptsAgree: a number that the provider has stands in the journal, and one
// that the journal calls stored is at the provider's.
func (w *world) receiptsAgree(all []providers.Attempt, byReference map[string]providers.Attempt) {
	stored := map[string]string{}
	for _, r := range w.server.Books("").Receipts {
		stored[r.Reference] = r.Number
		if a := byReference[r.Reference]; a.Receipt != r.Number {
			w.fail(lost, "the provider has the number %s for %s, and the journal %q", r.Number, w.label(a.ID), a.Receipt)
		}
	}
	for _, a := range all {
		if a.ReceiptStored && stored[a.Reference] != a.Receipt {
			w.fail(misshown, "%s says that the provider has its number %s, and it has %q", w.label(a.ID), a.Receipt, stored[a.Reference])
		}
	}
}
