package sandbox

import (
	"io"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
)

// page opens a page as a browser does.
func (s *shop) page(link string) (int, http.Header, string) {
	s.t.Helper()
	r, err := s.client.Get(link)
	if err != nil {
		s.t.Fatal(err)
	}
	defer r.Body.Close()
	b, err := io.ReadAll(r.Body)
	if err != nil {
		s.t.Fatal(err)
	}
	return r.StatusCode, r.Header, string(b)
}

// press presses a button on a page and gives the page that follows.
func (s *shop) press(link, button string) string {
	s.t.Helper()
	_, _, before := s.page(link)
	if !strings.Contains(before, `name="action" value="`+button+`"`) {
		s.t.Fatalf("%s has no button %q:\n%s", link, button, before)
	}
	r, err := s.client.PostForm(link, url.Values{"action": {button}})
	if err != nil {
		s.t.Fatal(err)
	}
	r.Body.Close()
	if r.StatusCode != http.StatusSeeOther || !strings.HasSuffix(link, r.Header.Get("Location")) {
		s.t.Fatalf("button %q: HTTP %d to %q", button, r.StatusCode, r.Header.Get("Location"))
	}
	_, _, after := s.page(link)
	return after
}

func (s *shop) linkOf(g got, name string) string {
	s.t.Helper()
	link, _ := s.fields(g)[name].(string)
	if len(link) > 40 || !strings.HasPrefix(link, s.url) {
		s.t.Fatalf("link %q", link)
	}
	return link
}

func TestACustomerPaysOnThePageBehindTheLink(t *testing.T) {
	s := open(t, Options{})
	link := s.linkOf(s.post(oxaRequestPath, jsonText(t, oxaOrder)), "payLink")
	status, header, body := s.page(link)
	if status != 200 || !strings.Contains(body, "SANDBOX") || !strings.Contains(body, "Pay 35.50 USD") || !strings.Contains(body, "Order #12345") {
		t.Errorf("HTTP %d\n%s", status, body)
	}
	if strings.Contains(body, "<script") || !strings.Contains(header.Get("Content-Security-Policy"), "default-src 'none'") ||
		!strings.Contains(body, "width=device-width") {
		t.Error("the page may run scripts, or is not made for a phone")
	}
	if len(s.Ledger()) != 0 {
		t.Error("looking at the page paid it")
	}
	after := s.press(link, "pay")
	if !strings.Contains(after, "Paid. Thank you.") || strings.Contains(after, "<button") {
		t.Errorf("after paying:\n%s", after)
	}
	if e := s.Ledger(); len(e) != 1 || e[0].Reference != "R-1" {
		t.Errorf("ledger %v", e)
	}
}

func TestACustomerPaysLessThenTheRestOrLetsItExpire(t *testing.T) {
	s := open(t, Options{})
	made := s.post(xaiCreatePath, jsonText(t, xaiOrder))
	link, number := s.linkOf(made, "payUrl"), s.fields(made)["invoiceNo"].(string)
	after := s.press(link, "less")
	s.xaiStatus(number, "PaidPartial", "9.45")
	if !strings.Contains(after, "Pay 1.05 USD") || !strings.Contains(after, "Too little has come so far.") || !strings.Contains(after, "9.45 USD") {
		t.Errorf("the rest is not offered:\n%s", after)
	}
	after = s.press(link, "expire")
	if !strings.Contains(after, "The time to pay is over") || strings.Contains(after, `value="expire"`) {
		t.Errorf("after expiry:\n%s", after)
	}
	s.press(link, "pay")
	s.xaiStatus(number, "Paid", "10.5")
	r, err := s.client.PostForm(link, url.Values{"action": {"pay"}}) // an old page in another window
	if err != nil || r.StatusCode != http.StatusSeeOther || len(s.Ledger()) != 1 {
		t.Errorf("pressed again: %v, ledger %v", err, s.Ledger())
	}
}

