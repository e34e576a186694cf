package cli

import (
	"context"
	"strings"

	"cashdesk/providers"
)

// wentBack has the words for an approved sale say what was given back of it, and
// those for a refund that it was undone: what is refunded in whole must not have
// the goods handed over.
func (c *clerk) wentBack(ctx context.Context, a providers.Attempt, w providers.Words) providers.Words {
	sale := a.ID
	switch {
	case a.State != providers.Approved, a.Kind == providers.UndoRefund:
		return w
	case a.Kind == providers.Refund:
		sale = a.Of
	}
	refunds, err := c.journal.Refunds(ctx, sale)
	if err != nil {
		c.complain(err)
		return w
	}
	if a.Kind == providers.Refund {
		if refunds.Undone(a.ID) {
			w.Staff += " It was undone."
			w.Next, w.Customer = "Nothing more: the sale stands as before.", "The refund has been undone."
		}
		return w
	}
	gone, doubt := a.Taken(), false
	gone.Minor = 0
	for _, refund := range refunds.All {
		switch {
		case refunds.Undone(refund.ID):
		case refund.State == providers.Approved:
			gone.Minor += refund.Amount.Minor
		case standing(refund) == providers.Unknown, refund.State.MoneyMayMove():
			doubt = true
		}
	}
	told := afterRefunds(w, gone, a.Taken(), doubt)
	if a.Contradicted || a.PossibleDouble { // that a manager must look comes first
		told.Next, told.Customer = w.Next, w.Customer
	}
	return told
}

// afterRefunds are the words for a sale of which so much went back; in doubt there
// is a refund besides that is not known yet.
func afterRefunds(w providers.Words, gone, taken providers.Amount, doubt bool) providers.Words {
	if gone.Minor > 0 {
		w.Staff += " " + gone.String() + " of it went back."
		w.Customer = gone.String() + " of your payment has been refunded."
		w.Next = "Hand over only what was not returned."
	}
	if doubt {
		w.Staff += " A refund of it is not known yet."
		w.Next = "Hand nothing over before the refund is known."
		w.Customer = strings.TrimSpace(w.Customer + " We are looking up a refund.")
	}
	if gone == taken && taken.Minor > 0 {
		w.Next = "Hand nothing over: all of it went back."
	}
	return w
}
