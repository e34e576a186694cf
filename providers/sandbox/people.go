package sandbox

import (
	"bytes"
	"embed"
	"fmt"
	"html/template"
	"net/http"
	"strings"
	"sync"
)

//go:embed pages/*.html
var pageFiles embed.FS

// pages are parsed when the first one is asked for.
var pages = sync.OnceValue(func() *template.Template { return template.Must(template.ParseFS(pageFiles, "pages/*.html")) })

// invoicePage and transferPage are what the pages show.
type invoicePage struct {
	Provider, Amount, Currency, State string
	Ref, OrderID, About               string
	Received, Missing, Less, Expires  string
	More                              string
	Payable, Running, Deletable       bool
	Strange, Accept, Refund           string // what the button says; empty for no button
}

type transferPage struct {
	ID, Amount, Currency, State string
	Pending                     bool
}

// servePeople answers everything that is no provider's call: the page of an
// invoice, the hand-over page of a transfer, and the way in.
func (s *Server) servePeople(w http.ResponseWriter, r *http.Request) {
	// No script anywhere, and forms go nowhere but here.
	w.Header().Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'")
	w.Header().Set("Cache-Control", "no-store")
	target := r.URL.Path
	if number, ok := strings.CutPrefix(target, "/p/"); ok {
		s.servePage(w, r, s.showInvoice(number), map[string]func(string) error{
			"pay": s.Pay, "less": s.PayLess, "more": s.PayMore, "strange": s.PayStrange, "accept": s.Accept, "give-back": s.Refund, "expire": s.Expire, "delete": s.Delete,
		}, number)
		return
	}
	if id, ok := strings.CutPrefix(target, "/h/"); ok {
		s.servePage(w, r, s.showTransfer(id), map[string]func(string) error{
			"approve": s.Approve, "decline": s.Decline,
		}, id)
		return
	}
	switch {
	case target != "/" && target != "/ledger.json":
		page404.write(w)
	case r.Method != http.MethodGet && r.Method != http.MethodHead:
		page405.write(w)
	case target == "/ledger.json":
		jsonAnswer(http.StatusOK, s.Books(r.URL.Query().Get("reference"))).write(w)
	default:
		at := origin(r)
		draw("index", http.StatusOK, struct{ Known, Done, Ways []Line }{Describe(at), s.Books("").lines(), Ways()}).write(w)
	}
}

// shown is a page ready to be drawn; an empty name stands for nothing there.
type shown struct {
	name string
	data any
}

// servePage shows a page, or does what its button says and shows it again.
func (s *Server) servePage(w http.ResponseWriter, r *http.Request, p shown, actions map[string]func(string) error, id string) {
	switch {
	case p.name == "":
		draw("missing", http.StatusNotFound, nil).write(w)
	case r.Method == http.MethodGet || r.Method == http.MethodHead:
		draw(p.name, http.StatusOK, p.data).write(w)
	case r.Method != http.MethodPost:
		page405.write(w)
	default:
		r.Body = http.MaxBytesReader(w, r.Body, 4<<10)
		do := actions[r.PostFormValue("action")]
		if do == nil {
			htmlPage(http.StatusBadRequest, "There is no such button.").write(w)
			return
		}
		// A button pressed on an old page (already paid) changes nothing: the
		// page that follows says how it stands.
		_ = do(id)
		http.Redirect(w, r, r.URL.Path, http.StatusSeeOther)
	}
}

// draw makes a page from its template.
func draw(name string, status int, data any) response {
	var b bytes.Buffer
	if err := pages().ExecuteTemplate(&b, name, data); err != nil {
		panic(fmt.Sprintf("sandbox: page %s: %v", name, err))
	}
	return response{status: status, contentType: "text/html; charset=utf-8", body: b.Bytes()}
}

var providerTitles = map[string]string{"oxapay": "OxaPay", "xaigate": "XaiGate"}

var stageSentences = map[stage]string{
	stageNew:        "Waiting for you to pay.",
	stageWaiting:    "Waiting for your payment.",
	stageConfirming: "Your payment was seen and is being confirmed.",
	stagePaid:       "Paid. Thank you.",
	stageExpired:    "The time to pay is over. Late money can still be sent.",
	stageRefunding:  "Your money is on its way back to you.",
	stageRefunded:   "Your money was sent back to you.",
	stageDeleted:    "This invoice was deleted. Nobody can pay it any more.",
}

func (s *Server) showInvoice(number string) shown {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, v := range s.invoices {
		if v.number != number {
			continue
		}
		st := v.stage(s.options.Now())
		sentence := stageSentences[st]
		if st == stageWaiting && v.received.Sign() > 0 {
			sentence = "Too little has come so far."
		}
		strange, accept, refund := v.oxaButtons()
		return shown{"invoice", invoicePage{
			Strange: strange, Accept: accept, Refund: refund,
			Provider: providerTitles[v.provider], Amount: v.amount, Currency: v.currency,
			State: sentence, Ref: v.ref, OrderID: v.orderID, About: v.about,
			Received: moneyText(v.received), Missing: moneyText(v.missing()), Less: moneyText(v.tooLittle()), More: moneyText(v.tooMuch()),
			Expires: v.expires.Format("15:04:05 MST, 2 January"),
			Payable: !v.enough() && !v.deleted && v.oxa.refund == oxaKept, Running: st != stageExpired, Deletable: v.provider == "xaigate",
		}}
	}
	return shown{}
}

func (s *Server) showTransfer(id string) shown {
	s.mu.Lock()
	defer s.mu.Unlock()
	t := s.transfer(id)
	if t == nil {
		return shown{}
	}
	state := map[string]string{
		transferPending:  "Your bank asks: approve this transfer?",
		transferApproved: "Approved. Thank you.",
		transferDeclined: "Declined. No money was sent.",
	}[t.state]
	return shown{"transfer", transferPage{
		ID: t.invoiceID, Amount: t.amount, Currency: t.currency, State: state, Pending: t.state == transferPending,
	}}
}