func TestTheHandOverPageApprovesOrDeclines(t *testing.T) {
	s := open(t, Options{})
	yes, no := s.begin("12550").InvoiceID, s.begin("500").InvoiceID
	at := func(id string) string { return strings.Replace(Bases(s.url).Handover, "{invoiceId}", id, 1) }
	if n := len(at(yes)); n > 78 {
		t.Errorf("the hand-over link has %d bytes", n)
	}
	if _, _, body := s.page(at(yes)); !strings.Contains(body, "SANDBOX") || !strings.Contains(body, "125.50 EUR") {
		t.Errorf("the page:\n%s", body)
	}
	if after := s.press(at(yes), "approve"); !strings.Contains(after, "Approved.") || strings.Contains(after, "<button") {
		t.Errorf("after approving:\n%s", after)
	}
	s.press(at(no), "decline")
	if _, r := s.resultOf(yes); r != "approved" {
		t.Errorf("result %s", r)
	}
	if _, r := s.resultOf(no); r != "declined" {
		t.Errorf("result %s", r)
	}
}

func TestPagesShowWhatWasSentAsTextAndRefuseTheRest(t *testing.T) {
	s := open(t, Options{})
	link := s.linkOf(s.post(oxaRequestPath, jsonText(t, with(oxaOrder, map[string]any{"description": "<b>3 & 4</b>"}))), "payLink")
	if _, _, body := s.page(link); strings.Contains(body, "<b>") || !strings.Contains(body, "&lt;b&gt;3 &amp; 4&lt;/b&gt;") {
		t.Errorf("the description is not escaped:\n%s", body)
	}
	r, err := s.client.PostForm(link, url.Values{"action": {"refund"}})
	if err != nil || r.StatusCode != http.StatusBadRequest {
		t.Errorf("an unknown button: %v", err)
	}
	for _, path := range []string{"/p/", "/p/12345678", "/p/../", "/h/x", "/nothing", "/oxipay/webapi/v1"} {
		if status, _, _ := s.page(s.url + path); status != http.StatusNotFound {
			t.Errorf("%s: HTTP %d", path, status)
		}
	}
	if g := s.send("DELETE", strings.TrimPrefix(link, s.url), "", ""); g.status != http.StatusMethodNotAllowed {
		t.Errorf("DELETE: HTTP %d", g.status)
	}
}

func TestTheWayInPrintsEverythingThatSettingsNeed(t *testing.T) {
	s := open(t, Options{})
	status, _, body := s.page(s.url + "/")
	if status != 200 {
		t.Fatalf("HTTP %d", status)
	}
	text := regexp.MustCompile(`&#(36|94);`).ReplaceAllStringFunc(body, func(e string) string {
		return map[string]string{"&#36;": "$", "&#94;": "^"}[e]
	})
	b := Bases(s.url)
	for _, known := range []string{
		b.Oxipay, b.OxipayDummy, b.OxaPay, b.XaiGate, b.Payneteasy, b.Handover, b.Result,
		"1234567890", "sandbox", "fdda9f03-6409-43eb-a6ef-e1f6cea71c2e", "B17F59B4-A7DC-41B4-8FF9-37D986B43D20", "1111", PayneteasyToken,
		"SPRA01", "FPRA24", "SINV01", "SERVER_UNAVAILABLE",
	} {
		if !strings.Contains(text, ">"+known) && !strings.Contains(text, known+" ") && !strings.Contains(text, known+"<") {
			t.Errorf("%s is not printed", known)
		}
	}
	for _, at := range []string{b.OxipayDummy + "/Invite", b.Oxipay + "/ProcessAuthorisation", b.OxaPay + "/merchants/request",
		b.XaiGate + "/api/v1/invoice/create", b.Payneteasy + "/transfer/initiate-transfer"} {
		if g := s.send("POST", strings.TrimPrefix(at, s.url), "text/plain", ""); g.status != http.StatusUnsupportedMediaType {
			t.Errorf("%s leads nowhere: HTTP %d", at, g.status)
		}
	}
}
