package till

import (
	"context"
	"errors"

	"cashdesk/internal/journal"
	"cashdesk/providers"
)

// Refundable says what can still be given back of a sale.
type Refundable struct {
	// Remaining is what was taken, or may have been, less every refund that was made
	// or may have been. Of a sale that was financed in part it is about that part.
	Remaining providers.Amount
	// Why says why Refund would refuse it, "" where it would not.
	Why string
	// Refunds are those there are, oldest first; Undone names by id those that
	// were undone.
	Refunds []providers.Attempt
	Undone  map[string]bool
	// Elsewhere: a refund that was made at the provider can be written down. Where
	// Why is empty too, a manager has the choice.
	Elsewhere bool
}

// Refundable says what can be given back of a sale, and why nothing can.
func (t *Till) Refundable(ctx context.Context, saleID string) (Refundable, error) {
	sale, err := t.config.Journal.Attempt(ctx, saleID)
	if err != nil {
		return Refundable{}, err
	}
	all, err := t.config.Journal.Refunds(ctx, saleID)
	if err != nil {
		return Refundable{}, err
	}
	r := Refundable{Remaining: providers.Amount{Currency: sale.Amount.Currency}, Refunds: all.All, Undone: undoneOf(all)}
	for i := range r.Refunds {
		r.Refunds[i].Personal = r.Refunds[i].Personal.Masked()
	}
	why, byHand := wasPaid(sale), t.elsewhere(sale)
	if why == nil || byHand == nil {
		r.Remaining.Minor = max(sale.Returnable().Minor-all.Gone(), 0)
		if waits := left(all, r.Remaining); waits != nil {
			why, byHand = waits, waits
		}
	}
	r.Elsewhere = byHand == nil
	if why == nil {
		why = t.returns(sale)
	}
	if why == nil {
		why = t.blocked(ctx, sale.Provider)
	}
	if why != nil {
		r.Why = why.Error()
	}
	return r, nil
}

func undoneOf(all journal.Refunds) map[string]bool {
	undone := map[string]bool{}
	for _, a := range all.All {
		if all.Undone(a.ID) {
			undone[a.ID] = true
		}
	}
	return undone
}

// left says why nothing more of a sale can be given back now. The journal holds
// to the same when a refund is recorded.
func left(all journal.Refunds, remaining providers.Amount) error {
	if err := all.Waits(); err != nil {
		return err
	}
	if remaining.Minor == 0 {
		for _, a := range all.All {
			if a.Doubted {
				return conflict("a refund of "+a.Amount.String()+" of this sale may have been made after all", "a manager settles in the history whether it was")
			}
		}
		return conflict("it is refunded already", "")
	}
	return nil
}

// wasPaid says why nothing certain was taken by an attempt that could be given
// back from here, or nil.
func wasPaid(a providers.Attempt) error {
	switch {
	case a.Kind.Returns():
		return conflict("this is no sale", "look at the sale that it is about")
	case a.State == providers.Approved && a.Contradicted && !a.PossibleDouble:
		return conflict("an answer came that says otherwise", "a manager looks at it first")
	case a.State == providers.Approved:
		return nil
	case a.Contradicted:
		return conflict("an answer came later that says otherwise", "a manager looks at it first")
	case a.Doubted:
		return conflict("an answer came later that says otherwise", writtenDown)
	case a.Kind == providers.Invite:
		return conflict("no money is confirmed here, so none can be given back", "")
	case a.State == providers.HandedOver:
		return conflict("refund at the provider: no money is confirmed here", writtenDown)
	case a.Returnable().Minor > 0:
		return conflict("refund at the provider: it is "+a.State.Word()+", and money came for it", writtenDown)
	case a.State == providers.Recorded || a.State.MoneyMayMove():
		return conflict("it is "+a.State.Word()+", so nothing can be given back yet", "check it, or have a manager settle it against the provider's portal")
	}
	return conflict("it is "+a.State.Word()+": no money was taken", "")
}

// returns says why a provider's money cannot be given back from here, or nil.
func (t *Till) returns(a providers.Attempt) error {
	if _, can := t.gateways[a.Provider].(providers.Refunder); can || a.Provider == providers.Oxipay {
		return nil
	}
	return conflict("refund at the provider: "+a.Provider.Title()+" takes none from here", writtenDown)
}

// writtenDown is the way for money that does not go back from here.
const writtenDown = "a manager writes down here that it was done"

// elsewhere says why no refund that was made at the provider, by hand, is written
// down for a sale. What is not confirmed here may well have been paid there.
func (t *Till) elsewhere(a providers.Attempt) error {
	why := wasPaid(a)
	switch {
	case why == nil && t.returns(a) == nil && !a.Settled:
		return conflict("it is refunded from here", "")
	case why != nil && (a.State == providers.Approved || a.Contradicted || a.Returnable().Minor == 0):
		return why
	}
	return nil
}

