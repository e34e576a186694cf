package oxipay

import (
	"encoding/json"
	"io"
	"log"
	"testing"

	"cashdesk/providers"
	"cashdesk/providers/providertest"
	"pgregory.net/rapid"
)

// quiet swallows what a test server says about handshakes that must fail.
var quiet = log.New(io.Discard, "", 0)

func TestAReplyIsReadByTheExactNamesOfItsFields(t *testing.T) {
	r, err := ParseReply([]byte(`{"X_STATUS":"Success","x_status":"Failed","x_code":"FPRA04","x_purchase_number":52011913,"extra":[1,{}]}`))
	if err != nil || r.Status != "Failed" || r.Code != "FPRA04" || r.PurchaseNumber != "52011913" {
		t.Errorf("read %+v, %v", r, err)
	}
}

func TestRepliesThatCouldBeReadTwoWaysAreErrors(t *testing.T) {
	for _, body := range []string{
		``, `null`, `[]`, `"Success"`, `{`, `{}{}`, `{} x`, `{"x_code":"A","x_code":"B"}`,
		`{"x_code":"A",}`, `{"x_code":true}`, `{"x_code":["SPRA01"]}`, `{"x_code":{}}`, `{"x_code":1.5}`, `{"x_code":-1}`,
		`{"signature":[]}`, `{"x_code":"SPRA01"`,
	} {
		if r, err := ParseReply([]byte(body)); err == nil {
			t.Errorf("%s was read as %+v", body, r)
		}
	}
}

func TestNoReplyWhateverMakesTheClientPanicOrApproveUnsigned(t *testing.T) {
	c := client(t, settings("http://127.0.0.1:1"))
	r := prepare(t, c, sale())
	value := rapid.OneOf(
		rapid.Map(rapid.String(), func(s string) any { return s }),
		rapid.Map(rapid.Int64(), func(n int64) any { return n }),
		rapid.Just(any(nil)), rapid.Just(any(true)), rapid.Just(any([]any{})), rapid.Just(any(map[string]any{})),
		rapid.Map(rapid.SampledFrom([]string{"Success", "SPRA01", "Failed", "FPRA22", "Error", "ESIG01", "1"}), func(s string) any { return s }),
	)
	name := rapid.SampledFrom([]string{"x_status", "x_code", "x_message", "x_purchase_number", "tracking_data", "signature", "retry_duration", "x_", "other"})
	rapid.Check(t, func(t *rapid.T) {
		body, err := json.Marshal(rapid.MapOf(name, value).Draw(t, "fields"))
		if err != nil {
			t.Fatal(err)
		}
		cut := rapid.IntRange(0, len(body)).Draw(t, "cut")
		body = append(body[:cut:cut], rapid.SliceOfN(rapid.Byte(), 0, 8).Draw(t, "tail")...)
		if rapid.Bool().Draw(t, "anything") {
			body = rapid.SliceOf(rapid.Byte()).Draw(t, "body")
		}
		a := decide(testKey, r, providers.Reply{Status: 200, Body: body}, rapid.Bool().Draw(t, "resend"))
		if a.State != providers.Unknown || a.Reason == providers.NoReason || a.Message != "" {
			t.Fatalf("%q: %+v", body, a)
		}
	})
}

func TestTextOfTheProviderIsCleanedBeforeItIsShown(t *testing.T) {
	r := prepare(t, client(t, settings("http://127.0.0.1:1")), sale())
	s := script{status: "Success", code: "SPRA01", message: "paid\x1b[2J\n twice\u202e", number: " 52\x07011913 ", sign: providers.SignatureValid, http: 200}
	a := s.answer(testKey, r, false)
	if a.State != providers.Approved || a.Message != "paid [2J twice" || a.ProviderRef != "52 011913" {
		t.Errorf("%s %q %q", a.State, a.Message, a.ProviderRef)
	}
	s.number = " \t\u200b"
	if a := s.answer(testKey, r, false); a.State != providers.Unknown || a.Reason != providers.NoPurchaseNumber {
		t.Errorf("a number of blanks: %s %s", a.State, a.Reason)
	}
}

func TestTheHeaviestReplyCostsABoundedAmountOfMemory(t *testing.T) {
	c := client(t, settings("http://127.0.0.1:1"))
	for _, o := range []providers.Order{sale(), invitation()} {
		r := prepare(t, c, o)
		providertest.Heavy(t, func(body []byte) providers.Answer {
			return decide(testKey, r, providers.Reply{Status: 200, Body: body}, false)
		})
	}
}
