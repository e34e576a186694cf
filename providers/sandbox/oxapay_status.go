package sandbox

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/shopspring/decimal"
)

// oxaInvoice is how inquiry and list describe an invoice: nearly everything is
// text, and payDate is the number 0 until somebody pays.
type oxaInvoice struct {
	TrackID        string `json:"trackId"`
	Address        string `json:"address"`
	Amount         string `json:"amount"`
	Currency       string `json:"currency"`
	PayAmount      string `json:"payAmount"`
	PayCurrency    string `json:"payCurrency"`
	Network        string `json:"network"`
	FeePaidByPayer string `json:"feePaidByPayer"`
	UnderPaidCover string `json:"underPaidCover"`
	Email          string `json:"email"`
	OrderID        string `json:"orderId"`
	Description    string `json:"description"`
	Date           string `json:"date"`
	PayDate        any    `json:"payDate"`
	Type           string `json:"type"`
	TxID           string `json:"txID"`
	Status         string `json:"status"`
}

// oxaPage is the answer to list.
type oxaPage struct {
	oxaResult
	Data []oxaInvoice `json:"data"`
	Meta struct {
		Count int `json:"count"`
		Page  int `json:"page"`
		Pages int `json:"pages"`
	} `json:"meta"`
}

var oxaInquiryFields = []field{
	{name: "merchant", required: true, min: 1},
	{name: "trackId", kind: anything, required: true, min: 1},
}

var oxaListFields = []field{
	{name: "merchant", required: true, min: 1},
	{name: "trackId", kind: anything},
	{name: "orderId"},
	{name: "status"},
	{name: "page", kind: whole, max: 6},
	{name: "size", kind: whole, max: 3},
}

// describe is an invoice as it stands now, in OxaPay's words.
func (v *invoice) describe(now time.Time) oxaInvoice {
	st := v.stage(now)
	d := oxaInvoice{
		TrackID: v.ref, Amount: v.amount, Currency: v.currency, PayAmount: "0",
		FeePaidByPayer: v.fee, UnderPaidCover: v.cover.String(),
		Email: v.email, OrderID: v.orderID, Description: v.about,
		Date: strconv.FormatInt(v.created.Unix(), 10), PayDate: 0,
		Type: "payment", Status: string(st),
	}
	if v.chosen {
		d.PayCurrency, d.Network, d.Address = v.paidIn(), "Tron Network", "T"+strings.Repeat("s", 33)
	}
	if v.received.Sign() > 0 {
		d.PayAmount = v.coins(v.received)
		d.TxID = strings.Repeat("0", 56) + v.number
	} else if v.oxa.strange.Sign() > 0 {
		d.PayAmount, d.PayCurrency = v.oxa.strange.String(), oxaStrange
		d.Network, d.TxID = oxaStrange+" Network", strings.Repeat("1", 56)+v.number
	}
	if st == stagePaid {
		d.PayDate = strconv.FormatInt(v.paidAt.Unix(), 10)
	}
	return d
}

// older says that an invoice was made over OxaPay's older API. Neither of the
// two knows what the other one made; whether they really do nobody says.
func (v *invoice) older() bool { return v.provider == "oxapay" && !v.oxa.v1 }

// paidIn is the coin that the customer sends.
func (v *invoice) paidIn() string {
	if listed(oxaFiat, v.currency) {
		return oxaPaidIn
	}
	return v.currency
}

// coins is a sum of the price's currency in the coin that is sent.
func (v *invoice) coins(sum decimal.Decimal) string {
	if listed(oxaFiat, v.currency) {
		return sum.Mul(decimal.NewFromInt(oxaRate)).String()
	}
	return sum.String()
}

func (s *Server) oxaInquiry(c *call) response {
	v, refused := s.oxaRead(c, oxaInquiryFields)
	if refused != nil {
		return *refused
	}
	for _, inv := range s.invoices {
		if inv.older() && inv.ref == v["trackId"] {
			return inv.oxaInquired(c.now)
		}
	}
	return oxaRefuse(oxaTrackID, "")
}

// oxaUndocumentedStatus is in no table.
const oxaUndocumentedStatus = "Frozen"

// oxaInquired answers an inquiry with the invoice.
func (v *invoice) oxaInquired(now time.Time) response {
	inquired := struct {
		oxaResult
		oxaInvoice
	}{oxaResult{oxaOK, oxaMessages[oxaOK]}, v.describe(now)}
	a := jsonAnswer(http.StatusOK, inquired)
	foreign := v.another().describe(now)
	a.other = func(k FaultKind) []byte {
		switch k {
		case UnknownCode:
			inquired.Result = oxaUndocumented
		case UnknownStatus:
			inquired.Status = oxaUndocumentedStatus
		case Foreign:
			inquired.oxaInvoice = foreign
		default:
			return nil
		}
		return encode(inquired)
	}
	return a
}

// oxaList answers the newest first, ten to a page unless asked otherwise.
func (s *Server) oxaList(c *call) response {
	v, refused := s.oxaRead(c, oxaListFields)
	if refused != nil {
		return *refused
	}
	found, foreign := []oxaInvoice{}, []oxaInvoice{}
	for i := len(s.invoices) - 1; i >= 0; i-- {
		inv := s.invoices[i]
		if !inv.older() {
			continue
		}
		d := inv.describe(c.now)
		if fits(v["trackId"], d.TrackID) && fits(v["orderId"], d.OrderID) && fits(v["status"], d.Status) {
			found, foreign = append(found, d), append(foreign, inv.another().describe(c.now))
		}
	}
	page, size := orElse(v["page"], 1), min(orElse(v["size"], 10), 200)
	answer := oxaPage{oxaResult: oxaResult{oxaOK, oxaMessages[oxaOK]}}
	answer.Meta.Count, answer.Meta.Page, answer.Meta.Pages = len(found), page, (len(found)+size-1)/size
	from := min((page-1)*size, len(found))
	to := min(from+size, len(found))
	answer.Data = found[from:to]
	a := jsonAnswer(http.StatusOK, answer)
	a.other = func(k FaultKind) []byte {
		answer.Data = slices.Clone(found[from:to])
		switch k {
		case UnknownCode:
			answer.Result = oxaUndocumented
		case UnknownStatus:
			for i := range answer.Data {
				answer.Data[i].Status = oxaUndocumentedStatus
			}
		case Foreign:
			answer.Data = foreign[from:to]
		default:
			return nil
		}
		return encode(answer)
	}
	return a
}

func fits(wanted, have string) bool { return wanted == "" || strings.EqualFold(wanted, have) }

// orElse reads digits that were checked, or gives the standard for none and 0.
func orElse(digits string, standard int) int {
	if n, err := strconv.Atoi(digits); err == nil && n > 0 {
		return n
	}
	return standard
}
