package oxipay

import (
	"fmt"
	"testing"

	"cashdesk/providers"
)

// The expectations of this file are written out from the provider's tables and
// know nothing of the client's own.

var everyStatus = []string{"Success", "Failed", "Failure", "Error", "Pending", "Cancelled", "success", "Approved", ""}

var everyCode = []string{
	"SINV01", "SPRA01", "SPND01", "FCNL01",
	"FPRA01", "FPRA02", "FPRA03", "FPRA04", "FPRA05", "FPRA06", "FPRA07", "FPRA08", "FPRA09",
	"FPRA21", "FPRA22", "FPRA23", "FPRA24", "FPRA99",
	"EVAL01", "EVAL02", "EAUT01", "ESIG01", "EISE01",
	"SCRK01", "FCRK01", "FCRK02", "SSER01", "FSER01", "FSER02",
	"SPSA01", "FPSA01", "FPSA02", "FPSA03", "FPSA04", "FPSA05", "FPSA06", "FPSA07", "FPSA08", "FPSA09",
	"SPAR01", "FPAR01", "FPAR02", "FPAR03", "FPAR05", "FPAR06", "FPAR07", "FPAR08",
	"FPRA10", "FPAR04", "spra01", "SPRA01 ", "SPRA02", "EISE02", "",
}

type verdict struct {
	state  providers.State
	reason providers.Reason
	key    bool
}

var listedStatus = map[string]bool{"Success": true, "Failed": true, "Failure": true, "Error": true, "Pending": true, "Cancelled": true}

var unlistedCode = map[string]bool{"FPRA10": true, "FPAR04": true, "spra01": true, "SPRA01 ": true, "SPRA02": true, "EISE02": true, "": true}

var declines = map[string]bool{
	"FPRA01": true, "FPRA02": true, "FPRA03": true, "FPRA04": true, "FPRA05": true, "FPRA06": true,
	"FPRA07": true, "FPRA08": true, "FPRA09": true, "FPRA21": true, "FPRA22": true, "FPRA23": true,
	"FPRA24": true, "FPRA99": true,
}

// refundDeclines, undoDeclines and saleDeclines are what each call can say no
// with, and whether that stays a no when it comes on a resend. Identical bytes
// of a sale are known again, so that only "used before" says nothing then; those
// of a refund may not be, so that whatever the first send could have caused says
// nothing.
var (
	refundDeclines = map[string]bool{
		"FPSA01": false, "FPSA02": false, "FPSA03": false, "FPSA04": false, "FPSA05": false,
		"FPSA06": false, "FPSA07": true, "FPSA08": false, "FPSA09": true,
	}
	undoDeclines = map[string]bool{
		"FPAR01": false, "FPAR02": false, "FPAR03": false, "FPAR05": false, "FPAR06": false, "FPAR07": true, "FPAR08": false,
	}
	saleDeclines = func() map[string]bool {
		all := map[string]bool{}
		for code := range declines {
			all[code] = code != "FPRA07" && code != "FPRA22"
		}
		return all
	}()
)

// yes is what each call succeeds with, and what that makes of an attempt.
var yes = map[string]struct {
	code  string
	state providers.State
	no    map[string]bool
}{
	"ProcessAuthorisation":           {"SPRA01", providers.Approved, saleDeclines},
	"ProcessSalesAdjustment":         {"SPSA01", providers.Approved, refundDeclines},
	"ProcessSalesAdjustmentReversal": {"SPAR01", providers.Approved, undoDeclines},
	"Invite":                         {"SINV01", providers.Invited, nil},
}

