package sandbox

import (
	"encoding/json"
	"net/http"
	"strconv"
	"time"
)

// The newer API. Every answer is HTTP 200, whatever its envelope says: a client
// that looks at the HTTP status alone is wrong.

// oxaEnvelope is around every answer.
type oxaEnvelope struct {
	Data    any    `json:"data"`
	Message string `json:"message"`
	Error   any    `json:"error"`
	Status  int    `json:"status"`
	Version string `json:"version"`
}

// oxaProblem is what went wrong.
type oxaProblem struct {
	Type    string `json:"type"`
	Key     string `json:"key"`
	Message string `json:"message"`
}

// empty is {}, which is what stands where there is nothing.
type empty struct{}

const oxaVersion = "1.0.0"

var oxaV1CreateFields = []field{
	{name: "amount", kind: number, required: true},
	{name: "currency"},
	{name: "lifetime", kind: whole},
	{name: "fee_paid_by_payer", kind: number},
	{name: "under_paid_coverage", kind: number},
	{name: "to_currency"},
	{name: "auto_withdrawal", kind: truth},
	{name: "mixed_payment", kind: truth},
	{name: "callback_url"},
	{name: "return_url"},
	{name: "email"},
	{name: "order_id"},
	{name: "thanks_message"},
	{name: "description"},
	{name: "sandbox", kind: truth},
}

// oxaOlder are v1's names in the older API's words, by which both are checked.
var oxaOlder = map[string]string{
	"lifetime": "lifeTime", "fee_paid_by_payer": "feePaidByPayer", "under_paid_coverage": "underPaidCover",
	"callback_url": "callbackUrl", "return_url": "returnUrl", "order_id": "orderId",
}

// oxaV1Made is the data of an answer to a create.
type oxaV1Made struct {
	TrackID    string `json:"track_id"`
	PaymentURL string `json:"payment_url"`
	ExpiredAt  int64  `json:"expired_at"`
	Date       int64  `json:"date"`
}

// oxaV1Tx is one payment as it is described to whoever asks.
type oxaV1Tx struct {
	TxHash        string      `json:"tx_hash"`
	Amount        json.Number `json:"amount"`
	Currency      string      `json:"currency"`
	Network       string      `json:"network"`
	Address       string      `json:"address"`
	Status        string      `json:"status"`
	Confirmations int         `json:"confirmations"`
	AutoConvert   any         `json:"auto_convert"`
	Date          int64       `json:"date"`
}

// oxaV1Payment is the data of a payment: amounts and dates are numbers here.
type oxaV1Payment struct {
	TrackID        string      `json:"track_id"`
	Type           string      `json:"type"`
	Amount         json.Number `json:"amount"`
	Currency       string      `json:"currency"`
	Status         string      `json:"status"`
	MixedPayment   bool        `json:"mixed_payment"`
	FeePaidByPayer json.Number `json:"fee_paid_by_payer"`
	UnderPaidCover json.Number `json:"under_paid_coverage"`
	Lifetime       int         `json:"lifetime"`
	CallbackURL    string      `json:"callback_url"`
	Email          string      `json:"email"`
	OrderID        string      `json:"order_id"`
	Description    string      `json:"description"`
	ExpiredAt      int64       `json:"expired_at"`
	Date           int64       `json:"date"`
	Txs            []oxaV1Tx   `json:"txs"`
}

const (
	oxaV1CreatePath  = "/oxapay/v1/payment/invoice"
	oxaV1CoinsPath   = "/oxapay/v1/payment/accepted-currencies"
	oxaV1PaymentPath = "/oxapay/v1/payment/" // and the track_id
)

func (s *Server) addOxaPayV1() {
	s.add("oxapay.v1-create", http.MethodPost, oxaV1CreatePath, s.oxaV1Create)
	s.add("oxapay.v1-payment", http.MethodGet, oxaV1PaymentPath, s.oxaV1Payment)
	s.add("oxapay.v1-coins", http.MethodGet, oxaV1CoinsPath, s.oxaV1Coins)
}

func oxaV1Done(data, noError any) oxaEnvelope {
	return oxaEnvelope{data, "Operation completed successfully!", noError, http.StatusOK, oxaVersion}
}

func oxaV1Refuse(status int, kind, key, why string) response {
	return jsonAnswer(http.StatusOK, oxaEnvelope{empty{}, "The request was not accepted.", oxaProblem{kind, key, why}, status, oxaVersion})
}

// oxaV1Key is nil for a request with the merchant's key in its header.
func oxaV1Key(c *call) *response {
	if given := c.header.Values("merchant_api_key"); len(given) == 1 && given[0] == OxaPayMerchant {
		return nil
	}
	r := oxaV1Refuse(http.StatusUnauthorized, "unauthorized", "invalid_merchant_api_key", "The merchant API key is invalid.")
	return &r
}

