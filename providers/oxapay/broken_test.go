package oxapay

import (
	"strings"
	"testing"

	"cashdesk/providers"
	"cashdesk/providers/providertest"
)

// Each of these was found by the broken answers.

func TestAFoundInvoiceWhoseNumberCannotBeKeptIsNotTaken(t *testing.T) {
	for _, track := range []string{`\udc00\ud800`, `12373985\u0007`, `12373985\u200b`, secret, strings.Repeat("1", 300)} {
		body := `{"result":100,"data":[` + strings.Replace(ours, `"12373985"`, `"`+track+`"`, 1) + `]}`
		if a := find(t, body); a.State != providers.Unknown || a.ProviderRef != "" || a.Link != "" {
			t.Errorf("trackId %q: an invoice that could never be asked for is %s as %q", track, a.State, a.ProviderRef)
		}
	}
}

func TestAnAnswerThatSaysTwoThingsIsNoNews(t *testing.T) {
	for _, twice := range []string{`"status":"Paid",`, `"STATUS":"Paid",`, `"\u0073tatus":"Expired",`, `"type":[{"a":1,"A":2}],`} {
		body := strings.Replace(inquiry("Waiting", "", ""), `"type":"payment",`, twice, 1)
		if a := ask(t, body); a.State != providers.Unknown || a.Reason != providers.BadBody {
			t.Errorf("%s: %s %s", twice, a.State, a.Reason)
		}
		if a := find(t, `{"result":100,"data":[`+ours+`],"data":[]}`); a.State != providers.Unknown {
			t.Errorf("two lists, one of them empty: %s %s", a.State, a.Reason)
		}
	}
}

func TestAListThatNamesTheOrderElsewhereDoesNotSayNotFound(t *testing.T) {
	for _, body := range []string{
		`{"result":100,"data":{"list":[],"items":[` + ours + `]}}`, `{"result":100,"data":[],"list":[` + ours + `]}`, `{"result":100,"data":[],"filter":"01JC7QK4"}`,
		`{"result":100,"data":[{"order":{"orderId":" 01JC7QK4"}}]}`,
	} {
		if a := find(t, body); a.State != providers.Unknown || a.Reason != providers.Disagrees {
			t.Errorf("%s: %s %s", body, a.State, a.Reason)
		}
	}
	if a := find(t, `{"result":100,"data":[]}`); a.State != providers.Refused || a.Reason != providers.NotFound {
		t.Errorf("an empty list: %s %s", a.State, a.Reason)
	}
}

func TestAnExpiryThatNoCalendarOfOursHasIsNotBelieved(t *testing.T) {
	for _, at := range []string{`9300000000`, `9999999999`, `9300000000000`, `"9223372036854775807"`, `-9300000000`} {
		a := send(t, providertest.Says(200, `{"result":100,"message":"","trackId":"1","payLink":"https://pay.oxapay.com/1","expiredAt":`+at+`}`))
		if a.State != providers.Open || a.ExpiresAt.Sub(a.ServerDate).Minutes() != 60 {
			t.Errorf("%s: %s until %s", at, a.State, a.ExpiresAt)
		}
	}
}

func TestALinkThatHoldsTheKeyIsNotShown(t *testing.T) {
	for _, key := range []string{secret, strings.ToLower(secret)} {
		a := send(t, providertest.Says(200, `{"result":100,"trackId":"1","payLink":"https://pay.oxapay.com/1?merchant=`+key+`"}`))
		if a.State != providers.Unknown || a.Reason != providers.LinkRefused || a.Link != "" {
			t.Errorf("%s %s %q", a.State, a.Reason, a.Link)
		}
		if a := send(t, providertest.Says(200, `{"result":100,"trackId":"`+key+`","payLink":"https://pay.oxapay.com/1"}`)); a.State != providers.Unknown || a.ProviderRef != "" {
			t.Errorf("the key as the invoice's number: %s %q", a.State, a.ProviderRef)
		}
		if a := ask(t, inquiry("Paid", "30", key)); a.State != providers.Approved {
			t.Errorf("the key as the coin: %s %q", a.State, a.Message) // ask looks for the key in the answer
		}
	}
}

func TestTheHeaviestReplyCostsABoundedAmountOfMemory(t *testing.T) {
	c := client(t, providertest.Nowhere)
	for _, call := range []call{creates, asks, finds} {
		providertest.Heavy(t, func(body []byte) providers.Answer {
			e := exchange{call: call, order: order, track: "1", sent: CreateRequest{Merchant: secret}}
			return c.hears(e, e.heard(body, 200))
		})
	}
}

func TestTheKeyIsHiddenInWhateverWritingTheServerEchoesIt(t *testing.T) {
	for _, echoed := range []string{"MERCH%2D4f9a%2Dkey", "MERCH 4f9a key", `MERCH\\u002d4f9a\\u002dkey`, "merch-4f9a"} {
		a := send(t, providertest.Says(200, `{"result":102,"message":"no: `+echoed+`"}`))
		if a.State != providers.Refused || a.Message != "[oxapay.merchant_key]" {
			t.Errorf("%s: kept is %q", echoed, a.Message)
		}
	}
	a := send(t, providertest.Says(200, `{"result":100,"trackId":"1","payLink":"https://pay.oxapay.com/1?m=MERCH%2D4f9a%2Dkey"}`))
	if a.Reason != providers.LinkRefused || a.Link != "" {
		t.Errorf("a link with the key is shown: %+v", a)
	}
}
