package sandbox

import (
	"encoding/json"
	"strings"
	"time"
)

// OxaPay reports to callbackUrl what became of an invoice: the older API each
// step after the choice of a coin, v1 only paying and paid.

// oxaV1Report is what v1 posts.
type oxaV1Report struct {
	TrackID        string        `json:"track_id"`
	Status         string        `json:"status"`
	Type           string        `json:"type"`
	ModuleName     string        `json:"module_name"`
	Amount         json.Number   `json:"amount"`
	Value          json.Number   `json:"value"`
	SentValue      json.Number   `json:"sent_value"`
	Currency       string        `json:"currency"`
	OrderID        string        `json:"order_id"`
	Email          string        `json:"email"`
	Note           string        `json:"note"`
	FeePaidByPayer json.Number   `json:"fee_paid_by_payer"`
	UnderPaidCover json.Number   `json:"under_paid_coverage"`
	Description    string        `json:"description"`
	Date           int64         `json:"date"`
	Txs            []oxaReportTx `json:"txs"`
}

// oxaReportTx is one payment as a report describes it.
type oxaReportTx struct {
	Status         string      `json:"status"`
	TxHash         string      `json:"tx_hash"`
	SentAmount     json.Number `json:"sent_amount"`
	ReceivedAmount json.Number `json:"received_amount"`
	Value          json.Number `json:"value"`
	SentValue      json.Number `json:"sent_value"`
	Currency       string      `json:"currency"`
	Network        string      `json:"network"`
	Address        string      `json:"address"`
	Confirmations  int         `json:"confirmations"`
	Date           int64       `json:"date"`
}

// oxaReport tells the shop's callbackUrl what is new about an invoice that was
// just touched. mu is held.
func (s *Server) oxaReport(v *invoice, now time.Time) {
	if s.oxaNote(v, now) {
		go s.deliver()
	}
	if wait := v.safeAt.Sub(now); v.received.Sign() > 0 && !v.byHand && wait > 0 {
		s.lookAgain(wait)
	}
}

// oxaNote queues what is new about an invoice, and says whether anything is. A
// sandbox reaches no other machine. mu is held.
func (s *Server) oxaNote(v *invoice, now time.Time) (news bool) {
	if v.provider != "oxapay" || !onThisMachine(v.oxa.callback) {
		return false
	}
	for _, status := range v.oxaNews(now) {
		body := v.oxaReportBody(status, now)
		s.courier.queue(parcel{
			Callback: Callback{URL: v.oxa.callback, Body: body, MAC: oxaMAC(body, OxaPayMerchant)},
			due:      now,
			other:    v.oxaOther(now),
		})
		news = true
	}
	return news
}

// oxaFollow looks at a new invoice again when time alone changes it. mu is held.
func (s *Server) oxaFollow(v *invoice) {
	if !onThisMachine(v.oxa.callback) {
		return
	}
	s.lookAgain(v.expires.Sub(v.created))
	for step := range 3 {
		if v.auto > 0 {
			s.lookAgain(time.Duration(step+1) * v.auto)
		}
	}
}

// oxaNews are the statuses that nobody was told of yet. Money is always reported
// on its way first.
func (v *invoice) oxaNews(now time.Time) []string {
	status, first := string(v.stage(now)), string(stageConfirming)
	if v.oxa.v1 {
		status, first = v.v1Status(now), string(stagePaying)
		if status != first && status != "paid" {
			return nil
		}
	}
	if status == v.oxa.told {
		return nil
	}
	news := []string{status}
	if paid := strings.EqualFold(status, string(stagePaid)); paid && v.oxa.told != first {
		news = []string{first, status}
	}
	v.oxa.told = status
	return news
}

// oxaReportBody is the report in the words of the API that made the invoice;
// v1 writes its statuses large here, and small where it is asked.
func (v *invoice) oxaReportBody(status string, now time.Time) []byte {
	if !v.oxa.v1 {
		d := v.describe(now)
		d.Status, d.Type = status, "invoice"
		return encode(d)
	}
	p := v.oxaV1(now)
	price := json.Number(v.price.String())
	r := oxaV1Report{
		TrackID: v.ref, Status: strings.ToUpper(status[:1]) + status[1:], Type: "invoice", Amount: price, Value: price,
		SentValue: json.Number(v.received.String()), Currency: v.currency, OrderID: v.orderID, Email: v.email,
		FeePaidByPayer: p.FeePaidByPayer, UnderPaidCover: p.UnderPaidCover, Description: v.about, Date: v.created.Unix(), Txs: []oxaReportTx{},
	}
	for _, tx := range p.Txs {
		r.Txs = append(r.Txs, oxaReportTx{tx.Status, tx.TxHash, tx.Amount, tx.Amount, "0", "0", tx.Currency, tx.Network, tx.Address, tx.Confirmations, tx.Date})
	}
	return encode(r)
}

// oxaOther gives the report as a fault makes it.
func (v *invoice) oxaOther(now time.Time) func(FaultKind) []byte {
	strange, foreign := v.oxaReportBody(oxaUndocumentedStatus, now), v.another().oxaReportBody("Paid", now)
	return func(k FaultKind) []byte {
		switch k {
		case UnknownStatus:
			return strange
		case Foreign:
			return foreign
		}
		return nil
	}
}
