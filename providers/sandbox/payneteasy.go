package sandbox

import (
	"crypto/hmac"
	"crypto/sha1"
	"encoding/hex"
	"net/http"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"
)

// The causes of a failure (seed page).
const (
	causeFiltered    = "FILTERED"
	causeInvalid     = "INVALID_REQUEST"
	causeFailed      = "SERVER_FAILED"
	causeUnavailable = "SERVER_UNAVAILABLE"
)

// The last two digits of amountCentis that play something else than a success;
// the seed page has no such table, this one is the sandbox's own.
const (
	centsFiltered    = "41" // with HTTP 200: a client must look for error on every answer
	centsFailed      = "42" // with HTTP 500
	centsUnavailable = "43" // with HTTP 503
	centsNoRates     = "44"
	centsOneRate     = "45"
)

// payneteasyFields is the seed page's table.
var payneteasyFields = []field{
	{name: "consumer", kind: mapping, required: true, fields: []field{
		{name: "device", kind: mapping, required: true, fields: []field{
			{name: "serialNumber", required: true, min: 1, max: 50},
			{name: "imei", min: 14, max: 16},
		}},
		{name: "ipAddresses", kind: texts, min: 7, max: 15},
	}},
	{name: "transaction", kind: mapping, required: true, fields: []field{
		{name: "amountCentis", kind: whole, required: true, max: 15},
		{name: "currency", required: true, min: 3, max: 3},
	}},
	{name: "session", kind: mapping, required: true, fields: []field{
		{name: "accessToken", required: true, min: 32, max: 128},
	}},
	{name: "location", kind: mapping, fields: []field{
		{name: "lat", kind: number, required: true},
		{name: "lng", kind: number, required: true},
	}},
	{name: "fromBin", min: 6, max: 6},
	{name: "toBin", min: 6, max: 6},
}

// The states of a transfer, as the result URL answers them.
const (
	transferPending  = "pending"
	transferApproved = "approved"
	transferDeclined = "declined"
)

// transfer is one that was begun here and goes on at the hand-over page.
type transfer struct {
	invoiceID string
	amount    string // decimal text in major units
	currency  string
	state     string
}

// payneteasyBegun is a success.
type payneteasyBegun struct {
	EndpointID string            `json:"endpointId"`
	InvoiceID  string            `json:"invoiceId"`
	Rates      *payneteasyRates  `json:"rates,omitempty"`
	Session    payneteasySession `json:"session"`
}

type payneteasyRates struct {
	Min string `json:"min"`
	Max string `json:"max"`
}

type payneteasySession struct {
	Nonce     string `json:"nonce"`
	Signature string `json:"signature,omitempty"`
}

func (s *Server) addPayneteasy() {
	s.admitted[PayneteasyToken] = admission{}
	s.add("payneteasy.token", http.MethodGet, "/payneteasy/auth/request-access-token", s.accessToken)
	s.add("payneteasy.rate", http.MethodPost, "/payneteasy/transfer/get-rate", s.getRate)
	s.add("payneteasy.initiate", http.MethodPost, "/payneteasy/transfer/initiate-transfer", s.initiate)
	s.add("payneteasy.result", http.MethodGet, "/payneteasy/result", s.result)
}

// payneteasyMAC signs as the connecting party's server does: HMAC-SHA1 with
// the control key, dashes removed and hex-decoded, in upper-case hex.
func payneteasyMAC(controlKey string, parts ...string) string {
	key, err := hex.DecodeString(strings.ReplaceAll(controlKey, "-", ""))
	if err != nil {
		panic("sandbox: the control key is not hex")
	}
	mac := hmac.New(sha1.New, key)
	mac.Write([]byte(strings.Join(parts, "")))
	return strings.ToUpper(hex.EncodeToString(mac.Sum(nil)))
}

