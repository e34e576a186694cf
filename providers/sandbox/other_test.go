package sandbox

import (
	"encoding/json"
	"fmt"
	"sync"
	"testing"
)

// A fault that only some answers can have is the same in all of them.

func TestEveryCallGivesEachFaultThatItsAnswersCanHave(t *testing.T) {
	plan := &planned{}
	s := open(t, Options{Fault: plan.play})
	track := s.oxaMake(nil)
	s.post(xaiCreatePath, jsonText(t, xaiOrder))
	number := s.invoices[1].ref
	trackV1 := s.oxaV1Make(nil)
	moved := s.begin("12550").InvoiceID
	ask := map[string]func() got{
		"oxipay.charge": func() got { return s.post(ledgerAuthorise, seal(t, authorisation("011234", "R-1"), OxipayKey)) },
		"oxipay.invite": func() got {
			return s.post(ledgerInvite, seal(t, with(invitation, map[string]any{"tracking_data": map[string]any{"token": "t-1"}}), OxipayKey))
		},
		"oxipay.refund":   func() got { return s.post(dummyRefund, seal(t, refunding("R-1-B", "R-1", "12501"), OxipayKey)) },
		"oxipay.undo":     func() got { return s.post(dummyUndo, seal(t, undoing("R-1-C", "01ff"), OxipayKey)) },
		"oxipay.register": func() got { return s.post(dummyRegister, seal(t, registering(goodToken), goodToken)) },
		"oxipay.receipt":  func() got { return s.post(dummyReceipt, seal(t, receipting("R-1", "01-77"), OxipayKey)) },
		"oxapay.create":   func() got { return s.post(oxaRequestPath, jsonText(t, oxaOrder)) },
		"oxapay.inquiry": func() got {
			return s.post(oxaInquiryPath, jsonText(t, map[string]any{"merchant": OxaPayMerchant, "trackId": track}))
		},
		"oxapay.list": func() got {
			return s.post(oxaListPath, jsonText(t, map[string]any{"merchant": OxaPayMerchant, "trackId": track}))
		},
		"oxapay.coins": func() got { return s.post(oxaCoinsPath, jsonText(t, map[string]any{"merchant": OxaPayMerchant})) },
		"oxapay.v1-create": func() got {
			return s.oxaV1("POST", oxaV1CreatePath, jsonText(t, oxaV1Order))
		},
		"oxapay.v1-payment": func() got { return s.oxaV1("GET", oxaV1PaymentPath+trackV1, "") },
		"oxapay.v1-coins":   func() got { return s.oxaV1("GET", oxaV1CoinsPath, "") },
		"xaigate.create":    func() got { return s.post(xaiCreatePath, jsonText(t, xaiOrder)) },
		"xaigate.info": func() got {
			return s.post(xaiInfoPath, jsonText(t, map[string]any{"apiKey": XaiGateKey, "invoiceNo": number}))
		},
		"payneteasy.token":    func() got { return s.get(tokenPath) },
		"payneteasy.rate":     func() got { return s.post(ratePath, jsonText(t, rateOf(PayneteasyToken, "SN-0001"))) },
		"payneteasy.initiate": func() got { return s.post(initiatePath, jsonText(t, transferOf("12550", nil))) },
		"payneteasy.result":   func() got { return s.get("/payneteasy/result?invoiceId=" + moved) },
	}
	for _, c := range Calls() {
		if c.Name == "oxapay.callback" { // the sandbox asks there
			continue
		}
		if ask[c.Name] == nil {
			t.Errorf("nobody asks %s", c.Name)
			continue
		}
		for _, k := range Kinds() {
			if k.Fault == HoldAnswer || k.Wire || k.Takes > 0 {
				continue
			}
			plan.set(Fault{})
			before := len(s.Ledger())
			whole := string(ask[c.Name]().body)
			plan.set(Fault{Kind: k.Fault})
			g := ask[c.Name]()
			if spoilt := !sameShape(g, whole) || s.stranger(g); k.Fault != Replayed && spoilt != k.Spoils(c) {
				t.Errorf("%s of %s: spoilt %t, want %t:\n%.300s\n%.300s", k.Fault, c.Name, spoilt, k.Spoils(c), whole, g.body)
			}
			if n := len(s.Ledger()); c.Name != "oxipay.charge" && n != before {
				t.Errorf("%s of %s: %d approvals, had %d", k.Fault, c.Name, n, before)
			}
		}
	}
}

