package providers

import "strings"

// came ends the message about money of another currency than the price's.
const came = " came"

// OtherCoin is the message about money of another currency than the price's:
// "4.68 TRX came". It must not be taken for a figure in the price's.
func OtherCoin(quantity, coin string) string { return quantity + " " + coin + came }

// Came is what has come for an invoice so far, "30.00 USD" or "4.68 TRX", or
// nothing.
func (a Attempt) Came() string {
	if received, ok := Number(a.Received).Decimal(); ok && received.IsPositive() {
		return a.figure(a.Received) + " " + a.Amount.Currency.Code
	}
	if coin, ok := strings.CutSuffix(a.Personal.Message, came); ok {
		return CleanText(coin)
	}
	return ""
}

// Expired gives the words for an invoice whose time is over, with whatever has
// come for it.
func (a Attempt) Expired(p Provider) Words {
	has := a.Came()
	if has == "" {
		return ExpiredWords
	}
	w := Words{
		Staff:    "The time to pay is over, and too little has come: " + has,
		Customer: "The time to pay has run out, and only a part has arrived. Please send no more before I have asked.",
		Next:     "Keep the goods and call a manager: the money is in the " + p.Title() + " account. It is refunded there, or the rest is paid another way.",
	}
	if missing := a.Missing(); missing != "" {
		w.Staff += "; " + missing
	}
	w.Staff += ". It is watched for 24 hours."
	return w
}
