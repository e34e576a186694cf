package providers

// Taken is what the provider itself took for an approved sale, and so the most
// that can go back through it: of a sale that was financed in part, that part.
// The rest was paid another way and is given back that way.
func (a Attempt) Taken() Amount {
	if a.FinanceMinor > 0 {
		return Amount{Minor: a.FinanceMinor, Currency: a.Amount.Currency}
	}
	return a.Amount
}