func (s *Server) oxaV1Create(c *call) response {
	if refused := oxaV1Key(c); refused != nil {
		return *refused
	}
	bad := func(key, why string) response {
		return oxaV1Refuse(http.StatusBadRequest, "invalid_request", key, why)
	}
	object, err := parseObject(c.body)
	if err != nil {
		return bad("validation", "The request is not a JSON object.")
	}
	given, p := s.read(oxaV1CreateFields, object)
	if p != nil {
		return bad(p.field, p.String()+".")
	}
	v := values{}
	for name, value := range given {
		if older := oxaOlder[name]; older != "" {
			name = older
		}
		v[name] = value
	}
	if code, why := s.oxaComplete(v); code != oxaOK {
		return bad("code_"+strconv.Itoa(code), why)
	}
	number := s.digits(9)
	inv := s.oxaMade(c, v, number)
	inv.oxa.v1, inv.topUp = true, true
	return inv.oxaV1Made(c)
}

// oxaV1Made answers a create with the invoice.
func (v *invoice) oxaV1Made(c *call) response {
	made := func(v *invoice) oxaEnvelope {
		return oxaV1Done(oxaV1Made{v.ref, c.origin + "/p/" + v.number, v.expires.Unix(), v.created.Unix()}, empty{})
	}
	told := made(v)
	a := jsonAnswer(http.StatusOK, told)
	foreign := encode(made(v.another()))
	a.other = func(k FaultKind) []byte {
		switch k {
		case UnknownCode:
			told.Status = oxaUndocumented
			return encode(told)
		case Foreign:
			return foreign
		}
		return nil
	}
	return a
}

func (s *Server) oxaV1Payment(c *call) response {
	if refused := oxaV1Key(c); refused != nil {
		return *refused
	}
	for _, inv := range s.invoices {
		if inv.provider == "oxapay" && inv.oxa.v1 && oxaV1PaymentPath+inv.ref == c.path {
			return inv.oxaV1Payment(c.now)
		}
	}
	return oxaV1Refuse(http.StatusNotFound, "not_found", "invalid_track_id", "There is no such payment.")
}

// oxaV1Payment answers the question with the invoice.
func (v *invoice) oxaV1Payment(now time.Time) response {
	payment := v.oxaV1(now)
	told := oxaV1Done(payment, nil)
	a := jsonAnswer(http.StatusOK, told)
	foreign := encode(oxaV1Done(v.another().oxaV1(now), nil))
	a.other = func(k FaultKind) []byte {
		switch k {
		case UnknownCode:
			told.Status = oxaUndocumented
		case UnknownStatus:
			payment.Status = oxaUndocumentedStatus
			told.Data = payment
		case Foreign:
			return foreign
		default:
			return nil
		}
		return encode(told)
	}
	return a
}

// oxaV1 is an invoice as it stands now, in the words of v1.
func (v *invoice) oxaV1(now time.Time) oxaV1Payment {
	p := oxaV1Payment{
		TrackID: v.ref, Type: "invoice", Amount: json.Number(v.price.String()), Currency: v.currency, Status: v.v1Status(now),
		FeePaidByPayer: json.Number(v.fee), UnderPaidCover: json.Number(v.cover.String()),
		Lifetime: int(v.expires.Sub(v.created).Minutes()), CallbackURL: v.oxa.callback, Email: v.email,
		OrderID: v.orderID, Description: v.about, ExpiredAt: v.expires.Unix(), Date: v.created.Unix(), Txs: []oxaV1Tx{},
	}
	add := func(amount json.Number, coin string, onItsWay bool) {
		status, confirmations := "confirmed", 21
		if onItsWay {
			status, confirmations = "confirming", 0
		}
		hash := v.number + strconv.Itoa(len(p.Txs))
		p.Txs = append(p.Txs, oxaV1Tx{hash, amount, coin, coin + " Network", "T" + hash, status, confirmations, empty{}, v.paidAt.Unix()})
	}
	for i, sum := range v.oxa.payments { // the newest is the one that is not safe yet
		add(json.Number(v.coins(sum)), v.paidIn(), v.stage(now) == stageConfirming && i == len(v.oxa.payments)-1)
	}
	if v.oxa.strange.Sign() > 0 {
		add(json.Number(v.oxa.strange.String()), oxaStrange, false)
	}
	return p
}

func (s *Server) oxaV1Coins(c *call) response {
	if refused := oxaV1Key(c); refused != nil {
		return *refused
	}
	list := func(coins []string) oxaEnvelope { return oxaV1Done(map[string][]string{"list": coins}, empty{}) }
	told := list(oxaTaken)
	a := jsonAnswer(http.StatusOK, told)
	a.other = func(k FaultKind) []byte {
		switch k {
		case UnknownCode:
			told.Status = oxaUndocumented
		case Foreign:
			told = list(oxaTakenElsewhere)
		default:
			return nil
		}
		return encode(told)
	}
	return a
}
