package sandbox

// device is one point of sale as the provider knows it.
type device struct{ merchant, id string }

// keyOf is the key that a device signs with: the published one until it
// registers here.
func (b *oxipayBooks) keyOf(d device) string {
	if key, registered := b.keys[d]; registered {
		return key
	}
	return OxipayKey
}

// register answers CreateKey on the server with a ledger. A token that begins
// with 01 counts as issued by the portal; it serves once, whether the answer
// arrives or not, and from then on the device's old key is dead. A token that
// nobody issued is not found.
func (s *Server) register(c *call, v values, r oxipayReply) response {
	books := &s.oxipay
	token := v["x_device_token"]
	switch {
	case books.tokens[token]:
		r.become(keyOutcomes.row("FCRK02"))
	case r.Status == statusSuccess:
		books.tokens[token] = true
		r.Key = s.deviceKey()
		books.keys[device{v["x_merchant_id"], v["x_device_id"]}] = r.Key
	case r.Code == internalError.code:
		r.become(keyOutcomes.row("FCRK01"))
	}
	return r.signed()
}

// deviceKey gives a new signing key of the length and the alphabet of the one
// in the provider's examples; Server.mu is held.
func (s *Server) deviceKey() string {
	const alphabet = "abcdefghijkmnopqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789"
	key := s.random(12)
	for i := range key {
		key[i] = alphabet[int(key[i])%len(alphabet)]
	}
	return string(key)
}

// Receipt is a receipt number that was stored for a sale.
type Receipt struct {
	Provider  string `json:"provider"`  // "oxipay"
	Reference string `json:"reference"` // x_pos_transaction_ref of the sale
	Number    string `json:"number"`
}

// receipt answers SendReceipt on the server with a ledger. A sale may have
// several numbers, and the same pair again succeeds; a number that stands for
// anything else is in use. A refund finds the sale by its numbers and the
// purchase number from then on: see named.
func (s *Server) receipt(c *call, v values, r oxipayReply) response {
	books := &s.oxipay
	reference, number := v["x_pos_transaction_ref"], v["x_receipt_number"]
	sold := books.names[reference]
	switch {
	case sold == nil || sold.Reference != reference || sold.merchant != v["x_merchant_id"]:
		r.become(receiptOutcomes.row("FSER01"))
	case books.names[number] == sold:
		r.become(receiptOutcomes.row("SSER01"))
	case books.names[number] != nil || books.references[number]:
		r.become(receiptOutcomes.row("FSER02"))
	default:
		r.become(receiptOutcomes.row("SSER01"))
		books.names[number], books.references[number] = sold, true
		sold.numbered = true
		books.receipts = append(books.receipts, Receipt{"oxipay", reference, number})
	}
	return r.signed()
}
