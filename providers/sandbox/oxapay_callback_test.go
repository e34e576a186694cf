package sandbox

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"
)

// listener is a shop's callbackUrl; it answers what say gives.
type listener struct {
	*httptest.Server
	mu   sync.Mutex
	got  []Recorded
	says func(n int) (int, string)
}

func (l *listener) all() []Recorded {
	l.mu.Lock()
	defer l.mu.Unlock()
	return append([]Recorded{}, l.got...)
}

// listens starts one that answers the n-th call, from 1 on.
func listens(t *testing.T, says func(n int) (int, string)) *listener {
	t.Helper()
	l := &listener{says: says}
	l.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		l.mu.Lock()
		l.got = append(l.got, Recorded{Method: r.Method, Path: r.URL.Path, Header: r.Header.Clone(), Body: body})
		n := len(l.got)
		l.mu.Unlock()
		status, text := l.says(n)
		w.WriteHeader(status)
		io.WriteString(w, text)
	}))
	t.Cleanup(l.Close)
	return l
}

func ok(int) (int, string) { return 200, "ok" }

// statuses are what the reports said, one after the other.
func (l *listener) statuses(t *testing.T) string {
	t.Helper()
	var all []string
	for _, r := range l.all() {
		var said struct{ Status string }
		if err := json.Unmarshal(r.Body, &said); err != nil {
			t.Fatal(err)
		}
		if r.Method != "POST" || r.Header.Get("HMAC") != oxaMAC(r.Body, OxaPayMerchant) || r.Header.Get("Content-Type") != "application/json" {
			t.Errorf("%s %s is not rightly signed", r.Method, r.Body)
		}
		all = append(all, said.Status)
	}
	return strings.Join(all, " ")
}

func TestTheMACOfAReportIsTheDocumentedOne(t *testing.T) {
	const want = "29341ce38b87b4300406f345824c03a63cd42d3c82758144757b4322478d022ea20141cbefb272b79bed466a25ad019747cf1bd21a07cff2ec2bc5922baa50d5"
	if have := oxaMAC([]byte(`{"type":"invoice","status":"Paid"}`), "custom-merchant-secret"); have != want {
		t.Errorf("it is %s", have)
	}
}

func TestEveryChangeIsReportedOnceAndInItsOrder(t *testing.T) {
	shop := listens(t, ok)
	s := open(t, Options{Confirm: time.Minute})
	track := s.oxaMake(map[string]any{"callbackUrl": shop.URL + "/cb"})
	s.Deliver()
	if _, err := s.Step(track); err != nil {
		t.Fatal(err)
	}
	if err := s.Pay(track); err != nil {
		t.Fatal(err)
	}
	s.Deliver()
	s.clock.pass(time.Minute)
	s.Deliver()
	s.Deliver()
	if have := shop.statuses(t); have != "Waiting Confirming Paid" {
		t.Errorf("reported: %s", have)
	}
	var last map[string]any
	if err := json.Unmarshal(shop.all()[2].Body, &last); err != nil || last["trackId"] != track || last["orderId"] != "R-1" || last["type"] != "invoice" || last["payAmount"] != "142" {
		t.Errorf("the last one: %v %v", last, err)
	}
	expiring := s.oxaMake(map[string]any{"callbackUrl": shop.URL, "orderId": "R-2"})
	s.clock.pass(time.Hour)
	s.Deliver()
	if have := shop.statuses(t); have != "Waiting Confirming Paid Expired" {
		t.Errorf("reported: %s (%s)", have, expiring)
	}
}

func TestTheNewerAPIReportsPayingAndPaidOnly(t *testing.T) {
	shop := listens(t, ok)
	s := open(t, Options{})
	track := s.oxaV1Make(map[string]any{"callback_url": shop.URL})
	if err := s.PayLess(track); err != nil {
		t.Fatal(err)
	}
	s.Deliver()
	if err := s.Pay(track); err != nil {
		t.Fatal(err)
	}
	s.Deliver()
	if err := s.Refund(track); err != nil {
		t.Fatal(err)
	}
	expiring := s.oxaV1Make(map[string]any{"callback_url": shop.URL, "order_id": "R-2"})
	s.clock.pass(time.Hour)
	s.Deliver()
	if have := shop.statuses(t); have != "Paying Paid" {
		t.Errorf("reported: %s (%s expired)", have, expiring)
	}
	var last struct {
		Track string `json:"track_id"`
		Order string `json:"order_id"`
		Txs   []struct {
			Sent json.Number `json:"sent_amount"`
		}
	}
	if err := json.Unmarshal(shop.all()[1].Body, &last); err != nil || last.Track != track || last.Order != "R-1" || len(last.Txs) != 2 {
		t.Errorf("the last one: %+v %v", last, err)
	}
}

func TestAReportThatIsNotTakenIsTriedFiveTimes(t *testing.T) {
	answers := []struct {
		status int
		text   string
	}{{500, "ok"}, {200, "okay"}, {200, ""}, {302, "ok"}, {200, "OK"}}
	shop := listens(t, func(n int) (int, string) { return answers[n-1].status, answers[n-1].text })
	pauses := []time.Duration{time.Minute, 3 * time.Minute, 30 * time.Minute, 3 * time.Hour}
	s := open(t, Options{CallbackRetries: pauses})
	if err := s.Expire(s.oxaMake(map[string]any{"callbackUrl": shop.URL})); err != nil {
		t.Fatal(err)
	}
	s.Deliver()
	for i, pause := range pauses {
		s.clock.pass(pause - 1)
		s.Deliver()
		if n := len(shop.all()); n != i+1 {
			t.Fatalf("%d tries before the pause was over, want %d", n, i+1)
		}
		s.clock.pass(1)
		s.Deliver()
	}
	s.clock.pass(24 * time.Hour)
	s.Deliver()
	tries := s.Callbacks()
	if len(tries) != 5 || tries[4].Try != 5 || tries[4].OK || tries[1].Status != 200 {
		t.Errorf("tries %+v", tries)
	}
	if have := shop.statuses(t); have != "Expired Expired Expired Expired Expired" {
		t.Errorf("reported: %s", have)
	}
}