// TestACustomerPaysWhileAForeignAnswerGoesOut is for the race detector: the
// answer is spoilt after the books were given back.
func TestACustomerPaysWhileAForeignAnswerGoesOut(t *testing.T) {
	plan := &planned{}
	s := open(t, Options{Fault: plan.play})
	track := s.oxaMake(nil)
	s.post(xaiCreatePath, jsonText(t, xaiOrder))
	number := s.invoices[1].ref
	plan.set(Fault{Kind: Foreign})
	for path, body := range map[string]map[string]any{
		oxaInquiryPath: {"merchant": OxaPayMerchant, "trackId": track},
		xaiInfoPath:    {"apiKey": XaiGateKey, "invoiceNo": number},
	} {
		text := jsonText(t, body)
		var asking sync.WaitGroup
		asking.Go(func() {
			for range 20 {
				if _, err := s.try(path, text); err != nil {
					t.Error(err)
				}
			}
		})
		for range 200 {
			for _, ref := range []string{track, number} {
				if err := s.PayLess(ref); err != nil {
					t.Error(err)
				}
			}
		}
		asking.Wait()
	}
}

// get asks without a body.
func (s *shop) get(path string) got {
	s.t.Helper()
	status, header, body := s.page(s.url + path)
	return got{status, header, []byte(body)}
}

// sameShape says that an answer says the same as another but for what is new
// in every answer.
func sameShape(g got, whole string) bool {
	if g.status != 200 || len(g.body) > hugeBody {
		return false
	}
	return jsonSame(constant(g.body), constant([]byte(whole)))
}

// stranger says that an answer's trackId is of no invoice here, or its token of
// nobody's.
func (s *shop) stranger(g got) bool {
	var m struct {
		TrackID string
		Session struct{ AccessToken string }
		Data    struct {
			V1 string `json:"track_id"`
		}
	}
	if g.status != 200 || len(g.body) > hugeBody || json.Unmarshal(g.body, &m) != nil {
		return false
	}
	_, given := s.admitted[m.Session.AccessToken]
	return m.Data.V1 != "" && s.find(m.Data.V1) == nil || m.TrackID != "" && s.find(m.TrackID) == nil || m.Session.AccessToken != "" && !given
}

// constant is an answer without the numbers that are drawn for it, and with a
// signature only if it is a right one.
func constant(body []byte) any {
	m := map[string]any{}
	if json.Unmarshal(body, &m) != nil {
		return string(body)
	}
	for _, name := range []string{"trackId", "payLink", "payUrl", "createdAt", "updatedAt"} {
		if text, ok := m[name].(string); ok && m["orderId"] == nil {
			m[name] = len(text)
		}
	}
	if data, ok := m["data"].(map[string]any); ok && data["payment_url"] != nil {
		m["data"] = len(data)
	}
	delete(m, "payUrl")
	if _, isText := m["invoiceNo"].(string); isText {
		delete(m, "invoiceNo")
	}
	if session, ok := m["session"].(map[string]any); ok && session["accessToken"] != nil {
		m["session"] = fmt.Sprintf("%T", session["accessToken"])
	} else if ok {
		signature, _ := session["signature"].(string)
		right := payneteasyMAC(PayneteasyControlKey, PayneteasyToken, "SN-0001", "1111", session["nonce"].(string), m["invoiceId"].(string), "12550", "EUR")
		m["session"], m["invoiceId"] = signature == right, ""
	}
	if m["x_code"] != nil {
		key := OxipayKey
		if m["x_key"] != nil {
			key = goodToken
		}
		m["signature"] = m["signature"] == macOf(m, key)
	}
	return m
}

func TestAForeignAnswerIsOfTheSameFormAndOfNobodyHere(t *testing.T) {
	plan := &planned{}
	s := open(t, Options{Fault: plan.play})
	track := s.oxaMake(nil)
	plan.set(Fault{Kind: Foreign})
	d := s.oxaAsk(track)
	if d["status"] != "Paid" || d["trackId"] == track || d["orderId"] == "R-1" || d["amount"] != "35.50" {
		t.Errorf("the inquiry says %v", d)
	}
	declined := s.fields(s.post(ledgerAuthorise, seal(t, authorisation("101234", "R-9"), OxipayKey)))
	if declined["x_code"] != "SPRA01" || declined["x_purchase_number"] == nil {
		t.Errorf("in place of a decline comes %v", declined)
	}
	if text := jsonText(t, declined["tracking_data"]); text != `{"token":"j-8"}` {
		t.Errorf("tracking data %s", text)
	}
	if len(s.Ledger()) != 0 {
		t.Errorf("ledger %v: the sale of another is in it", s.Ledger())
	}
}

func TestAnotherTextIsNeverTheSame(t *testing.T) {
	for text, want := range map[string]string{"": "", "09": "90", "af-AF": "fa-FA", "gz GZ": "qp QP", "R-1": "H-8"} {
		if have := another(text); have != want {
			t.Errorf("another %q is %q, want %q", text, have, want)
		}
	}
	for c := byte(' '); c < 0x7f; c++ {
		letter := c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
		if other := another(string(rune(c))); (other != string(rune(c))) != letter || another(other) != string(rune(c)) {
			t.Errorf("another %q is %q", c, other)
		}
	}
}
