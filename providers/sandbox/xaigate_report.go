package sandbox

import (
	"bytes"
	"net/http"
	"net/netip"
	"net/url"
	"time"
)

// reportWithin is how long whoever is told has for its answer.
const reportWithin = 5 * time.Second

// report tells the shop's notifyUrl how an XaiGate invoice stands, when that is
// something new. mu is held. On the real clock a payment that is not safe yet is
// told once more when it is.
func (s *Server) report(v *invoice, now time.Time) {
	s.oxaReport(v, now)
	link := v.links["notifyUrl"]
	if v.provider != "xaigate" || !onThisMachine(link) {
		return
	}
	if status := v.xaiStatus(now); status != v.reported && status != "Pending" {
		v.reported = status
		go tell(link, v.xaiReports(status))
	}
	if wait := v.safeAt.Sub(now); v.received.Sign() > 0 && !v.byHand && wait > 0 && s.realClock {
		time.AfterFunc(wait, func() {
			s.mu.Lock()
			defer s.mu.Unlock()
			s.report(v, s.options.Now())
		})
	}
}

// sheet is one body with its content type.
type sheet struct {
	contentType string
	body        []byte
}

// xaiReports are both documented shapes: a JSON invoice that tells no status,
// and a form with order and status. Neither is signed, and nothing in them
// proves who wrote it.
func (v *invoice) xaiReports(status string) []sheet {
	invoice := struct {
		InvoiceNo string `json:"invoiceNo"`
		Amount    string `json:"amount"`
		Currency  string `json:"currency"`
		OrderID   string `json:"orderId"`
		Email     string `json:"email"`
	}{v.ref, v.price.String(), v.currency, v.orderID, v.email}
	form := url.Values{"orderId": {v.orderID}, "status": {status}}
	return []sheet{
		{"application/json", encode(invoice)},
		{"application/x-www-form-urlencoded", []byte(form.Encode())},
	}
}

// onThisMachine says that an address is this machine's own: what a sandbox
// plays must reach nobody else.
func onThisMachine(link string) bool {
	u, err := url.Parse(link)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" {
		return false
	}
	if u.Hostname() == "localhost" {
		return true
	}
	ip, err := netip.ParseAddr(u.Hostname())
	return err == nil && ip.IsLoopback()
}

// tell posts once each; nobody documents that it is tried again.
func tell(link string, sheets []sheet) {
	client := &http.Client{
		Timeout:       reportWithin,
		Transport:     &http.Transport{DisableKeepAlives: true},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	for _, s := range sheets {
		answer, err := client.Post(link, s.contentType, bytes.NewReader(s.body))
		if err == nil {
			answer.Body.Close()
		}
	}
}