func TestAReportThatIsTakenTheSecondTimeIsNotSentAgain(t *testing.T) {
	shop := listens(t, func(n int) (int, string) { return map[bool]int{true: 503, false: 200}[n == 1], "ok" })
	s := open(t, Options{})
	if err := s.Expire(s.oxaMake(map[string]any{"callbackUrl": shop.URL})); err != nil {
		t.Fatal(err)
	}
	for range 6 {
		s.Deliver()
		s.clock.pass(time.Hour)
	}
	if tries := s.Callbacks(); len(tries) != 2 || !tries[1].OK || tries[1].Try != 2 {
		t.Errorf("tries %+v", tries)
	}
}

func TestNoReportLeavesThisMachine(t *testing.T) {
	s := open(t, Options{})
	if err := s.Expire(s.oxaMake(map[string]any{"callbackUrl": "https://192.0.2.1/cb"})); err != nil {
		t.Fatal(err)
	}
	s.Deliver()
	if tries := s.Callbacks(); len(tries) != 0 {
		t.Errorf("it was tried: %+v", tries)
	}
}

func TestAReportGoesWrongAsThePlanSays(t *testing.T) {
	for plan, row := range map[string]struct {
		want  string // each report that came: right or wrong MAC, its status
		tries int
	}{
		"oxapay.callback#1=cut-before":      {"right Expired", 2},
		"oxapay.callback#1=503":             {"right Expired", 2},
		"oxapay.callback#1=duplicated":      {"right Expired, right Expired", 1},
		"oxapay.callback#1=unsigned":        {"none Expired", 1},
		"oxapay.callback#1=wrong-signature": {"wrong Expired", 1},
		"oxapay.callback#1=unknown-status":  {"right Frozen", 1},
		"oxapay.callback#1=foreign":         {"right Paid", 1},
		"oxapay.callback#1=half-body":       {"wrong -", 1},
		"oxapay.callback#1=body-twice":      {"wrong -", 1},
		"oxapay.callback#1=delay:5s":        {"right Expired", 1},
	} {
		t.Run(plan, func(t *testing.T) {
			shop := listens(t, ok)
			s := open(t, Options{Plan: parsed(t, plan)})
			track := s.oxaMake(map[string]any{"callbackUrl": shop.URL})
			if err := s.Expire(track); err != nil {
				t.Fatal(err)
			}
			for range 3 {
				s.Deliver()
				s.clock.pass(time.Minute)
			}
			var came []string
			for _, r := range shop.all() {
				said := struct{ Status string }{"-"}
				_ = json.Unmarshal(r.Body, &said)
				mac := map[string]string{"": "none", oxaMAC(r.Body, OxaPayMerchant): "right"}[r.Header.Get("HMAC")]
				if mac == "" {
					mac = "wrong"
				}
				came = append(came, mac+" "+said.Status)
			}
			if have := strings.Join(came, ", "); have != row.want || len(s.Callbacks()) != row.tries {
				t.Errorf("came %s in %d tries, want %s in %d", have, len(s.Callbacks()), row.want, row.tries)
			}
		})
	}
}

// TestAReplayedReportIsAnOldOneThatVerifies: a replay verifies for ever.
func TestAReplayedReportIsAnOldOneThatVerifies(t *testing.T) {
	shop := listens(t, ok)
	s := open(t, Options{Plan: parsed(t, "oxapay.callback#2=replayed")})
	for i := range 2 {
		if err := s.Expire(s.oxaMake(map[string]any{"callbackUrl": shop.URL, "orderId": fmt.Sprint("R-", i)})); err != nil {
			t.Fatal(err)
		}
		s.Deliver()
	}
	if got := shop.all(); len(got) != 2 || string(got[0].Body) != string(got[1].Body) || shop.statuses(t) != "Expired Expired" {
		t.Errorf("came %v", got)
	}
}

// TestOnTheRealClockReportsComeByThemselves, and are tried again.
func TestOnTheRealClockReportsComeByThemselves(t *testing.T) {
	came := make(chan string, 10)
	shop := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var said struct{ Status string }
		if err := json.NewDecoder(r.Body).Decode(&said); err != nil {
			t.Error(err)
		}
		if came <- said.Status; said.Status == "Paid" {
			io.WriteString(w, "ok")
		}
	}))
	t.Cleanup(shop.Close)
	s := New(Options{Confirm: time.Millisecond, CallbackRetries: []time.Duration{time.Millisecond}})
	web := httptest.NewServer(s)
	t.Cleanup(web.Close)
	body := strings.NewReader(jsonText(t, with(oxaOrder, map[string]any{"callbackUrl": shop.URL})))
	if r, err := http.Post(web.URL+oxaRequestPath, "application/json", body); err != nil || r.Body.Close() != nil {
		t.Fatal(err)
	}
	if err := s.Pay("R-1"); err != nil {
		t.Fatal(err)
	}
	want := map[string]int{"Confirming": 2, "Paid": 1} // the first one is never taken
	for range 3 {
		want[<-came]--
	}
	if want["Confirming"] != 0 || want["Paid"] != 0 {
		t.Errorf("too many or too few: %v", want)
	}
}
