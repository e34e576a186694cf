package oxapay

import "cashdesk/providers"

const (
	sayPart = "Part of the payment has arrived, but not all of it. Please do not send more before I have asked."
	sayCoin = "Something has arrived, but in a coin that this payment does not take. Please send nothing more before I have asked."
)

// approvedWords tell late money and manual_accept from the rest. Asked, received
// and what is missing or too much stay apart.
func approvedWords(a providers.Attempt) providers.Words {
	row, _ := Lookup(statusPaid)
	w := row.Words
	byHand := a.Code == statusManualAccept
	if byHand {
		row, _ = Lookup(statusManualAccept)
		w = row.Words
	}
	short := a.Shortfall + " " + a.Amount.Currency.Code + " short."
	switch {
	case byHand && a.Shortfall != "":
		w.Staff = "Accepted by hand in the OxaPay account, " + short
	case byHand:
	case a.Shortfall != "":
		w.Staff = "Paid within tolerance, " + short
	default:
		w = a.Paid(w)
	}
	if a.Late {
		w.Next = "See first that this sale was not paid another way meanwhile; if it was, call a manager. " + w.Next
	}
	if a.Coin != "" {
		w.Next += " Besides, " + a.Coin + " came, which this invoice does not take: a manager gives it back in the OxaPay account."
	}
	return late(a, w)
}

// partlyWords are for money that came and is not the price: too little, of
// another coin, or on its way back.
func partlyWords(a providers.Attempt) providers.Words {
	switch {
	case a.Code == statusRefunding:
		row, _ := Lookup(statusRefunding)
		return row.Words
	case a.Confirming:
		return underWayWords(a)
	case a.Coin != "":
		return coinWords(a)
	case a.Code == statusPaying:
		return topUpWords(a)
	}
	w := providers.Words{
		Staff: "Too little has come" + amounts(a), Customer: sayPart,
		Next: "Keep the goods and call a manager: OxaPay counts one payment for an invoice, and a second could be lost.",
	}
	if a.Code == statusUnderpaid {
		row, _ := Lookup(statusUnderpaid)
		w = row.Words
		w.Staff = "Too little has come" + amounts(a) + " OxaPay waits for no more."
	}
	return late(a, w)
}

// underWayWords are for a part that is here while more is on its way.
func underWayWords(a providers.Attempt) providers.Words {
	return late(a, providers.Words{
		Staff:    "A part is here, and more is on its way" + amounts(a),
		Customer: "The rest of your payment is on its way. It takes a few minutes to be confirmed; please do not send it again.",
		Next:     "Keep the goods here until it says approved. You can serve the next customer.",
	})
}

// TakesMore says whether OxaPay adds further payments to an invoice.
func (c *Client) TakesMore(a providers.Attempt) bool {
	return a.Code == statusPaying && a.Coin == "" && a.Link != ""
}

// topUpWords are for an invoice that takes several payments: only there may the
// rest be sent with the same code.
func topUpWords(a providers.Attempt) providers.Words {
	w := providers.Words{
		Staff:    "A part has come" + amounts(a) + " The rest can be sent with the same code.",
		Customer: "Part of the payment has arrived. Please send the rest with the same code, the amount that your phone shows.",
		Next:     "Keep the goods here until it says approved. If the customer cannot send the rest, call a manager.",
	}
	if a.Link == "" || a.Aside {
		w.Staff = "A part has come" + amounts(a)
		w.Customer, w.Next = sayPart, "Keep the goods and call a manager."
	}
	return late(a, w)
}

// coinWords are for money that can never pay the invoice.
func coinWords(a providers.Attempt) providers.Words {
	return late(a, providers.Words{
		Staff:    "A coin has come that this invoice does not take: " + a.Coin + ". The price of " + a.Amount.String() + " is not covered.",
		Customer: sayCoin,
		Next:     "Keep the goods and call a manager: the coin is given back in the OxaPay account, and the price is paid another way.",
	})
}

func expiredWords(a providers.Attempt) providers.Words {
	if a.Coin != "" {
		w := coinWords(a)
		w.Staff = "The time to pay is over. " + w.Staff
		return w
	}
	return a.Expired(providers.OxaPay)
}

// amounts are what came and what is missing, as far as that is known: ": 30.00
// USD; 95.50 USD is missing."
func amounts(a providers.Attempt) string {
	text := ""
	if came := a.Came(); came != "" {
		text = ": " + came
	}
	switch missing := a.Missing(); {
	case missing != "" && text != "":
		text += "; " + missing
	case missing != "":
		text = ": " + missing
	}
	return text + "."
}

// late adds that the time was over by then.
func late(a providers.Attempt, w providers.Words) providers.Words {
	if a.Late {
		w.Staff += " It came after the time to pay was over."
	}
	return w
}
