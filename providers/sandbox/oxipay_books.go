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
	answers    map[[sha256.Size]byte]*booked // by the whole body
	codes      map[string]bool               // burnt, without 6199
	references map[string]bool
	approvals  []*Entry
}

// booked is an answer that identical bytes get again.
type booked struct {
	answer response
	entry  *Entry // nil unless it is an approval
}

func newOxipayBooks() oxipayBooks {
	return oxipayBooks{
		answers:    map[[sha256.Size]byte]*booked{},
		codes:      map[string]bool{},
		references: map[string]bool{},
	}
}

// authorise answers on the server with a ledger. The byte-identical request
// gets its first answer again. Otherwise a code counts as used from the first
// request that brought it, whatever that one was answered, and so does a
// reference; a request with the same MAC but other bytes counts as another.
func (s *Server) authorise(c *call, v values, r oxipayReply) response {
	books := &s.oxipay
	id := sha256.Sum256(c.body)
	if b := books.answers[id]; b != nil && !c.forgotten {
		if b.entry != nil {
			b.entry.Answers++
		}
		return b.answer
	}
	b := &booked{}
	code, reference := bareCode(v["x_pre_approval_code"]), v["x_pos_transaction_ref"]
	switch {
	case books.codes[code]:
		r.fail(codeUsed)
	case books.references[reference]:
		r.fail(referenceUsed)
	case r.Status == statusSuccess:
		r.approve(c.now, s.digits(8))
		b.entry = &Entry{
			Provider: "oxipay", Reference: reference, ProviderRef: r.PurchaseNumber,
			Amount: centsText(v["x_purchase_amount"]), Answers: 1,
		}
		books.approvals = append(books.approvals, b.entry)
	}
	books.codes[code] = true
	books.references[reference] = true
	b.answer = r.signed()
	if books.answers[id] == nil { // a forgotten call does not change what is remembered
		books.answers[id] = b
	}
	return b.answer
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

func (r *oxipayReply) fail(o outcome) {
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
