package sandbox

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"strings"
	"sync"
	"testing"
)

func TestALostAnswerWasProcessedAndLooksLikeACutConnection(t *testing.T) {
	s := open(t, Options{})
	body := seal(t, authorisation("011234", "R-1"), OxipayKey)
	s.LoseNext()
	s.LoseNext()
	if _, err := s.try(ledgerAuthorise, body); !isCut(err) {
		t.Fatalf("the answer came back as %v, want a cut connection", err)
	}
	if s.Losing() {
		t.Error("still losing after one was lost")
	}
	if n := len(s.Ledger()); n != 1 {
		t.Fatalf("%d approvals, want 1: the provider did process it", n)
	}
	s.expect(ledgerAuthorise, body, "Success", "SPRA01")
	if e := s.Ledger(); len(e) != 1 || e[0].Answers != 2 {
		t.Errorf("ledger %v, want one approval, answered twice", e)
	}
}

func TestAStatusQueryDoesNotUseUpTheLoss(t *testing.T) {
	s := open(t, Options{})
	id := s.oxaMake(nil)
	s.LoseNext()
	s.oxaStatus(id, "New")
	s.resultOf("x")
	if !s.Losing() {
		t.Fatal("a status query was lost")
	}
	for _, call := range []struct{ path, body string }{
		{oxaRequestPath, jsonText(t, oxaOrder)},
		{xaiCreatePath, jsonText(t, xaiOrder)},
		{initiatePath, jsonText(t, transferOf("100", nil))},
		{ledgerInvite, seal(t, invitation, OxipayKey)},
	} {
		s.LoseNext()
		if _, err := s.try(call.path, call.body); !isCut(err) {
			t.Errorf("%s: %v, want a cut connection", call.path, err)
		}
		s.post(call.path, call.body)
	}
	if n := len(s.invoices); n != 5 {
		t.Errorf("%d invoices, want 5: the lost ones exist too", n)
	}
}

// planned plays one fault for every call and notes what it was asked.
type planned struct {
	mu    sync.Mutex
	fault Fault
	asked []string
}

func (p *planned) play(r *http.Request, body []byte) Fault {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.asked = append(p.asked, r.URL.Path+" "+string(body))
	return p.fault
}

func (p *planned) set(f Fault) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.fault = f
}

func TestEveryFaultSpoilsTheAnswerAndNothingElse(t *testing.T) {
	plan := &planned{}
	s := open(t, Options{Fault: plan.play})
	body := seal(t, authorisation("011234", "R-1"), OxipayKey)
	plan.set(Fault{})
	whole := s.post(ledgerAuthorise, body).body
	for kind, check := range map[FaultKind]func(g got, err error) bool{
		LoseAnswer: func(g got, err error) bool { return isCut(err) && g.status == 0 },
		CutAnswer: func(g got, err error) bool {
			return isCut(err) && g.status == 200 && string(g.body) == string(whole[:len(whole)/2])
		},
		HTML500: func(g got, err error) bool {
			return err == nil && g.status == 500 && strings.Contains(string(g.body), "<html>")
		},
		HalfBody: func(g got, err error) bool {
			return err == nil && g.status == 200 && string(g.body) == string(whole[:len(whole)/2])
		},
		HugeBody: func(g got, err error) bool {
			return err == nil && len(g.body) > 10<<20 && json.Valid(g.body) && strings.HasPrefix(string(g.body), string(whole[:len(whole)-1]))
		},
		Unsigned: func(g got, err error) bool {
			_, signed := s.fields(g)["signature"]
			return err == nil && !signed && s.fields(g)["x_code"] == "SPRA01"
		},
		WrongSignature: func(g got, err error) bool {
			m := s.fields(g)
			return err == nil && m["x_code"] == "SPRA01" && len(m["signature"].(string)) == 64 && m["signature"] != s.fields(got{body: whole})["signature"]
		},
		TooMany: func(g got, err error) bool {
			return err == nil && g.status == 429 && g.header.Get("Retry-After") == "30"
		},
		Unavailable: func(g got, err error) bool { return err == nil && g.status == 503 },
		UnknownCode: func(g got, err error) bool {
			m := s.fields(g)
			return err == nil && m["x_code"] == "SPRA77" && m["x_status"] == "Success" && len(m["signature"].(string)) == 64
		},
		Twice: func(g got, err error) bool { return err == nil && string(g.body) == string(whole)+string(whole) },
	} {
		plan.set(Fault{Kind: kind})
		if g, err := s.try(ledgerAuthorise, body); !check(g, err) {
			t.Errorf("%s: HTTP %d, %v, %.200q", kind, g.status, err, g.body)
		}
	}
	if e := s.Ledger(); len(e) != 1 || e[0].Answers != 12 {
		t.Errorf("ledger %v, want one approval, answered twelve times", e)
	}
	if len(plan.asked) != 12 || plan.asked[11] != ledgerAuthorise+" "+body {
		t.Errorf("the plan was asked %d times", len(plan.asked))
	}
}

