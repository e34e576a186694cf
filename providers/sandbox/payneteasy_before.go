package sandbox

import (
	"encoding/json"
	"net/http"
	"time"
)

// known is how long get-rate makes a token known, as on the provider's sample
// server.
const known = 30 * time.Minute

// admission is what the connecting party's server knows of a token.
type admission struct {
	serial string // of the device that asked get-rate with it
	until  time.Time
}

// payneteasyToken answers request-access-token.
type payneteasyToken struct {
	Session struct {
		AccessToken string `json:"accessToken"`
	} `json:"session"`
}

// accessToken gives out a new token, which get-rate does not know yet.
func (s *Server) accessToken(*call) response {
	var told payneteasyToken
	told.Session.AccessToken = "^" + s.uuid() + "$"
	s.admitted[told.Session.AccessToken] = admission{}
	a := jsonAnswer(http.StatusOK, told)
	a.other = func(k FaultKind) []byte {
		if k != Foreign {
			return nil
		}
		told.Session.AccessToken = another(told.Session.AccessToken) // which nobody gave out
		return encode(told)
	}
	return a
}

// rateFields are get-rate's, as public clients send them.
var rateFields = []field{
	{name: "consumer", kind: mapping, required: true, fields: []field{
		{name: "device", kind: mapping, required: true, fields: []field{
			{name: "serialNumber", required: true, min: 1, max: 50},
		}},
	}},
	{name: "session", kind: mapping, required: true, fields: []field{
		{name: "accessToken", required: true, min: 32, max: 128},
	}},
}

// What get-rate tells, in major units: every transfer costs between one and two
// per cent, which it puts at one and a half.
const (
	rateInterest = "1.5"
	rateMin      = "0.01"
	rateMax      = "400.0"
	limitMin     = "0.01"
	limitMax     = "20000.0"
	limitCentis  = 20_000_00
)

// What another group's server could tell.
const (
	otherInterest = "8.4"
	otherMax      = "79999.0"
)

// payneteasyRate answers get-rate, in JSON numbers.
type payneteasyRate struct {
	RateInterest json.Number `json:"rateInterest"`
	RateMin      json.Number `json:"rateMin"`
	RateMax      json.Number `json:"rateMax"`
	LimitMin     json.Number `json:"limitMin"`
	LimitMax     json.Number `json:"limitMax"`
}

// getRate tells limits and rates, and makes the token known together with the
// device's serial number.
func (s *Server) getRate(c *call) response {
	object, err := parseObject(c.body)
	if err != nil {
		return htmlPage(http.StatusBadRequest, "The request is not a JSON object.")
	}
	v, p := s.read(rateFields, object)
	if p != nil {
		return s.payneteasyFail(http.StatusBadRequest, causeInvalid, p.String())
	}
	token := v["session.accessToken"]
	if _, given := s.admitted[token]; !given {
		return response{status: http.StatusForbidden}
	}
	s.admitted[token] = admission{v["consumer.device.serialNumber"], c.now.Add(known)}
	told := payneteasyRate{rateInterest, rateMin, rateMax, limitMin, limitMax}
	a := jsonAnswer(http.StatusOK, told)
	a.other = func(k FaultKind) []byte {
		if k != Foreign {
			return nil
		}
		told.RateInterest, told.LimitMax = otherInterest, otherMax // as another group's server has them
		return encode(told)
	}
	return a
}

// admits says whether initiate is for a token and a device: one that get-rate
// has made known, and the published token without that, unless
// Options.GetRateFirst.
func (s *Server) admits(c *call, token, serial string) bool {
	a, given := s.admitted[token]
	switch {
	case !given:
		return false
	case s.options.Lenient || token == PayneteasyToken && !s.options.GetRateFirst:
		return true
	}
	return a.serial == serial && c.now.Before(a.until)
}
