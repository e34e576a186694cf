package sandbox

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/shopspring/decimal"
)

// The result codes that the sandbox answers (the provider's documentation).
const (
	oxaOK           = 100
	oxaValidation   = 101
	oxaMerchant     = 102
	oxaCurrency     = 105
	oxaCallback     = 107
	oxaReturn       = 108
	oxaAmountLow    = 109
	oxaAmountHigh   = 110
	oxaLifeShort    = 111
	oxaLifeLong     = 112
	oxaCoverLow     = 113
	oxaCoverHigh    = 114
	oxaFee          = 115
	oxaTrackID      = 116
	oxaAmountAbsent = 126

	oxaUndocumented = 177 // in no table
)

// oxaMessages are the texts beside the codes; no client may decide by them.
var oxaMessages = map[int]string{
	oxaOK:           "Operation completed successfully!",
	oxaMerchant:     "Invalid merchant API key.",
	oxaCurrency:     "Invalid currency.",
	oxaCallback:     "Invalid callbackUrl.",
	oxaReturn:       "Invalid returnUrl.",
	oxaAmountLow:    "The amount is too low.",
	oxaAmountHigh:   "The amount is too high.",
	oxaLifeShort:    "lifeTime is too short.",
	oxaLifeLong:     "lifeTime is too long.",
	oxaCoverLow:     "underPaidCover must be at least 0.",
	oxaCoverHigh:    "underPaidCover must be at most 60.",
	oxaFee:          "feePaidByPayer must be 0 or 1.",
	oxaTrackID:      "Invalid trackId.",
	oxaAmountAbsent: "amount is required.",
}

// What the sandbox's merchant has set for requests that leave it out. The
// cover is as high as a careless merchant's: a client that does not send its
// own gets 40 % of a price called paid.
const (
	merchantCover    = "40"
	merchantFee      = "0"
	merchantLifeTime = "60"
	oxaMaxAmount     = 1_000_000
)

// oxaFiat and oxaCoins are the currencies that an invoice can be priced in.
// A fiat price is paid in TRX at a fixed rate that is not 1, so that nobody
// takes a number of coins for a sum of money.
const (
	oxaFiat   = " USD EUR GBP AUD NZD CAD CHF JPY RUB "
	oxaCoins  = " TRX BTC ETH LTC USDT USDC DOGE BNB BCH SOL TON XMR POL SHIB "
	oxaPaidIn = "TRX"
	oxaRate   = 4 // TRX for one unit of any fiat currency
)

// oxaCreateFields is the seed page's table. It calls amount "long"; prices
// with cents are normal in practice, so a plain decimal is accepted.
var oxaCreateFields = []field{
	{name: "merchant", required: true, min: 1},
	{name: "amount", kind: number, required: true},
	{name: "currency"},
	{name: "callbackUrl"},
	{name: "underPaidCover", kind: number},
	{name: "feePaidByPayer", kind: number},
	{name: "lifeTime", kind: whole},
	{name: "email"},
	{name: "orderId"},
	{name: "description"},
	{name: "returnUrl"},
}

// oxaResult is what every answer has.
type oxaResult struct {
	Result  int    `json:"result"`
	Message string `json:"message"`
}

// oxaCreated answers a create.
type oxaCreated struct {
	oxaResult
	TrackID   string `json:"trackId"`
	PayLink   string `json:"payLink"`
	ExpiredAt int64  `json:"expiredAt"`
}

func (s *Server) addOxaPay() {
	s.add("oxapay.create", http.MethodPost, "/oxapay/merchants/request", s.oxaCreate)
	s.add("oxapay.inquiry", http.MethodPost, "/oxapay/merchants/inquiry", s.oxaInquiry)
	s.add("oxapay.list", http.MethodPost, "/oxapay/merchants/list", s.oxaList)
	s.add("oxapay.coins", http.MethodPost, "/oxapay/merchants/allowedCoins", s.oxaAllowed)
	s.addOxaPayV1()
}

// oxaRefuse is a refusal: HTTP 200 all the same, so that a client has to look
// at the body.
func oxaRefuse(code int, why string) response {
	if why == "" {
		why = oxaMessages[code]
	}
	return jsonAnswer(http.StatusOK, oxaResult{code, why})
}

// oxaRead reads a request and checks the merchant; refused when it is not nil.
func (s *Server) oxaRead(c *call, fields []field) (v values, refused *response) {
	refuse := func(code int, why string) (values, *response) {
		r := oxaRefuse(code, why)
		return nil, &r
	}
	object, err := parseObject(c.body)
	if err != nil {
		return refuse(oxaValidation, "The request is not a JSON object.")
	}
	v, p := s.read(fields, object)
	switch {
	case p != nil && p.field == "merchant":
		return refuse(oxaMerchant, "")
	case p != nil && p.field == "amount" && p.missing:
		return refuse(oxaAmountAbsent, "")
	case p != nil:
		return refuse(oxaValidation, p.String()+".")
	case v["merchant"] != OxaPayMerchant:
		return refuse(oxaMerchant, "")
	}
	return v, nil
}

