package sandbox

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"strconv"
	"time"
)

// firstDebit is how long after the sale the customer pays the first instalment.
const firstDebit = 14 * 24 * time.Hour

// oxipayBooks is what the server with a ledger remembers.
type oxipayBooks struct {
	answers map[[sha256.Size]byte]*booked // of authorisations, by the whole body
	codes   map[string]bool               // burnt, without 6199
	// references are used up: of sales, refunds and reversals, whatever they
	// were answered, and receipt numbers.
	references map[string]bool
	approvals  []*sale
	names      map[string]*sale // by reference, purchase number and receipt number
	refunds    []*refund
	receipts   []Receipt
	tokens     map[string]bool   // burnt
	keys       map[device]string // of devices that were registered here
}

// sale is an approval, and what has gone back of it.
type sale struct {
	Entry
	merchant string
	// cents is what can go back: the financed part, since Oxipay never had more.
	cents, returned int64
	// numbered: a receipt number is stored, which has taken the reference's place.
	numbered bool
}

// booked is an answer that identical bytes get again.
type booked struct {
	answer response
	sale   *sale // nil unless it is an approval
	// asks is how often more the answer stays as it is, before later gives the
	// next one; later is nil where it stays for ever.
	asks  int
	later func(*call) (response, *sale)
}

func newOxipayBooks() oxipayBooks {
	return oxipayBooks{
		answers:    map[[sha256.Size]byte]*booked{},
		codes:      map[string]bool{},
		references: map[string]bool{},
		names:      map[string]*sale{},
		tokens:     map[string]bool{},
		keys:       map[device]string{},
	}
}

// authorise answers on the server with a ledger. The byte-identical request
// gets its first answer again, or how it stands by then. Otherwise a code
// counts as used from the first request that brought it, whatever that one was
// answered, and so does a reference; a request with the same MAC but other
// bytes counts as another.
func (s *Server) authorise(c *call, v values, r oxipayReply) response {
	books := &s.oxipay
	id := sha256.Sum256(c.body)
	if b := books.answers[id]; b != nil && !c.forgotten {
		return b.again(c)
	}
	b := &booked{}
	code, reference := bareCode(v["x_pre_approval_code"]), v["x_pos_transaction_ref"]
	confirms := s.confirmation(code)
	switch {
	case books.codes[code]:
		r.become(codeUsed)
	case books.references[reference]:
		r.become(referenceUsed)
	case confirms != nil:
		decided := r
		b.asks, b.later = confirms.asks, func(c *call) (response, *sale) { return s.confirmed(c, v, decided, confirms) }
		r.become(toConfirm)
		r.RetryDuration = confirmPause
	case r.Status == statusSuccess:
		b.sale = s.approve(c, v, &r)
	}
	books.codes[code] = true
	books.references[reference] = true
	b.answer = r.signed()
	if books.answers[id] == nil { // a forgotten call does not change what is remembered
		books.answers[id] = b
	}
	return b.answer
}

// again is the answer to the same bytes once more.
func (b *booked) again(c *call) response {
	if b.later != nil {
		if b.asks--; b.asks <= 0 {
			b.answer, b.sale = b.later(c)
			b.later = nil
			return b.answer
		}
	}
	if b.sale != nil {
		b.sale.Answers++
	}
	return b.answer
}

// approve takes the money and writes it down.
func (s *Server) approve(c *call, v values, r *oxipayReply) *sale {
	r.approve(c.now, s.digits(8))
	reference := v["x_pos_transaction_ref"]
	cents, _ := strconv.ParseInt(v["x_finance_amount"], 10, 64) // the digits were checked before
	sold := &sale{Entry: Entry{
		Provider: "oxipay", Reference: reference, ProviderRef: r.PurchaseNumber,
		Amount: centsText(v["x_purchase_amount"]), Answers: 1,
	}, merchant: v["x_merchant_id"], cents: cents}
	s.oxipay.approvals = append(s.oxipay.approvals, sold)
	s.oxipay.names[reference], s.oxipay.names[r.PurchaseNumber] = sold, sold
	return sold
}

// approveOnDummy approves without remembering: the purchase number comes from
// the bytes of the request, so that the same request gets the same one and
// another request gets another.
func approveOnDummy(c *call, _ values, r *oxipayReply) {
	sum := sha256.Sum256(c.body)
	r.approve(c.now, fmt.Sprintf("9%011d", binary.BigEndian.Uint64(sum[:8])%1e11))
}

func (r *oxipayReply) approve(now time.Time, purchaseNumber string) {
	r.PurchaseNumber = purchaseNumber
	r.Message += " " + now.Add(firstDebit).Format("2 January")
}

// become gives the reply another outcome.
func (r *oxipayReply) become(o outcome) {
	r.Status, r.Code, r.Message = o.status, o.code, o.message
}

// centsText writes whole cents in major units. The digits were checked before.
func centsText(digits string) string {
	cents, err := strconv.ParseInt(digits, 10, 64)
	if err != nil {
		return digits
	}
	return fmt.Sprintf("%d.%02d", cents/100, cents%100)
}
