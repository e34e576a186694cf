package sandbox

import (
	"strconv"
	"strings"
)

// Refunded is money that really went back, once. A refund that was made twice
// has two entries.
type Refunded struct {
	Provider    string `json:"provider"`     // "oxipay"
	Reference   string `json:"reference"`    // x_pos_transaction_ref of the refund
	Sale        string `json:"sale"`         // of the sale
	ProviderRef string `json:"provider_ref"` // x_purchase_number of the sale
	Amount      string `json:"amount"`       // decimal text in major units
	// UndoneBy is the x_pos_transaction_ref of the reversal that took it back;
	// empty while the refund stands.
	UndoneBy string `json:"undone_by"`
}

// refund is an approved one as the books have it.
type refund struct {
	Refunded
	signature string // of its request, in lower case
	of        *sale
	cents     int64
}

// refund answers ProcessSalesAdjustment on the server with a ledger. A
// reference is used up by the first request that brings it, and not even
// identical bytes are known again: whether they are, is not documented, and
// this is the harder reading. So is that a sale is looked for before anything
// else, and no longer under its reference once a receipt number is stored.
func (s *Server) refund(c *call, v values, r oxipayReply) response {
	books := &s.oxipay
	reference, sold := v["x_pos_transaction_ref"], books.named(v["x_purchase_ref"])
	cents, _ := strconv.ParseInt(v["x_amount"], 10, 64) // the digits were checked before
	known := books.references[reference]
	books.references[reference] = true
	switch {
	case sold == nil:
		r.become(refundOutcomes.row("FPSA01"))
	case known:
		r.become(refundOutcomes.row("FPSA08"))
	case cents == 0:
		r.become(refundOutcomes.row("FPSA09"))
	case sold.merchant != v["x_merchant_id"]:
		r.become(refundOutcomes.row("FPSA07"))
	case sold.returned == sold.cents:
		r.become(refundOutcomes.row("FPSA03"))
	case cents > sold.cents-sold.returned:
		r.become(refundOutcomes.row("FPSA04"))
	default:
		r.become(refundOutcomes.row("SPSA01"))
		sold.returned += cents
		books.refunds = append(books.refunds, &refund{
			Refunded: Refunded{
				Provider: "oxipay", Reference: reference, Sale: sold.Reference,
				ProviderRef: sold.ProviderRef, Amount: centsText(v["x_amount"]),
			},
			signature: strings.ToLower(v["signature"]), of: sold, cents: cents,
		})
	}
	return r.signed()
}

// named gives the sale that a refund can name so, nil if there is none.
func (b *oxipayBooks) named(name string) *sale {
	sold := b.names[name]
	if sold != nil && sold.numbered && name == sold.Reference {
		return nil
	}
	return sold
}

// undo answers ProcessSalesAdjustmentReversal on the server with a ledger. The
// refund is known by the signature of its request, in either case of its digits.
func (s *Server) undo(c *call, v values, r oxipayReply) response {
	books := &s.oxipay
	reference, made := v["x_pos_transaction_ref"], books.refundSigned(v["x_adjustment_signature"])
	known := books.references[reference]
	books.references[reference] = true
	switch {
	case known, made != nil && made.UndoneBy != "":
		r.become(undoOutcomes.row("FPAR08"))
	case made == nil:
		r.become(undoOutcomes.row("FPAR01"))
	case made.of.merchant != v["x_merchant_id"]:
		r.become(undoOutcomes.row("FPAR07"))
	default:
		r.become(undoOutcomes.row("SPAR01"))
		made.of.returned -= made.cents
		made.UndoneBy = reference
	}
	return r.signed()
}

func (b *oxipayBooks) refundSigned(signature string) *refund {
	for _, made := range b.refunds {
		if made.signature == strings.ToLower(signature) {
			return made
		}
	}
	return nil
}

// Refunds gives every refund that was really made, those that were undone
// included; the dummy's are not among them.
func (s *Server) Refunds() []Refunded {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.oxipay.refunded()
}

// refunded is Refunds; Server.mu is held.
func (b *oxipayBooks) refunded() []Refunded {
	all := []Refunded{}
	for _, made := range b.refunds {
		all = append(all, made.Refunded)
	}
	return all
}