func (s *Server) oxaCreate(c *call) response {
	v, refused := s.oxaRead(c, oxaCreateFields)
	if refused != nil {
		return *refused
	}
	if code, why := s.oxaComplete(v); code != oxaOK {
		return oxaRefuse(code, why)
	}
	return s.oxaMade(c, v, s.digits(8)).oxaCreated(c.origin)
}

// oxaComplete adds what the merchant has set for what was left out, and holds
// it all against the page.
func (s *Server) oxaComplete(v values) (code int, why string) {
	for name, standard := range map[string]string{
		"currency": "USD", "underPaidCover": merchantCover, "feePaidByPayer": merchantFee, "lifeTime": merchantLifeTime,
	} {
		if v[name] == "" {
			v[name] = standard
		}
	}
	if code, why = oxaCheck(v); why == "" {
		why = oxaMessages[code]
	}
	return code, why
}

// oxaMade keeps a new invoice; its values were checked: the pattern of a number
// is what these read.
func (s *Server) oxaMade(c *call, v values, number string) *invoice {
	minutes, _ := strconv.Atoi(v["lifeTime"])
	inv := &invoice{
		provider: "oxapay", number: number, ref: number, orderID: v["orderId"],
		price: decimal.RequireFromString(v["amount"]), amount: v["amount"], currency: v["currency"],
		cover: decimal.RequireFromString(v["underPaidCover"]), fee: v["feePaidByPayer"],
		email: v["email"], about: v["description"],
		created: c.now, expires: c.now.Add(time.Duration(minutes) * time.Minute), auto: s.options.AutoStep,
		oxa: oxaState{callback: v["callbackUrl"], told: string(stageNew)},
	}
	s.invoices = append(s.invoices, inv)
	s.oxaFollow(inv)
	return inv
}

// oxaCreated answers a create with the invoice.
func (v *invoice) oxaCreated(origin string) response {
	created := oxaCreated{oxaResult{oxaOK, oxaMessages[oxaOK]}, v.ref, origin + "/p/" + v.number, v.expires.Unix()}
	a := jsonAnswer(http.StatusOK, created)
	foreign := v.another()
	a.other = func(k FaultKind) []byte {
		switch k {
		case UnknownCode:
			created.Result = oxaUndocumented
			return encode(created)
		case Foreign:
			return foreign.oxaCreated(origin).body
		}
		return nil
	}
	return a
}

// oxaCheck holds the ranges of the seed page, in its order.
func oxaCheck(v values) (code int, why string) {
	amount := decimal.RequireFromString(v["amount"])
	cover := decimal.RequireFromString(v["underPaidCover"])
	fee := decimal.RequireFromString(v["feePaidByPayer"])
	minutes, err := strconv.Atoi(v["lifeTime"])
	switch {
	case amount.Sign() <= 0:
		return oxaAmountLow, ""
	case amount.Cmp(decimal.NewFromInt(oxaMaxAmount)) > 0:
		return oxaAmountHigh, ""
	case amount.Exponent() < -8:
		return oxaValidation, "amount has too many decimals."
	case !listed(oxaFiat+oxaCoins, v["currency"]):
		return oxaCurrency, ""
	case v["callbackUrl"] != "" && !webURL(v["callbackUrl"]):
		return oxaCallback, ""
	case cover.Sign() < 0:
		return oxaCoverLow, ""
	case cover.Cmp(decimal.NewFromInt(60)) > 0:
		return oxaCoverHigh, ""
	case fee.Sign() != 0 && !fee.Equal(decimal.NewFromInt(1)):
		return oxaFee, ""
	case err != nil || minutes > 2880:
		return oxaLifeLong, ""
	case minutes < 15:
		return oxaLifeShort, ""
	case v["email"] != "" && !mailAddress(v["email"]):
		return oxaValidation, "email is not an e-mail address."
	case v["returnUrl"] != "" && !webURL(v["returnUrl"]):
		return oxaReturn, ""
	}
	return oxaOK, ""
}

func listed(list, word string) bool {
	return word != "" && !strings.Contains(word, " ") && strings.Contains(list, " "+word+" ")
}

func webURL(link string) bool {
	u, err := url.Parse(link)
	return err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Host != ""
}

func mailAddress(address string) bool {
	name, host, ok := strings.Cut(address, "@")
	return ok && name != "" && host != "" && !strings.ContainsAny(address, " \t\r\n") && !strings.Contains(host, "@")
}
