package sandbox

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"
)

const oxaCoinsPath = "/oxapay/merchants/allowedCoins"

var oxaV1Order = map[string]any{
	"amount": json.Number("35.50"), "currency": "USD", "lifetime": 30, "under_paid_coverage": json.Number("0"), "fee_paid_by_payer": 0,
	"order_id": "R-1", "description": "Order #12345", "email": "customer@example.com",
	"callback_url": "https://example.com/callback", "return_url": "https://example.com/success", "sandbox": true,
}

// oxaV1 calls the newer API with the merchant's key.
func (s *shop) oxaV1(method, path, body string) got {
	s.t.Helper()
	return s.oxaV1As(OxaPayMerchant, method, path, body)
}

func (s *shop) oxaV1As(key, method, path, body string) got {
	s.t.Helper()
	r, err := http.NewRequest(method, s.url+path, strings.NewReader(body))
	if err != nil {
		s.t.Fatal(err)
	}
	if r.Header.Set("Content-Type", "application/json"); key != "" {
		r.Header["merchant_api_key"] = []string{key}
	}
	answer, err := s.client.Do(r)
	if err != nil {
		s.t.Fatal(err)
	}
	defer answer.Body.Close()
	all, err := io.ReadAll(answer.Body)
	if err != nil {
		s.t.Fatal(err)
	}
	return got{answer.StatusCode, answer.Header, all}
}

// oxaV1Make creates an invoice and gives its track_id.
func (s *shop) oxaV1Make(changes map[string]any) string {
	s.t.Helper()
	made := s.fields(s.oxaV1("POST", oxaV1CreatePath, jsonText(s.t, with(oxaV1Order, changes))))
	if fmt.Sprint(made["status"]) != "200" {
		s.t.Fatalf("create: %v", made)
	}
	return made["data"].(map[string]any)["track_id"].(string)
}

// oxaV1Status asks for an invoice and gives its data.
func (s *shop) oxaV1Status(track, want string) map[string]any {
	s.t.Helper()
	told := s.fields(s.oxaV1("GET", oxaV1PaymentPath+track, ""))
	data, _ := told["data"].(map[string]any)
	if data["status"] != want {
		s.t.Fatalf("status of %s is %v, want %s", track, data["status"], want)
	}
	return data
}

// txs are the payments as amount and coin.
func txs(data map[string]any) string {
	var all []string
	for _, tx := range data["txs"].([]any) {
		tx := tx.(map[string]any)
		all = append(all, fmt.Sprintf("%v %v %v", tx["amount"], tx["currency"], tx["status"]))
	}
	return strings.Join(all, ", ")
}

func TestTheNewerAPIMakesAnInvoiceWithALinkToHere(t *testing.T) {
	s := open(t, Options{})
	told := s.fields(s.oxaV1("POST", oxaV1CreatePath, jsonText(t, oxaV1Order)))
	data := told["data"].(map[string]any)
	track := data["track_id"].(string)
	if data["payment_url"] != s.url+"/p/"+track || fmt.Sprint(data["expired_at"]) != fmt.Sprint(s.clock.Now().Add(30*time.Minute).Unix()) {
		t.Errorf("created %v", told)
	}
	asked := s.oxaV1Status(track, "new")
	for name, want := range map[string]any{
		"track_id": track, "amount": json.Number("35.5"), "currency": "USD", "order_id": "R-1", "type": "invoice",
		"under_paid_coverage": json.Number("0"), "email": "customer@example.com", "lifetime": json.Number("30"),
	} {
		if asked[name] != want {
			t.Errorf("%s is %#v, want %#v", name, asked[name], want)
		}
	}
	if list := s.fields(s.oxaV1("GET", oxaV1CoinsPath, "")); jsonText(t, list["data"]) != jsonText(t, map[string]any{"list": oxaTaken}) {
		t.Errorf("the coins are %v", list)
	}
	if list := s.fields(s.post(oxaCoinsPath, jsonText(t, map[string]any{"merchant": OxaPayMerchant}))); jsonText(t, list["allowed"]) != jsonText(t, oxaTaken) {
		t.Errorf("the coins are %v", list)
	}
}

