package sandbox

import (
	"bytes"
	"net/http"
	"time"

	"github.com/shopspring/decimal"
)

// The most that is kept of what came: requests, and bytes of their bodies.
const (
	maxRecorded      = 1000
	maxRecordedBytes = 16 << 20
)

// Recorded is one call as it came, before anything was made of it.
type Recorded struct {
	At     time.Time
	Method string
	Path   string // as sent, not cleaned
	Query  string
	Header http.Header
	Body   []byte
}

// recorder keeps the newest calls.
type recorder struct {
	kept  []Recorded
	bytes int
}

func (k *recorder) add(r Recorded) {
	k.kept = append(k.kept, r)
	k.bytes += len(r.Body)
	for len(k.kept) > maxRecorded || len(k.kept) > 1 && k.bytes > maxRecordedBytes {
		k.bytes -= len(k.kept[0].Body)
		k.kept = k.kept[1:]
	}
}

// Requests gives the newest calls of the providers' APIs, oldest first (at
// most 1,000, and 16 MiB of bodies). The pages for people are not among them.
func (s *Server) Requests() []Recorded {
	s.mu.Lock()
	defer s.mu.Unlock()
	all := make([]Recorded, len(s.requests.kept))
	for i, r := range s.requests.kept {
		r.Header = r.Header.Clone()
		r.Body = bytes.Clone(r.Body)
		all[i] = r
	}
	return all
}

// Entry is one approval: money that was really taken, once. A reference that
// was charged twice has two entries.
type Entry struct {
	Provider    string // "oxipay", "oxapay", "xaigate" or "payneteasy"
	Reference   string // x_pos_transaction_ref or orderId; empty for a transfer
	ProviderRef string // x_purchase_number, trackId, invoiceNo or invoiceId
	// Amount is decimal text in major units with at least two decimals: what
	// was taken, not what was asked (for Oxipay the whole purchase).
	Amount   string
	Currency string // empty for Oxipay, whose calls name none
	// Answers is how often the approval was told or would have been, lost
	// answers included; only Oxipay's approvals are counted.
	Answers int
}

// Ledger gives everything that was approved so far, for comparison with the
// counter's books: Oxipay's approvals (not the dummy's, which remembers
// nothing), paid invoices, approved transfers.
func (s *Server) Ledger() []Entry {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := s.options.Now()
	entries := []Entry{}
	for _, e := range s.oxipay.approvals {
		entries = append(entries, *e)
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

func moneyText(sum decimal.Decimal) string {
	return sum.StringFixed(max(2, -sum.Exponent()))
}