// expected is the decision as the documentation has it, without a look at the
// client's table.
func expected(call, status, code string, number bool, sign providers.Signature, http int, resend bool) verdict {
	unknown := func(r providers.Reason) verdict { return verdict{state: providers.Unknown, reason: r} }
	if sign != providers.SignatureValid {
		switch {
		case status == "Error" && (code == "ESIG01" || code == "EAUT01"):
			return verdict{providers.Unknown, providers.SuspectedKey, true}
		case http != 200:
			return unknown(providers.BadStatus)
		case sign == providers.SignatureMissing:
			return unknown(providers.NoSignature)
		}
		return unknown(providers.BadSignature)
	}
	if unlistedCode[code] || !listedStatus[status] {
		return unknown(providers.Unlisted)
	}
	authorise := call == "ProcessAuthorisation"
	certain, no := yes[call].no[code]
	no = no && (status == "Failed" || status == "Failure")
	refusal := code == "EVAL01" || code == "EAUT01" || code == "ESIG01" || code == "EVAL02" && authorise
	switch {
	case status == "Success" && code == yes[call].code && authorise && !number:
		return unknown(providers.NoPurchaseNumber)
	case status == "Success" && code == yes[call].code:
		return verdict{state: yes[call].state}
	case no && resend && !certain:
		return unknown(providers.OnResend)
	case no:
		return verdict{state: providers.Declined}
	case status == "Error" && refusal && resend:
		return unknown(providers.OnResend)
	case status == "Error" && refusal:
		return verdict{state: providers.Refused, reason: providers.ProviderSaidNo}
	case authorise && status == "Pending" && code == "SPND01":
		return unknown(providers.AwaitsBuyer)
	case authorise && status == "Cancelled" && code == "FCNL01":
		return verdict{state: providers.Declined}
	case status == "Error" && code == "EISE01":
		return unknown(providers.ServerFault)
	}
	return unknown(providers.Disagrees)
}

func TestTheWholeProductOfStatusCodeAndSignatureIsDecidedAsDocumented(t *testing.T) {
	c := client(t, settings("http://127.0.0.1:1"))
	seen := map[providers.State]int{}
	for _, order := range everyOrder() {
		r := prepare(t, c, order)
		for _, status := range everyStatus {
			for _, code := range everyCode {
				for _, number := range []string{"", "52011913"} {
					for _, sign := range []providers.Signature{providers.SignatureValid, providers.SignatureWrong, providers.SignatureMissing} {
						for _, http := range []int{200, 400, 500} {
							for _, resend := range []bool{false, true} {
								s := script{status: status, code: code, message: "words", number: number, sign: sign, echo: echoOf(r.Body), http: http}
								name := fmt.Sprintf("%s %q %q number=%q %s %d resend=%v", r.Call, status, code, number, sign, http, resend)
								want := expected(r.Call, status, code, number != "", sign, http, resend)
								seen[checkVerdict(t, name, s.answer(testKey, r, resend), want, sign, order.Kind)]++
							}
						}
					}
				}
			}
		}
	}
	for _, state := range []providers.State{providers.Approved, providers.Declined, providers.Refused, providers.Invited, providers.Unknown} {
		if seen[state] == 0 {
			t.Errorf("no combination gives %s, so this test proves nothing of it", state)
		}
	}
	if seen[providers.Approved] != 6+12+12 {
		t.Errorf("%d combinations approve, want 30: three HTTP statuses, first send and resend; a refund with and without a number", seen[providers.Approved])
	}
}

func checkVerdict(t *testing.T, name string, a providers.Answer, want verdict, sign providers.Signature, kind providers.Kind) providers.State {
	t.Helper()
	if got := (verdict{a.State, a.Reason, a.KeySuspected}); got != want {
		t.Errorf("%s: got %+v, want %+v", name, got, want)
	}
	if a.Signature != sign {
		t.Errorf("%s: signature %q", name, a.Signature)
	}
	if (a.ProviderRef != "") != (a.State == providers.Approved && kind == providers.Authorise) {
		t.Errorf("%s: purchase number %q in state %s", name, a.ProviderRef, a.State)
	}
	if (a.Message != "") != (sign == providers.SignatureValid) {
		t.Errorf("%s: message %q with signature %s", name, a.Message, sign)
	}
	if a.NoEcho {
		t.Errorf("%s: the echo was there", name)
	}
	return a.State
}