func TestAWrongSignatureOfATransferIsWrongOnlyThere(t *testing.T) {
	plan := &planned{}
	s := open(t, Options{Fault: plan.play})
	plan.set(Fault{Kind: WrongSignature})
	begun := s.begin("20000")
	right := payneteasyMAC(PayneteasyControlKey, PayneteasyToken, "SN-0001", "1111", begun.Session.Nonce, begun.InvoiceID, "20000", "EUR")
	if begun.Session.Signature == right || len(begun.Session.Signature) != len(right) {
		t.Errorf("signature %s", begun.Session.Signature)
	}
	plan.set(Fault{Kind: Unsigned})
	if begun := s.begin("20000"); begun.Session.Signature != "" || begun.Session.Nonce == "" {
		t.Errorf("session %v", begun.Session)
	}
	id := s.oxaMake(nil) // invoices carry no signature: the fault changes nothing
	s.oxaStatus(id, "New")
}

func TestAnUnprocessedRequestLeavesNoTrace(t *testing.T) {
	plan := &planned{}
	s := open(t, Options{Fault: plan.play})
	body := seal(t, authorisation("011234", "R-1"), OxipayKey)
	plan.set(Fault{Kind: LoseAnswer, Unprocessed: true})
	if _, err := s.try(ledgerAuthorise, body); !isCut(err) {
		t.Errorf("came back as %v", err)
	}
	plan.set(Fault{Unprocessed: true})
	if g := s.post(ledgerAuthorise, body); g.status != http.StatusServiceUnavailable {
		t.Errorf("HTTP %d", g.status)
	}
	if len(s.Ledger()) != 0 || len(s.Requests()) != 2 {
		t.Errorf("ledger %v, %d requests", s.Ledger(), len(s.Requests()))
	}
	plan.set(Fault{})
	// Nothing was burnt: the same code is fresh for another request.
	s.expect(ledgerAuthorise, seal(t, authorisation("011234", "R-2"), OxipayKey), "Success", "SPRA01")
}

func TestAHeldAnswerWaitsForRelease(t *testing.T) {
	s := open(t, Options{})
	id := s.oxaMake(nil)
	waiting := s.Hold()
	body := seal(t, authorisation("011234", "R-1"), OxipayKey)
	answered := make(chan got, 1)
	go func() {
		g, err := s.try(ledgerAuthorise, body)
		if err == nil {
			answered <- g
		}
		close(answered)
	}()
	if r := <-waiting; r.Path != ledgerAuthorise || string(r.Body) != body {
		t.Errorf("waiting: %s %s", r.Path, r.Body)
	}
	if n := len(s.Ledger()); n != 1 {
		t.Errorf("%d approvals while the answer waits, want 1", n)
	}
	s.oxaStatus(id, "New") // a status query is not held
	select {
	case g := <-answered:
		t.Fatalf("answered before it was released: %s", g.body)
	default:
	}
	s.Release()
	if g, ok := <-answered; !ok || s.fields(g)["x_code"] != "SPRA01" {
		t.Errorf("after the release: %s", g.body)
	}
	s.expect(ledgerAuthorise, body, "Success", "SPRA01") // and nothing is held any more
}

func TestAClientMayGiveUpWhileItsAnswerIsHeld(t *testing.T) {
	plan := &planned{fault: Fault{Kind: HoldAnswer}}
	s := open(t, Options{Fault: plan.play})
	waiting := s.Hold()
	ctx, giveUp := context.WithCancel(context.Background())
	body := seal(t, authorisation("011234", "R-1"), OxipayKey)
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, s.url+ledgerAuthorise, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/json")
	failed := make(chan error, 1)
	go func() {
		answer, err := s.client.Do(r)
		if err == nil {
			answer.Body.Close()
		}
		failed <- err
	}()
	<-waiting
	giveUp()
	if err := <-failed; !errors.Is(err, context.Canceled) {
		t.Errorf("gave up with %v", err)
	}
	plan.set(Fault{})
	s.Release()
	s.expect(ledgerAuthorise, body, "Success", "SPRA01")
}

func TestAReplayedAnswerIsTheTrueOneOfAnotherRequest(t *testing.T) {
	plan := &planned{}
	s := open(t, Options{Fault: plan.play})
	first := s.post(ledgerAuthorise, seal(t, authorisation("011234", "R-1"), OxipayKey)).body
	plan.set(Fault{Kind: Replayed})
	body := seal(t, authorisation("015678", "R-2"), OxipayKey)
	if g := s.post(ledgerAuthorise, body); string(g.body) != string(first) {
		t.Errorf("got %s, want the answer to the first request", g.body)
	}
	if g := s.post(ledgerAuthorise, body); string(g.body) == string(first) {
		t.Error("the same request again got the answer to another")
	}
	if n := len(s.Ledger()); n != 2 {
		t.Errorf("%d approvals, want 2: the second request was processed too", n)
	}
}

func TestAForgetfulProviderCallsTheCodeOfAResendUsed(t *testing.T) {
	plan := &planned{}
	s := open(t, Options{Fault: plan.play})
	body := seal(t, authorisation("011234", "R-1"), OxipayKey)
	s.expect(ledgerAuthorise, body, "Success", "SPRA01")
	plan.set(Fault{Kind: Forgotten})
	s.expect(ledgerAuthorise, body, "Failed", "FPRA22")
	plan.set(Fault{})
	s.expect(ledgerAuthorise, body, "Success", "SPRA01")
	if n := len(s.Ledger()); n != 1 {
		t.Errorf("%d approvals, want 1", n)
	}
}