func TestTheNewerAPIRefusesInItsEnvelopeAlone(t *testing.T) {
	s := open(t, Options{})
	refused := func(name string, g got, want string) {
		t.Helper()
		told := s.fields(g)
		problem, _ := told["error"].(map[string]any)
		if g.status != 200 || fmt.Sprint(told["status"]) != want || problem["message"] == "" || jsonText(t, told["data"]) != "{}" {
			t.Errorf("%s: HTTP %d %v, want %s", name, g.status, told, want)
		}
	}
	for _, key := range []string{"", "somebody"} {
		refused("key "+key, s.oxaV1As(key, "POST", oxaV1CreatePath, jsonText(t, oxaV1Order)), "401")
		refused("key "+key, s.oxaV1As(key, "GET", oxaV1CoinsPath, ""), "401")
		refused("key "+key, s.oxaV1As(key, "GET", oxaV1PaymentPath+"1", ""), "401")
	}
	refused("a stranger's", s.oxaV1("GET", oxaV1PaymentPath+"123456789", ""), "404")
	for name, changes := range map[string]map[string]any{
		"no amount": {"amount": nil}, "amount as text": {"amount": "35.50"}, "nothing": {"amount": 0}, "currency": {"currency": "XYZ"},
		"lifetime of 14": {"lifetime": 14}, "lifetime as text": {"lifetime": "30"}, "cover": {"under_paid_coverage": 61}, "fee": {"fee_paid_by_payer": 2},
		"callback": {"callback_url": "x"}, "return": {"return_url": "x"}, "email": {"email": "x"}, "the older name": {"orderId": "R-1"},
		"the key in the body": {"merchant": OxaPayMerchant}, "sandbox as text": {"sandbox": "true"},
	} {
		refused(name, s.oxaV1("POST", oxaV1CreatePath, jsonText(t, with(oxaV1Order, changes))), "400")
	}
	refused("half a body", s.oxaV1("POST", oxaV1CreatePath, "{"), "400")
	if len(s.invoices) != 0 {
		t.Errorf("%d invoices were made", len(s.invoices))
	}
}

func TestNeitherAPIKnowsWhatTheOtherMade(t *testing.T) {
	s := open(t, Options{})
	older, newer := s.oxaMake(map[string]any{"orderId": "R-2"}), s.oxaV1Make(nil)
	if told := s.oxaAsk(newer); fmt.Sprint(told["result"]) != "116" {
		t.Errorf("the older API knows the newer one's invoice: %v", told)
	}
	if told := s.fields(s.oxaV1("GET", oxaV1PaymentPath+older, "")); fmt.Sprint(told["status"]) != "404" {
		t.Errorf("the newer API knows the older one's invoice: %v", told)
	}
	all := s.fields(s.post(oxaListPath, jsonText(t, map[string]any{"merchant": OxaPayMerchant, "orderId": "R-1"})))
	if list := all["data"].([]any); len(list) != 0 {
		t.Errorf("the newer one's invoice is in the older one's list: %v", list)
	}
}

func TestTheNewerAPIAddsPaymentsUpAndSaysPayingMeanwhile(t *testing.T) {
	s := open(t, Options{Confirm: time.Minute})
	track := s.oxaV1Make(map[string]any{"currency": "TRX", "amount": json.Number("10")})
	if _, err := s.Step(track); err != nil {
		t.Fatal(err)
	}
	s.oxaV1Status(track, "waiting")
	if err := s.PayLess(track); err != nil {
		t.Fatal(err)
	}
	if have := txs(s.oxaV1Status(track, "paying")); have != "9 TRX confirming" {
		t.Errorf("payments %s", have)
	}
	s.clock.pass(time.Minute)
	if have := txs(s.oxaV1Status(track, "paying")); have != "9 TRX confirmed" {
		t.Errorf("payments %s", have)
	}
	if err := s.Pay(track); err != nil {
		t.Fatal(err)
	}
	if have := txs(s.oxaV1Status(track, "paying")); have != "9 TRX confirmed, 1 TRX confirming" {
		t.Errorf("payments %s", have)
	}
	s.clock.pass(time.Minute)
	if have := txs(s.oxaV1Status(track, "paid")); have != "9 TRX confirmed, 1 TRX confirmed" {
		t.Errorf("payments %s", have)
	}
	if e := s.Ledger(); len(e) != 1 || e[0].Amount != "10.00" {
		t.Errorf("ledger %v", e)
	}
}