// Refund gives a sale back, or a part of it, on a manager's word. The refund is
// in the journal when Refund returns; what comes of it arrives as an Update. It
// is an attempt of its own with a reference of its own, which stays when the
// answer is lost. More than remains is journal.ErrRemaining; while another one
// of the sale is not known it is journal.ErrPending.
func (t *Till) Refund(ctx context.Context, s Session, p Permit, saleID string, amount providers.Amount) (providers.Attempt, error) {
	if err := t.need(ctx, s, p, Refund); err != nil {
		return providers.Attempt{}, err
	}
	t.begin.Lock()
	defer t.begin.Unlock()
	if err := t.noteKeys(ctx); err != nil {
		return providers.Attempt{}, err
	}
	sale, err := t.config.Journal.Attempt(ctx, saleID)
	if err != nil {
		return providers.Attempt{}, err
	}
	if err := wasPaid(sale); err != nil {
		return providers.Attempt{}, err
	}
	if err := t.returns(sale); err != nil {
		return providers.Attempt{}, err
	}
	a, err := t.giveBack(ctx, s, p, sale, providers.Order{Kind: providers.Refund, Amount: amount, PurchaseRef: purchaseRef(sale)})
	return a, uncharged(err)
}

// purchaseRef names a sale to the provider: by the shop's own receipt number
// once the provider has it, else by what it was sent under. While nobody knows
// whether it has the number, the provider's own name is good either way.
func purchaseRef(sale providers.Attempt) string {
	switch {
	case sale.Receipt == "" || sale.ReceiptCode != "":
		return sale.Reference
	case sale.ReceiptStored:
		return sale.Receipt
	case sale.ProviderRef != "":
		return sale.ProviderRef
	}
	return sale.Reference
}

// giveBack records an order about an earlier attempt, with the reason of who
// authorised it, and has it sent.
func (t *Till) giveBack(ctx context.Context, s Session, p Permit, of providers.Attempt, o providers.Order) (providers.Attempt, error) {
	a, err := t.recordBack(ctx, s, p, of, o)
	for tries := 0; errors.Is(err, journal.ErrMoved) && tries < recordTries; tries++ {
		a, err = t.recordBack(ctx, s, p, of, o) // the key may be another one by now
	}
	return a, err
}

func (t *Till) recordBack(ctx context.Context, s Session, p Permit, of providers.Attempt, o providers.Order) (providers.Attempt, error) {
	head, err := t.config.Journal.Head(ctx)
	if err != nil {
		return providers.Attempt{}, err
	}
	if err := t.blocked(ctx, of.Provider); err != nil {
		return providers.Attempt{}, err
	}
	o.Reference, o.Operator = t.config.NewID(), p.By
	request, err := t.gateways[of.Provider].Prepare(o)
	if err != nil {
		return providers.Attempt{}, err
	}
	a := t.about(s, of, o)
	a, release, err := t.claimed(a.ID, func() (providers.Attempt, error) { return t.config.Journal.RecordAfter(ctx, head, a, bodyOf(request)) })
	if err != nil {
		return providers.Attempt{}, err
	}
	if err := t.vouchFor(ctx, s, a, release, p.By, string(p.right)+": "+p.Reason); err != nil {
		return providers.Attempt{}, err
	}
	t.config.Notify(Update{Attempt: a})
	t.driveClaimed(a, &request, release)
	return a, nil
}

// about is an attempt about an earlier one, before it is recorded.
func (t *Till) about(s Session, of providers.Attempt, o providers.Order) providers.Attempt {
	return providers.Attempt{
		ID: t.config.NewID(), Of: of.ID, Sale: of.Sale, Reference: o.Reference, Provider: of.Provider, Kind: o.Kind, Amount: o.Amount,
		Operator: s.Operator, Session: s.ID, Counter: t.config.Counter, Test: t.config.Test,
	}
}

// RefundElsewhere writes down that a refund was made at the provider, by hand,
// and what it is called there. It counts as any other against what remains; of a
// sale that is not approved it takes nothing off the takings (see Totals).
func (t *Till) RefundElsewhere(ctx context.Context, s Session, p Permit, saleID string, amount providers.Amount, reference string) (providers.Attempt, error) {
	if err := t.need(ctx, s, p, Refund); err != nil {
		return providers.Attempt{}, err
	}
	reference, err := plainName("reference", reference)
	if err != nil {
		return providers.Attempt{}, err
	}
	if err := amount.CheckPositive(); err != nil {
		return providers.Attempt{}, err
	}
	sale, err := t.config.Journal.Attempt(ctx, saleID)
	if err != nil {
		return providers.Attempt{}, err
	}
	if err := t.elsewhere(sale); err != nil {
		return providers.Attempt{}, err
	}
	a := t.about(s, sale, providers.Order{Kind: providers.Refund, Reference: t.config.NewID(), Amount: amount})
	a, release, err := t.claimed(a.ID, func() (providers.Attempt, error) { return t.config.Journal.Record(ctx, a, journal.Body{}) })
	if err != nil {
		return providers.Attempt{}, err
	}
	defer release()
	return t.change(ctx, providers.Event{Type: providers.EventElsewhere, Attempt: a.ID, By: p.By, Session: s.ID, ProviderRef: reference, Note: p.Reason})
}
