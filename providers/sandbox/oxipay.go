package sandbox

import (
	"encoding/json"
	"net/http"
	"strconv"
	"strings"
)

// oxipayMethod is one method of the in-store API, on both servers.
type oxipayMethod struct {
	call   string // as calls names it
	fields []field
	// check finds what the table of fields cannot say, or nothing.
	check func(v values, lenient bool) string
	// pick is the dummy's answer.
	pick func(v values) outcome
	// approve finishes a Success on the dummy; nil when nothing is to be added.
	approve func(c *call, v values, r *oxipayReply)
	// book answers on the server with a ledger; nil when it remembers nothing.
	book func(s *Server, c *call, v values, r oxipayReply) response
}

// oxipayMethods is the method table, by the name in the path.
func oxipayMethods() map[string]oxipayMethod {
	return map[string]oxipayMethod{
		"Invite": {
			call: "oxipay.invite",
			fields: oxipayFields(
				field{name: "x_mobile", required: true, min: 1, max: 10},
				field{name: "x_purchase_amount", kind: whole, required: true, max: 12},
			),
			check: checkInvite,
			pick:  func(v values) outcome { return inviteOutcomes.pick(tail(v["x_purchase_amount"], 2)) },
		},
		"ProcessAuthorisation": {
			call: "oxipay.charge",
			fields: oxipayFields(
				field{name: "x_pos_transaction_ref", required: true, min: 1, max: 64},
				field{name: "x_purchase_amount", kind: whole, required: true, max: 12},
				field{name: "x_finance_amount", kind: whole, required: true, max: 12},
				field{name: "x_pre_approval_code", required: true, min: 1, max: 64},
				field{name: "purchase_items", max: 200},
				field{name: "buyer_confirms", kind: truth},
			),
			check:   checkAuthorisation,
			pick:    func(v values) outcome { return authorisationOutcomes.pick(codeSelector(v["x_pre_approval_code"])) },
			approve: approveOnDummy,
			book:    (*Server).authorise,
		},
	}
}

// oxipayFields is a method's own fields beside those that every request has.
func oxipayFields(own ...field) []field {
	return append([]field{
		{name: "x_merchant_id", required: true, min: 1, max: 10},
		{name: "x_device_id", required: true, min: 1, max: 64},
		{name: "x_operator_id", required: true, min: 1, max: 64},
		{name: "x_firmware_version", required: true, min: 1, max: 64},
		{name: "tracking_data", kind: mapping, max: 1_000_000},
		{name: "signature", required: true, min: 1, max: 200},
	}, own...)
}

func (s *Server) addOxipay() {
	const base = "/oxipay/webapi/v1/"
	for name, method := range oxipayMethods() {
		s.add(method.call, http.MethodPost, base+"Test/"+name, func(c *call) response { return s.answerOxipay(c, method, false) })
		s.add(method.call, http.MethodPost, base+name, func(c *call) response { return s.answerOxipay(c, method, true) })
	}
}

// answerOxipay checks a request in the provider's order: form of the whole,
// signature, fields; and answers it from the table or from the books.
func (s *Server) answerOxipay(c *call, m oxipayMethod, ledger bool) response {
	object, err := parseObject(c.body)
	if err != nil {
		return reply(invalid("The request is not a JSON object")).unsigned()
	}
	echo := object["tracking_data"]
	answer := func(o outcome) oxipayReply {
		r := reply(o)
		r.TrackingData, r.forInvite = echo, m.call == "oxipay.invite"
		return r
	}
	if !oxipaySigned(object, OxipayKey) {
		return answer(wrongMAC).unsigned()
	}
	v, wrong := s.read(m.fields, object)
	if wrong != nil {
		return answer(invalid(wrong.String())).signed()
	}
	if why := m.check(v, s.options.Lenient); why != "" {
		return answer(invalid(why)).signed()
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

func reply(o outcome) oxipayReply {
	return oxipayReply{Status: o.status, Code: o.code, Message: o.message}
}

var (
	nationalMobile = pattern(`^0[0-9]{8,9}$`)
	codeAlphabet   = pattern(`^[0-9A-Za-z]+$`)
)

func checkInvite(v values, lenient bool) string {
	if v["x_purchase_amount"] == "0" {
		return "x_purchase_amount must be above zero"
	}
	if !lenient && !nationalMobile(v["x_mobile"]) {
		return "x_mobile must be a number in national form"
	}
	return ""
}

// checkAuthorisation holds the pages' rules about amounts, items and the code:
// 6 characters, 10 with the prefix, or the 8 of the dummy tables.
func checkAuthorisation(v values, lenient bool) string {
	purchase, err := strconv.ParseInt(v["x_purchase_amount"], 10, 64)
	finance, financeErr := strconv.ParseInt(v["x_finance_amount"], 10, 64)
	if err != nil || financeErr != nil || finance < 1 || finance > purchase {
		return "x_finance_amount must be at least 1 and at most x_purchase_amount"
	}
	if items, there := v["purchase_items"]; there && !lenient && !listsItems(items) {
		return "purchase_items must be JSON text with a list PurchaseItems"
	}
	code := v["x_pre_approval_code"]
	if lenient {
		return ""
	}
	length := len(code)
	if !codeAlphabet(code) || length != 6 && length != 8 && bareCode(code) == code {
		return "x_pre_approval_code must have 6 digits, or 10 with 6199"
	}
	return ""
}

func listsItems(items string) bool {
	object, err := parseObject([]byte(items))
	if err != nil || len(object) != 1 {
		return false
	}
	var names []string
	return json.Unmarshal(object["PurchaseItems"], &names) == nil && names != nil
}

// bareCode is a pre-approval code without its barcode prefix.
func bareCode(code string) string {
	if len(code) == 10 && strings.HasPrefix(code, "6199") {
		return code[4:]
	}
	return code
}

// codeSelector is what the dummy tables look at.
func codeSelector(code string) string {
	return bareCode(code)[:min(2, len(bareCode(code)))]
}

func tail(text string, n int) string { return text[max(0, len(text)-n):] }