func TestWhatTheMerchantDoesInTheAccountIsToldByTheNewerAPI(t *testing.T) {
	s := open(t, Options{})
	track := s.oxaV1Make(nil)
	if err := s.Accept(track); err == nil {
		t.Error("nothing was accepted")
	}
	if err := s.PayLess(track); err != nil {
		t.Fatal(err)
	}
	s.clock.pass(time.Hour)
	s.oxaV1Status(track, "underpaid")
	if err := s.Accept(track); err != nil {
		t.Fatal(err)
	}
	s.oxaV1Status(track, "manual_accept")
	if e := s.Ledger(); len(e) != 1 || e[0].Amount != "31.95" {
		t.Errorf("ledger %v", e)
	}
	for _, want := range []string{"refunding", "refunded"} {
		if err := s.Refund(track); err != nil {
			t.Fatal(err)
		}
		s.oxaV1Status(track, want)
		if e := s.Ledger(); len(e) != 0 {
			t.Errorf("while it is %s the ledger has %v", want, e)
		}
	}
	if err := s.Refund(track); err == nil {
		t.Error("given back twice")
	}
	if err := s.Pay(track); err == nil {
		t.Error("paid after it was given back")
	}
	older := s.oxaMake(map[string]any{"orderId": "R-2"})
	if err := s.Pay(older); err != nil || s.Refund(older) == nil {
		t.Error("the older API knows no refund")
	}
}

func TestACoinThatTheInvoiceDoesNotTakeIsSeenAndCountsForNothing(t *testing.T) {
	s := open(t, Options{})
	older, newer := s.oxaMake(map[string]any{"orderId": "R-2"}), s.oxaV1Make(nil)
	for _, track := range []string{older, newer} {
		if err := s.PayStrange(track); err != nil {
			t.Fatal(err)
		}
	}
	if d := s.oxaStatus(older, "Waiting"); d["payAmount"] != "35.5" || d["payCurrency"] != oxaStrange || d["txID"] == "" {
		t.Errorf("the older API says %v", d)
	}
	if have := txs(s.oxaV1Status(newer, "waiting")); have != "35.5 DASH confirmed" {
		t.Errorf("the newer API says %s", have)
	}
	s.clock.pass(time.Hour)
	s.oxaStatus(older, "Expired")
	s.oxaV1Status(newer, "expired")
	if len(s.Ledger()) != 0 {
		t.Errorf("ledger %v", s.Ledger())
	}
	if err := s.PayStrange(s.xaiMake(nil)["invoiceNo"].(string)); err == nil {
		t.Error("XaiGate plays it too")
	}
}

func TestTheInvoicePagePlaysWhatOnlyOxaPayKnows(t *testing.T) {
	s := open(t, Options{})
	track := s.oxaV1Make(nil)
	link := s.url + "/p/" + track
	s.press(link, "strange")
	s.press(link, "less")
	after := s.press(link, "accept")
	if !strings.Contains(after, "Paid. Thank you.") {
		t.Errorf("accepted by hand:\n%s", after)
	}
	s.press(link, "give-back")
	if after = s.press(link, "give-back"); !strings.Contains(after, "Your money was sent back to you.") || strings.Contains(after, "<button") {
		t.Errorf("given back:\n%s", after)
	}
}
