package sandbox

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/shopspring/decimal"
)

// Entry is one approval: money that was really taken, once. A reference that
// was charged twice has two entries.
type Entry struct {
	Provider    string `json:"provider"`     // "oxipay", "oxapay", "xaigate" or "payneteasy"
	Reference   string `json:"reference"`    // x_pos_transaction_ref or orderId; empty for a transfer
	ProviderRef string `json:"provider_ref"` // x_purchase_number, trackId, invoiceNo or invoiceId
	// Amount is decimal text in major units with at least two decimals: what
	// was taken, not what was asked (for Oxipay the whole purchase).
	Amount   string `json:"amount"`
	Currency string `json:"currency"` // empty for Oxipay, whose calls name none
	// Answers is how often the approval was told or would have been, lost
	// answers included; only Oxipay's approvals are counted.
	Answers int `json:"answers"`
}

// Ledger gives everything that was approved so far, for comparison with the
// counter's books: Oxipay's approvals (not the dummy's, which remembers
// nothing), paid invoices, approved transfers.
func (s *Server) Ledger() []Entry {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.approvals(s.options.Now())
}

// approvals is Ledger at a time; mu is held.
func (s *Server) approvals(now time.Time) []Entry {
	entries := []Entry{}
	for _, e := range s.oxipay.approvals {
		entries = append(entries, e.Entry)
	}
	for _, v := range s.invoices {
		if v.stage(now) == stagePaid {
			entries = append(entries, Entry{v.provider, v.orderID, v.ref, moneyText(v.received), v.currency, 0})
		}
	}
	for _, t := range s.handed {
		if t.state == transferApproved {
			entries = append(entries, Entry{"payneteasy", "", t.invoiceID, t.amount, t.currency, 0})
		}
	}
	return entries
}

// Begun is one invoice or transfer that was created, paid or not.
type Begun struct {
	Provider    string `json:"provider"`
	Reference   string `json:"reference"` // orderId; empty for a transfer
	ProviderRef string `json:"provider_ref"`
	Amount      string `json:"amount"`   // what was asked, decimal text in major units
	Received    string `json:"received"` // what the customer has sent so far
	Currency    string `json:"currency"`
	// State is New, Waiting, Confirming, Paid, Expired or Deleted for an invoice, and
	// pending, approved or declined for a transfer.
	State string `json:"state"`
}

// Books are everything that the four providers know at one moment, for
// comparison with a counter's own books. /ledger.json answers them.
type Books struct {
	Approvals []Entry    `json:"approvals"` // as Ledger gives them
	Refunds   []Refunded `json:"refunds"`   // as Refunds gives them
	Receipts  []Receipt  `json:"receipts"`  // receipt numbers that were stored
	Begun     []Begun    `json:"begun"`     // invoices, then transfers, in the order of their creation
	Calls     []Tally    `json:"calls"`     // every different request, in the order of its first coming
}

// Books gives the providers' books; with a reference only what bears it.
func (s *Server) Books(reference string) Books {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := s.options.Now()
	b := Books{
		Approvals: s.approvals(now), Refunds: s.oxipay.refunded(), Receipts: append([]Receipt{}, s.oxipay.receipts...),
		Begun: []Begun{}, Calls: s.tally.all(),
	}
	for _, v := range s.invoices {
		b.Begun = append(b.Begun, Begun{v.provider, v.orderID, v.ref, moneyText(v.price), moneyText(v.received), v.currency, string(v.stage(now))})
	}
	for _, t := range s.handed {
		received := "0.00"
		if t.state == transferApproved {
			received = t.amount
		}
		b.Begun = append(b.Begun, Begun{"payneteasy", "", t.invoiceID, t.amount, received, t.currency, t.state})
	}
	if reference != "" {
		b.Approvals = slices.DeleteFunc(b.Approvals, func(e Entry) bool { return e.Reference != reference })
		b.Refunds = slices.DeleteFunc(b.Refunds, func(r Refunded) bool {
			return r.Sale != reference && r.Reference != reference && r.UndoneBy != reference
		})
		b.Receipts = slices.DeleteFunc(b.Receipts, func(r Receipt) bool { return r.Reference != reference })
		b.Begun = slices.DeleteFunc(b.Begun, func(v Begun) bool { return v.Reference != reference })
		b.Calls = slices.DeleteFunc(b.Calls, func(c Tally) bool { return c.Reference != reference })
	}
	return b
}

// lines are the books for a person: the money that was taken, what went back of
// it, then what was begun and is not paid.
func (b Books) lines() []Line {
	lines := []Line{}
	for _, e := range b.Approvals {
		value := e.Amount + " " + e.Currency + " taken, " + e.ProviderRef
		if e.Provider == "oxipay" {
			value = e.Amount + " taken, purchase " + e.ProviderRef + ", told " + strconv.Itoa(e.Answers) + " ×"
		}
		lines = append(lines, Line{strings.TrimSpace(e.Provider + " " + e.Reference), value})
	}
	for _, r := range b.Refunds {
		value := r.Amount + " refunded of " + r.Sale
		if r.UndoneBy != "" {
			value += ", and undone"
		}
		lines = append(lines, Line{r.Provider + " " + r.Reference, value})
	}
	for _, v := range b.Begun {
		if v.State != string(stagePaid) && v.State != transferApproved {
			lines = append(lines, Line{strings.TrimSpace(v.Provider + " " + v.Reference), v.Amount + " " + v.Currency + " " + v.State + ", " + v.Received + " received"})
		}
	}
	return lines
}

func moneyText(sum decimal.Decimal) string {
	return sum.StringFixed(max(2, -sum.Exponent()))
}
