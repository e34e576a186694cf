package sandbox

import (
	"encoding/json"
	"net/http"
	"time"

	"github.com/shopspring/decimal"
)

// xaiLifeMinutes is how long an invoice can be paid; nobody can ask for another
// time.
const xaiLifeMinutes = 60

// Currencies: the seed page documents two; two more are in plugins only, so a
// strict sandbox does not know them.
const (
	xaiCurrencies        = " USD EUR "
	xaiLenientCurrencies = " USD EUR GBP RUB "
)

// xaiCreateFields is the seed page's table. Its example sends amount as a
// number; the table says string, and the table is what is demanded.
var xaiCreateFields = []field{
	{name: "apiKey", required: true, min: 1},
	{name: "orderId", required: true, min: 1},
	{name: "amount", required: true, min: 1},
	{name: "currency", required: true, min: 1},
	{name: "email", required: true, min: 1},
	{name: "shopName"},
	{name: "description"},
	{name: "successUrl"},
	{name: "failUrl"},
	{name: "notifyUrl"},
}

var xaiInfoFields = []field{
	{name: "apiKey", required: true, min: 1},
	{name: "invoiceNo", required: true, min: 1},
}

// xaiInvoice answers create and info.
type xaiInvoice struct {
	InvoiceNo   string `json:"invoiceNo"`
	Amount      string `json:"amount"`
	PaidAmount  string `json:"paidAmount"`
	ToEmail     string `json:"toEmail"`
	ToName      string `json:"toName"`
	Expiry      int    `json:"expiry"`
	Description string `json:"description"`
	Status      string `json:"status"`
	PayURL      string `json:"payUrl"`
	Currency    string `json:"currency"`
	ShopName    string `json:"shopName"`
	OrderID     any    `json:"orderId"`
	CreatedAt   string `json:"createdAt"`
	UpdatedAt   string `json:"updatedAt"`
	SuccessURL  string `json:"successUrl"`
	FailURL     string `json:"failUrl"`
	NotifyURL   string `json:"notifyUrl"`
}

func (s *Server) addXaiGate() {
	s.add("xaigate.create", http.MethodPost, "/xaigate/api/v1/invoice/create", s.xaiCreate)
	s.add("xaigate.info", http.MethodPost, "/xaigate/api/v1/invoice/info", s.xaiInfo)
}

// xaiRefuse is a refusal; its form is documented nowhere.
func xaiRefuse(status int, why string) response {
	return jsonAnswer(status, struct {
		StatusCode int    `json:"statusCode"`
		Message    string `json:"message"`
	}{status, why})
}

func (s *Server) xaiRead(c *call, fields []field) (v values, refused *response) {
	refuse := func(status int, why string) (values, *response) {
		r := xaiRefuse(status, why)
		return nil, &r
	}
	object, err := parseObject(c.body)
	if err != nil {
		return refuse(http.StatusBadRequest, "The request is not a JSON object")
	}
	v, p := s.read(fields, object)
	if p != nil {
		return refuse(http.StatusBadRequest, p.String())
	}
	if v["apiKey"] != XaiGateKey {
		return refuse(http.StatusUnauthorized, "Invalid apiKey")
	}
	return v, nil
}

func (s *Server) xaiCreate(c *call) response {
	v, refused := s.xaiRead(c, xaiCreateFields)
	if refused != nil {
		return *refused
	}
	if why := s.xaiCheck(v); why != "" {
		return xaiRefuse(http.StatusBadRequest, why)
	}
	number := s.digits(8)
	inv := &invoice{
		provider: "xaigate", number: number, ref: "INV" + number, orderID: v["orderId"],
		price: decimal.RequireFromString(v["amount"]), amount: v["amount"], currency: v["currency"],
		email: v["email"], shop: v["shopName"], about: v["description"],
		links:   map[string]string{"successUrl": v["successUrl"], "failUrl": v["failUrl"], "notifyUrl": v["notifyUrl"]},
		created: c.now, expires: c.now.Add(xaiLifeMinutes * time.Minute), auto: s.options.AutoStep, topUp: true,
	}
	s.invoices = append(s.invoices, inv)
	return inv.xaiAnswer(c)
}

