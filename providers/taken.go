package providers

import "github.com/shopspring/decimal"

// Taken is what the provider itself took for an approved sale: of one that was
// financed in part, that part; the rest was paid another way and is given back
// that way. Of an overpaid invoice it is all that came, and of one that a manager
// took for paid, what came of it.
func (a Attempt) Taken() Amount {
	taken := a.Amount
	if a.FinanceMinor > 0 {
		taken.Minor = a.FinanceMinor
	}
	if came := a.cameMinor(); came > taken.Minor || a.Settled && came > 0 {
		taken.Minor = came
	}
	return taken
}

// Returnable is the most that can go back for a sale as it stands: what was taken
// where that is certain, what came of an invoice that is not paid, and the whole
// where the provider may have taken it and nothing here can say so. What came in
// another coin has no figure here: then it is up to the price.
func (a Attempt) Returnable() Amount {
	none := Amount{Currency: a.Amount.Currency}
	switch {
	case a.Kind.Returns(), a.Kind == Invite:
		return none
	case a.State == Approved, a.State == HandedOver, a.Doubted:
		return a.Taken()
	case a.State == PartlyPaid, a.State == Expired, a.State == Declined && a.Settled:
		switch came := a.cameMinor(); {
		case came > 0:
			return Amount{Minor: came, Currency: a.Amount.Currency}
		case a.Coin != "" || a.Came() != "":
			return a.Amount
		}
	}
	return none
}

// cameMinor is what has come for an invoice, in whole minor units; 0 where nothing
// has, or where that is no figure.
func (a Attempt) cameMinor() int64 {
	received, ok := Number(a.Received).Decimal()
	if !ok || !received.IsPositive() {
		return 0
	}
	minor := received.Shift(int32(a.Amount.Currency.Decimals)).Truncate(0)
	if minor.GreaterThan(decimal.NewFromInt(MaxMinor)) {
		return 0
	}
	return minor.IntPart()
}
