package sandbox

import (
	"encoding/json"
	"net/http"
	"strings"
)

// oxipayMethod is one method of the in-store API, on both servers.
type oxipayMethod struct {
	call   string // as calls names it
	fields []field
	// check finds what the table of fields cannot say, or nothing; nil when the
	// table says all.
	check func(v values, lenient bool) string
	// pick is the dummy's answer.
	pick func(v values) outcome
	// approve finishes a Success on the dummy; nil when nothing is to be added.
	approve func(c *call, v values, r *oxipayReply)
	// book answers on the server with a ledger; nil when it remembers nothing.
	book func(s *Server, c *call, v values, r oxipayReply) response
	// good is the outcome of a success, for the answer to somebody else's.
	good outcome
	// byToken: request and answer are signed with the token in the request.
	byToken bool
}

func (s *Server) addOxipay() {
	const base = "/oxipay/webapi/v1/"
	for _, methods := range []map[string]oxipayMethod{oxipaySales(), oxipayAfter()} {
		for name, method := range methods {
			s.add(method.call, http.MethodPost, base+"Test/"+name, func(c *call) response { return s.answerOxipay(c, method, false) })
			s.add(method.call, http.MethodPost, base+name, func(c *call) response { return s.answerOxipay(c, method, true) })
		}
	}
}

// answerOxipay checks a request in the provider's order: form of the whole,
// signature, fields; and answers it from the table or from the books.
func (s *Server) answerOxipay(c *call, m oxipayMethod, ledger bool) response {
	object, err := parseObject(c.body)
	if err != nil {
		return reply(invalid("The request is not a JSON object")).unsigned()
	}
	key := s.oxipayKey(m, object, ledger)
	answer := func(o outcome) oxipayReply {
		r := reply(o)
		r.TrackingData, r.key, r.good = object["tracking_data"], key, m.good
		return r
	}
	if key == "" || !oxipaySigned(object, key) {
		return answer(wrongMAC).unsigned()
	}
	v, wrong := s.read(m.fields, object)
	if wrong != nil {
		return answer(invalid(wrong.String())).signed()
	}
	if m.check != nil {
		if why := m.check(v, s.options.Lenient); why != "" {
			return answer(invalid(why)).signed()
		}
	}
	r := answer(s.pick(m, v))
	if ledger && m.book != nil {
		return m.book(s, c, v, r)
	}
	if r.Status == statusSuccess && m.approve != nil {
		m.approve(c, v, &r)
	}
	return r.signed()
}

// oxipayKey is what a request has to be signed with: the token in it where that
// is the method's way, else the device's key, which the dummy never changes.
func (s *Server) oxipayKey(m oxipayMethod, object map[string]json.RawMessage, ledger bool) string {
	given := func(name string) string {
		text, _ := scalar(object[name])
		return strings.TrimSpace(text)
	}
	switch {
	case m.byToken:
		return given("x_device_token")
	case ledger:
		return s.oxipay.keyOf(device{given("x_merchant_id"), given("x_device_id")})
	}
	return OxipayKey
}

func reply(o outcome) oxipayReply {
	return oxipayReply{Status: o.status, Code: o.code, Message: o.message}
}
