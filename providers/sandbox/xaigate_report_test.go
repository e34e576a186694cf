package sandbox

import (
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"
)

// receiver is a shop's server at notifyUrl.
func receiver(t *testing.T) (link string, came <-chan string) {
	t.Helper()
	reports := make(chan string, 64)
	web := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		reports <- r.Method + " " + r.Header.Get("Content-Type") + " " + string(body)
	}))
	t.Cleanup(web.Close)
	return web.URL + "/notify", reports
}

// both are the next two reports, in whatever order two payments' came.
func both(came <-chan string) []string {
	two := []string{<-came, <-came}
	slices.Sort(two)
	return two
}

func TestXaiGateReportsInBothDocumentedShapesAndProvesNothing(t *testing.T) {
	s := open(t, Options{})
	link, came := receiver(t)
	number := s.xaiMake(map[string]any{"notifyUrl": link})["invoiceNo"].(string)
	shape := func(status string) []string {
		return []string{
			`POST application/json {"invoiceNo":"` + number + `","amount":"10.5","currency":"USD","orderId":"R-1","email":"example@hotmail.com"}`,
			`POST application/x-www-form-urlencoded orderId=R-1&status=` + status,
		}
	}
	for _, step := range []struct {
		do     func(string) error
		status string
	}{{s.PayLess, "PaidPartial"}, {s.Pay, "Paid"}} {
		if err := step.do(number); err != nil {
			t.Fatal(err)
		}
		if got := both(came); !slices.Equal(got, shape(step.status)) {
			t.Errorf("%s is reported as\n%q, want\n%q", step.status, got, shape(step.status))
		}
	}
	if err := s.Pay(number); err == nil {
		t.Error("it was paid twice")
	}
	if len(came) != 0 {
		t.Errorf("more was reported: %q", <-came)
	}
}

func TestAPaymentThatBecomesSafeIsReportedThen(t *testing.T) {
	s := open(t, Options{})
	// This one is on the real clock.
	s.Server = New(Options{Confirm: time.Millisecond})
	web := httptest.NewServer(s.Server)
	t.Cleanup(web.Close)
	s.url = web.URL
	link, came := receiver(t)
	number := s.xaiMake(map[string]any{"notifyUrl": link})["invoiceNo"].(string)
	if err := s.PayMore(number); err != nil {
		t.Fatal(err)
	}
	if got := both(came); got[1] != "POST application/x-www-form-urlencoded orderId=R-1&status=Paid" {
		t.Errorf("it is reported as %q", got)
	}
	if e := s.Ledger(); len(e) != 1 || e[0].Amount != "11.55" {
		t.Errorf("the ledger has %v", e)
	}
}

func TestNothingIsReportedToAnotherMachine(t *testing.T) {
	for link, own := range map[string]bool{
		"http://127.0.0.1:1/n": true, "https://localhost/n": true, "http://[::1]:80/n": true,
		"http://yourdomain.com/notify-url": false, "http://127.0.0.1.example/n": false, "http://10.0.0.1/n": false, "ftp://127.0.0.1/n": false, "": false, "%": false,
	} {
		if onThisMachine(link) != own {
			t.Errorf("%q is this machine's own: %v", link, !own)
		}
	}
}

func TestAnXaiGateInvoiceIsOverpaidPaidLateOrDeleted(t *testing.T) {
	s := open(t, Options{})
	make := func(reference string) string {
		return s.xaiMake(map[string]any{"orderId": reference})["invoiceNo"].(string)
	}
	over, late, gone, part := make("OVER"), make("LATE"), make("GONE"), make("PART")
	for _, err := range []error{
		s.PayMore(over), s.Expire(late), s.Pay(late), s.Delete(gone), s.PayLess(part), s.Delete(part),
	} {
		if err != nil {
			t.Error(err)
		}
	}
	s.xaiStatus(over, "Paid", "11.55")
	s.xaiStatus(late, "Paid", "10.5")
	s.xaiStatus(gone, "Deleted", "0")
	s.xaiStatus(part, "Deleted", "9.45")
	for _, number := range []string{gone, part} {
		if s.Pay(number) == nil || s.PayLess(number) == nil || s.PayMore(number) == nil || s.Expire(number) == nil {
			t.Error("a deleted invoice was paid or expired")
		}
		if stage, err := s.Step(number); stage != "Deleted" || err != nil {
			t.Errorf("a deleted invoice steps to %s, %v", stage, err)
		}
	}
	if n := len(s.Ledger()); n != 2 {
		t.Errorf("%d in the ledger", n)
	}
	ref := s.fields(s.post(oxaRequestPath, jsonText(t, oxaOrder)))["trackId"].(string)
	if s.Delete(ref) == nil || s.Pay(ref) != nil {
		t.Error("an OxaPay invoice was deleted")
	}
}

func TestThePageOfAnXaiGateInvoiceOverpaysAndDeletes(t *testing.T) {
	s := open(t, Options{})
	link := s.linkOf(s.post(xaiCreatePath, jsonText(t, xaiOrder)), "payUrl")
	if after := s.press(link, "more"); !strings.Contains(after, "Paid. Thank you.") || !strings.Contains(after, "11.55 USD") {
		t.Errorf("overpaid:\n%s", after)
	}
	link = s.linkOf(s.post(xaiCreatePath, jsonText(t, xaiOrder)), "payUrl")
	s.press(link, "expire")
	if after := s.press(link, "delete"); !strings.Contains(after, "Nobody can pay it any more.") || strings.Contains(after, "<button") {
		t.Errorf("deleted:\n%s", after)
	}
}