// initiate begins a transfer; it moves no money. A token that is not known gets
// a 403 without a body, as the provider's sample server gives it.
func (s *Server) initiate(c *call) response {
	object, err := parseObject(c.body)
	if err != nil {
		return htmlPage(http.StatusBadRequest, "The request is not a JSON object.")
	}
	v, p := s.read(payneteasyFields, object)
	if p != nil {
		return s.payneteasyFail(http.StatusBadRequest, causeInvalid, p.String())
	}
	if why := checkTransfer(v); why != "" {
		return s.payneteasyFail(http.StatusBadRequest, causeInvalid, why)
	}
	if !s.admits(c, v["session.accessToken"], v["consumer.device.serialNumber"]) {
		return response{status: http.StatusForbidden}
	}
	switch tail(v["transaction.amountCentis"], 2) {
	case centsFiltered:
		return s.payneteasyFail(http.StatusOK, causeFiltered, "The transfer was filtered")
	case centsFailed:
		return s.payneteasyFail(http.StatusInternalServerError, causeFailed, "java.lang.NullPointerException at Transfer.java:42")
	case centsUnavailable:
		return s.payneteasyFail(http.StatusServiceUnavailable, causeUnavailable, "Try again later")
	}
	return s.begin(v)
}

func (s *Server) begin(v values) response {
	centis, currency := v["transaction.amountCentis"], v["transaction.currency"]
	t := &transfer{invoiceID: s.uuid(), amount: centsText(centis), currency: currency, state: transferPending}
	s.handed = append(s.handed, t)
	nonce := "^" + s.uuid() + "$"
	begun := payneteasyBegun{
		EndpointID: PayneteasyEndpoint, InvoiceID: t.invoiceID,
		Rates: rates(centis), Session: payneteasySession{Nonce: nonce},
	}
	sign := func(key string, b payneteasyBegun, centis string) payneteasyBegun {
		b.Session.Signature = payneteasyMAC(key, v["session.accessToken"], v["consumer.device.serialNumber"],
			PayneteasyEndpoint, b.Session.Nonce, b.InvoiceID, centis, currency)
		return b
	}
	a := jsonAnswer(http.StatusOK, sign(PayneteasyControlKey, begun, centis))
	a.other = func(k FaultKind) []byte {
		switch k {
		case WrongSignature:
			return encode(sign("AB"+PayneteasyControlKey, begun, centis))
		case Unsigned:
			return encode(begun)
		case Foreign: // right for its own sale, which had another amount
			b := begun
			b.InvoiceID, b.Session.Nonce = another(b.InvoiceID), another(b.Session.Nonce)
			return encode(sign(PayneteasyControlKey, b, another(centis)))
		}
		return nil
	}
	return a
}

// rates is the possible commission: one to two per cent, in major units
// without needless zeros, since "39" and "39.00" both occur.
func rates(centis string) *payneteasyRates {
	low := decimal.RequireFromString(centis).Div(decimal.NewFromInt(10_000)).RoundUp(2)
	high := low.Add(low)
	switch tail(centis, 2) {
	case centsNoRates:
		return nil
	case centsOneRate:
		return &payneteasyRates{low.String(), low.StringFixed(2)}
	}
	return &payneteasyRates{low.String(), high.StringFixed(2)}
}

var (
	upperCurrency = pattern(`^[A-Z]{3}$`)
	sixDigits     = pattern(`^[0-9]{6}$`)
)

func checkTransfer(v values) string {
	lat, latErr := strconv.ParseFloat(orZero(v["location.lat"]), 64)
	lng, lngErr := strconv.ParseFloat(orZero(v["location.lng"]), 64)
	switch {
	case v["transaction.amountCentis"] == "0":
		return "transaction.amountCentis must be at least 1"
	case decimal.RequireFromString(v["transaction.amountCentis"]).GreaterThan(decimal.NewFromInt(limitCentis)):
		return "transaction.amountCentis is above limitMax"
	case !upperCurrency(v["transaction.currency"]):
		return "transaction.currency must be three upper-case letters"
	case latErr != nil || lat < -90 || lat > 90:
		return "location.lat must be from -90 to 90"
	case lngErr != nil || lng < -180 || lng > 180:
		return "location.lng must be from -180 to 180"
	}
	for _, name := range []string{"fromBin", "toBin"} {
		if v[name] != "" && !sixDigits(v[name]) {
			return name + " must be six digits"
		}
	}
	return ""
}

func orZero(digits string) string {
	if digits == "" {
		return "0"
	}
	return digits
}