// xaiUndocumented is a status that no page lists.
const xaiUndocumented = "Frozen"

// xaiAnswer answers create and info with the invoice.
func (v *invoice) xaiAnswer(c *call) response {
	told := v.xai(c)
	a := jsonAnswer(http.StatusOK, told)
	foreign := v.another().xai(c)
	a.other = func(k FaultKind) []byte {
		switch k {
		case UnknownStatus:
			told.Status = xaiUndocumented
			return encode(told)
		case Foreign:
			return encode(foreign)
		}
		return nil
	}
	return a
}

func (s *Server) xaiCheck(v values) string {
	if !plainDecimal(v["amount"]) {
		return "amount must be a number in text"
	}
	currencies := xaiCurrencies
	if s.options.Lenient {
		currencies = xaiLenientCurrencies
	}
	amount := decimal.RequireFromString(v["amount"])
	switch {
	case amount.Sign() <= 0:
		return "amount must be above zero"
	case amount.Exponent() < -2:
		return "amount must have at most two decimals"
	case !listed(currencies, v["currency"]):
		return "currency is not supported"
	case !mailAddress(v["email"]):
		return "email is not an e-mail address"
	}
	for _, name := range []string{"successUrl", "failUrl", "notifyUrl"} {
		if v[name] != "" && !webURL(v[name]) {
			return name + " is not a URL"
		}
	}
	return ""
}

func (s *Server) xaiInfo(c *call) response {
	v, refused := s.xaiRead(c, xaiInfoFields)
	if refused != nil {
		return *refused
	}
	for _, inv := range s.invoices {
		if inv.provider == "xaigate" && inv.ref == v["invoiceNo"] {
			return inv.xaiAnswer(c)
		}
	}
	return xaiRefuse(http.StatusNotFound, "Invoice not found")
}

// xaiTime is the form of the seed page's dates.
const xaiTime = "2006-01-02T15:04:05.000000Z"

// smallNumber is an orderId that the seed page's sample gives back as a number.
var smallNumber = pattern(`^(0|[1-9][0-9]{0,14})$`)

// xai is an invoice as it stands now, in XaiGate's words and forms: amounts
// without needless zeros, an orderId of digits as a number.
func (v *invoice) xai(c *call) xaiInvoice {
	status := v.xaiStatus(c.now)
	paid, updated := "0", v.created
	if status == "Paid" || status == "PaidPartial" || status == "Deleted" && v.received.Sign() > 0 {
		paid, updated = v.received.String(), v.paidAt
	}
	shop := v.shop
	if shop == "" {
		shop = "My Store"
	}
	var orderID any = v.orderID
	if smallNumber(v.orderID) {
		orderID = json.Number(v.orderID)
	}
	return xaiInvoice{
		InvoiceNo: v.ref, Amount: v.price.String(), PaidAmount: paid,
		ToEmail: v.email, ToName: shop, Expiry: xaiLifeMinutes,
		Description: v.about, Status: status, PayURL: c.origin + "/p/" + v.number,
		Currency: v.currency, ShopName: v.shop, OrderID: orderID,
		CreatedAt: v.created.UTC().Format(xaiTime), UpdatedAt: updated.UTC().Format(xaiTime),
		SuccessURL: v.links["successUrl"], FailURL: v.links["failUrl"], NotifyURL: v.links["notifyUrl"],
	}
}

// xaiStatus is the stage in XaiGate's words. It has none for money that is
// seen and not yet safe: that is still Pending.
func (v *invoice) xaiStatus(now time.Time) string {
	st := v.stage(now)
	switch {
	case st == stageDeleted:
		return "Deleted"
	case st == stagePaid:
		return "Paid"
	case st == stageConfirming:
		return "Pending"
	case v.received.Sign() > 0:
		return "PaidPartial"
	case st == stageExpired:
		return "Expired"
	}
	return "Pending"
}
