package providers

// CheckPositive accepts an amount above zero that every provider's field holds.
func (a Amount) CheckPositive() error {
	if a.Minor < 1 || a.Minor > MaxMinor {
		return Invalid("amount", "the amount must be above zero and have at most 12 digits", "type the amount")
	}
	return nil
}

// CheckInvoice checks what every invoice needs, whoever makes it: its kind, a
// reference and a description that come back unchanged, and a price.
func (o Order) CheckInvoice(p Provider) error {
	if o.Kind != Invoice {
		return Invalid("kind", p.Title()+" makes invoices and nothing else", "choose a crypto invoice")
	}
	if o.Reference == "" || !PlainText(o.Reference) {
		return Invalid("reference", "the reference is empty or has characters that cannot be sent", "letters, digits and dashes")
	}
	if !PlainText(o.Description) {
		return Invalid("description", "the description has characters that cannot be sent", "one line of text")
	}
	return o.Amount.CheckPositive()
}