func TestAnotherRequestsEchoMakesEvenAnApprovalUnknown(t *testing.T) {
	c := client(t, settings("http://127.0.0.1:1"))
	r, other := prepare(t, c, sale()), prepare(t, c, sale())
	approval := script{status: "Success", code: "SPRA01", number: "1", sign: providers.SignatureValid, http: 200}
	for name, echo := range map[string]string{
		"another token": string(echoOf(other.Body)),
		"empty object":  `{}`,
		"text":          `"token"`,
		"more in it":    `{"token":"6162636465666768696a6b6c6d6e6f70","more":1}`,
	} {
		approval.echo = []byte(echo)
		if a := approval.answer(testKey, r, false); a.State != providers.Unknown || a.Reason != providers.WrongEcho {
			t.Errorf("%s: %s %s", name, a.State, a.Reason)
		}
	}
	suspicion := script{status: "Error", code: "ESIG01", http: 200, echo: []byte(`{}`)}
	if a := suspicion.answer(testKey, r, false); a.KeySuspected || a.Reason != providers.WrongEcho {
		t.Error("the answer to another request put our key under suspicion")
	}
	approval.echo = []byte(` { "token" : "6162636465666768696a6b6c6d6e6f70" } `)
	if a := approval.answer(testKey, r, false); a.State != providers.Approved || a.NoEcho {
		t.Errorf("the same object with other spaces: %s %s", a.State, a.Reason)
	}
}

func TestAMissingEchoIsAcceptedAndNoted(t *testing.T) {
	r := prepare(t, client(t, settings("http://127.0.0.1:1")), sale())
	for _, echo := range []string{"", "null"} {
		s := script{status: "Failed", code: "FPRA23", sign: providers.SignatureValid, http: 200}
		if echo != "" {
			s.echo = []byte(echo)
		}
		if a := s.answer(testKey, r, false); a.State != providers.Declined || !a.NoEcho {
			t.Errorf("echo %q: %s, noted %v", echo, a.State, a.NoEcho)
		}
	}
}

func TestWhatNeverLeftIsRefusedFirstAndUnknownOnAResend(t *testing.T) {
	c := client(t, settings("http://127.0.0.1:1"))
	for _, order := range everyOrder() {
		r := prepare(t, c, order)
		for _, why := range []providers.Reason{providers.Unreachable, providers.TimedOut, providers.Cut, providers.TooLarge, providers.Redirected} {
			for _, resend := range []bool{false, true} {
				want := providers.Unknown
				if why == providers.Unreachable && !resend {
					want = providers.Refused
				}
				a := decide(testKey, r, providers.Reply{Reason: why}, resend)
				if a.State != want || a.Reason != why {
					t.Errorf("%s %s resend=%v: %s %s, want %s", r.Call, why, resend, a.State, a.Reason, want)
				}
			}
		}
	}
}

func TestAPendingReplySaysWhenToAskAgainWithinAMinute(t *testing.T) {
	r := prepare(t, client(t, settings("http://127.0.0.1:1")), sale())
	for field, want := range map[string]float64{
		``: 5, `,"retry_duration":9`: 9, `,"retry_duration":1`: 1, `,"retry_duration":0`: 5, `,"retry_duration":"7"`: 7, `,"retry_duration":86400`: 60,
		`,"retry_duration":-3`: 5, `,"retry_duration":{}`: 5, `,"retry_duration":null`: 5,
	} {
		sign := Sign(testKey, map[string]string{"x_status": "Pending", "x_code": "SPND01"})
		body := `{"x_status":"Pending","x_code":"SPND01","signature":"` + sign + `"` + field + `}`
		a := decide(testKey, r, providers.Reply{Status: 200, Body: []byte(body)}, false)
		if a.State != providers.Unknown || a.Reason != providers.AwaitsBuyer || a.RetryAfter.Seconds() != want {
			t.Errorf("%s: %s %s, again after %s", field, a.State, a.Reason, a.RetryAfter)
		}
	}
}
