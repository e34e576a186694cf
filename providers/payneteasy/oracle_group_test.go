package payneteasy

import (
	"math/big"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"cashdesk/providers"
	"cashdesk/providers/providertest"
	"cashdesk/providers/sandbox"
)

// The oracle for what the group's own server says besides: tokens, rates and
// results. It reads on its own.

// overheard is one body of such a call.
type overheard struct {
	call   string // "token", "rate" or "result"
	asked  string // the invoice that a result was asked for
	body   []byte
	status int
}

// whole reads a body of which these names are loose and these strict; failed
// says that it is a failure.
func whole(body []byte, loose, strict []string) (values map[string]string, failed, ok bool) {
	o, ok := providertest.Object(body)
	failure := o.Field("error")
	numbers, fits := o.Loose(loose...)
	texts, fitsToo := o.Texts(strict...)
	_, fitsCode := failure.Loose("code", "message")
	_, fitsCause := failure.Texts("cause")
	for name, text := range texts {
		numbers[name] = text
	}
	return numbers, failure.Kind == '{', ok && fits && fitsToo && fitsCode && fitsCause && (failure.Kind == '{' || failure.Kind == 'n')
}

func (o overheard) fine() bool { return o.status >= 200 && o.status < 300 }

// result is the state that a result has to be taken for.
func (o overheard) result() providers.State {
	values, failed, ok := whole(o.body, []string{"invoiceId"}, []string{"status"})
	tree, _ := providertest.Object(o.body)
	// Unlike Loose, with the spaces around it.
	invoice, isText := tree.Field("invoiceId").Text()
	if !isText {
		invoice = values["invoiceId"]
	}
	if !ok || failed || !o.fine() || invoice != o.asked {
		return providers.Unknown
	}
	switch strings.ToLower(values["status"]) {
	case "approved":
		return providers.Approved
	case "declined":
		return providers.Declined
	case "pending":
		return providers.HandedOver
	}
	return providers.Unknown
}

// rate are the numbers of a rate; false where it is none.
func (o overheard) rate() (values map[string]*big.Rat, ok bool) {
	names := []string{"rateInterest", "rateMin", "rateMax", "limitMin", "limitMax"}
	texts, failed, ok := whole(o.body, names, nil)
	values = map[string]*big.Rat{}
	for _, name := range names {
		tree, _ := providertest.Object(o.body)
		empty := tree.Field(name).Kind == 'n' || tree.Field(name).Raw == `""`
		if values[name] = providertest.Rat(texts[name]); values[name] == nil && !empty || values[name] != nil && values[name].Sign() < 0 {
			return nil, false
		}
	}
	return values, ok && !failed && o.fine()
}

// token is the token that a body gives; empty where it gives none.
func (o overheard) token() string {
	tree, ok := providertest.Object(o.body)
	session := tree.Field("session")
	texts, fits := session.Texts("accessToken")
	_, failed, whole := whole(o.body, nil, nil)
	token := texts["accessToken"]
	n := len([]rune(token))
	if !ok || !fits || failed || !whole || !o.fine() || session.Kind != '{' || n < 32 || n > 128 ||
		strings.ContainsFunc(token, func(r rune) bool { return r < ' ' || r == 0x7f || r == '\ufffd' }) {
		return ""
	}
	return token
}

// judge holds what a client makes of the body against the oracle.
func (o overheard) judge(y *providertest.Tally, c *Client) {
	say := func(what, why string, a providers.Answer) {
		y.Wrong(what, "%s HTTP %d: %s: %+v\n%.2000s", o.call, o.status, why, a, o.body)
	}
	reply := providers.Reply{Status: o.status, Body: o.body}
	var a providers.Answer
	switch o.call {
	case "result":
		a = y.Reads(o.body, func() providers.Answer { return c.readResult(reply, providers.Watch{ProviderRef: o.asked}) })
		want := o.result()
		switch {
		case a.State != want && a.State == providers.Approved:
			say(unsignedYes, "the state", a)
		case a.State != want && a.State == providers.Declined:
			say(falseNo, "the state", a)
		case a.State != want:
			say(misjudged, "the state", a)
		case a.State != providers.Unknown && !providers.Allowed(providers.HandedOver, providers.EventWatched, a.State):
			say(misjudged, "a state that it cannot be in", a)
		}
		y.Add("rightly " + string(a.State))
	case "rate":
		got, answer, ok := c.readRate(reply, secret)
		a = answer
		want, fits := o.rate()
		if ok != fits {
			say(misjudged, "a rate", a)
		} else if ok {
			o.judgeQuote(y, got, want)
			y.Add("rightly quoted")
		}
	case "token":
		token, answer := c.readToken(reply)
		a = answer
		if token != o.token() {
			say(misjudged, "the token "+token, a)
		} else if token != "" {
			y.Add("rightly admitted")
		}
	}
	if a.State != providers.Refused && a.State != providers.Declined && o.call != "result" {
		say(misjudged, "more than a refusal", a)
	}
	if _, ok := providertest.Object(o.body); !ok {
		y.Add("unreadable")
	}
	secrets := []string{secret}
	if o.call == "token" {
		secrets = nil // nothing was sent with it yet
	}
	if why := providertest.Unfit(a, secrets...); why != "" {
		say(misjudged, why, a)
	}
}

// judgeQuote works the quote out a second time, in fractions.
func (o overheard) judgeQuote(y *providertest.Tally, got RateReply, rate map[string]*big.Rat) {
	q, ok := quoted(got, price)
	cents := func(amount providers.Amount) *big.Rat { return big.NewRat(amount.Minor, 100) }
	low, high := rate["limitMin"], rate["limitMax"]
	most := big.NewRat(providers.MaxMinor, 100)
	wrong := func(why string) {
		y.Wrong(misjudged, "%s: %+v of %.2000s", why, q, o.body)
	}
	if low != nil && low.Cmp(most) <= 0 && (!ok || cents(q.Min).Cmp(low) < 0 && low.Sign() > 0 || new(big.Rat).Sub(cents(q.Min), low).Cmp(big.NewRat(1, 100)) >= 0) && (high == nil || high.Cmp(low) > 0 && high.Cmp(new(big.Rat).Add(low, big.NewRat(1, 50))) > 0) {
		wrong("the least")
	}
	if ok && high != nil && high.Cmp(most) <= 0 && (cents(q.Max).Cmp(high) > 0 || new(big.Rat).Sub(high, cents(q.Max)).Cmp(big.NewRat(1, 100)) >= 0) {
		wrong("the most")
	}
	share := rate["rateInterest"]
	if !ok || share == nil {
		return
	}
	want := new(big.Rat).Mul(big.NewRat(price.Minor, 10_000), share)
	if least := rate["rateMin"]; least != nil && want.Cmp(least) < 0 {
		want = least
	}
	if most := rate["rateMax"]; most != nil && most.Sign() > 0 && want.Cmp(most) > 0 {
		want = most
	}
	told, _ := new(big.Rat).SetString(q.CommissionMin)
	if q.CommissionMin != q.CommissionMax || told == nil || told.Cmp(want) < 0 || new(big.Rat).Sub(told, want).Cmp(big.NewRat(1, 100)) >= 0 {
		wrong("the commission, not " + want.RatString())
	}
}

// said are true answers of the three calls.
func said(t testing.TB) []overheard {
	t.Helper()
	box := sandbox.New(sandbox.Options{Rand: rand.NewChaCha8([32]byte{6})})
	get := func(path string) []byte {
		answer := httptest.NewRecorder()
		box.ServeHTTP(answer, httptest.NewRequest(http.MethodGet, path, nil))
		return answer.Body.Bytes()
	}
	post := func(path string, v any) []byte {
		body, err := providers.EncodeJSON(v)
		if err != nil {
			t.Fatal(err)
		}
		return providertest.Ask(t, box, "/payneteasy"+path, body).Bytes()
	}
	session := Token{sandbox.PayneteasyToken}
	device := Consumer{Device: Device{SerialNumber: "SN-0001"}}
	all := []overheard{
		{call: "token", body: get("/payneteasy/auth/request-access-token")},
		{call: "rate", body: post("/transfer/get-rate", RateRequest{Consumer: device, Session: session})},
	}
	for _, finish := range []func(string) error{func(string) error { return nil }, box.Approve, box.Decline} {
		begun, err := providertest.ReadTree(post(pathInitiate, InitiateRequest{Consumer: device, Session: session, Transaction: Transaction{10000, "EUR"}}))
		if err != nil {
			t.Fatal(err)
		}
		id, _ := begun.Field("invoiceId").Text()
		if err := finish(id); err != nil {
			t.Fatal(err)
		}
		all = append(all, overheard{call: "result", asked: id, body: get("/payneteasy/result?invoiceId=" + id)})
	}
	return append(all, overheard{call: "result", asked: "nobody's", body: get("/payneteasy/result?invoiceId=x")})
}

var groupWords = append([]string{
	`"status"`, `"approved"`, `"APPROVED"`, `"declined"`, `"pending"`, `"approved "`, `"frozen"`, `"rateInterest"`, `"rateMin"`, `"rateMax"`, `"limitMin"`, `"limitMax"`, `"accessToken"`,
	`1.5`, `"1.5"`, `39`, `0.001`, `75000.005`, `1e3`, `{"accessToken":"` + secret + `"}`, `"` + strings.Repeat("t", 31) + `"`, `"` + strings.Repeat("é", 128) + `"`,
}, words...)

// TestNoBrokenAnswerOfAGroupsServerIsTakenForATrueOne bends the answers of the
// calls around a transfer.
func TestNoBrokenAnswerOfAGroupsServerIsTakenForATrueOne(t *testing.T) {
	all, m, c := said(t), providertest.Mangler{Words: groupWords}, hearer(t, "")
	providertest.Broken{
		What: "broken answers of a merchant group's server", Usual: 20_000,
		Rightly: []providers.State{providers.Approved, providers.Declined, providers.HandedOver, "quoted", "admitted"},
		Among:   []string{"unreadable", providertest.OtherRequest, "rightly approved", "rightly declined", "rightly quoted", "rightly admitted"},
		Wrong:   []string{unsignedYes, falseNo, misjudged},
	}.Test(t, func(y *providertest.Tally) {
		mine := all[y.Dice.IntN(len(all))]
		source, err := providertest.ReadTree(providertest.Source(y, mine, all).body)
		if err != nil {
			t.Fatal(err)
		}
		mine.body, mine.status = m.Bent(y.Dice, source), y.Status(201, 403, 404, 429, 500)
		if y.Show {
			t.Logf("%s HTTP %d\n%s", mine.call, mine.status, mine.body)
		}
		mine.judge(y, c)
	})
}

// FuzzGroup gives any bytes to the client as the answer of each of the calls.
func FuzzGroup(f *testing.F) {
	all, c := said(f), hearer(f, "")
	for i, o := range all {
		f.Add(o.body, uint8(i), uint16(200))
		f.Add([]byte(`{"error":{"cause":"FILTERED","code":1}}`), uint8(i), uint16(200))
		f.Add([]byte(`{"invoiceId":7,"status":"approved","session":{"accessToken":"`+secret+`"},"rateInterest":"1.5","limitMax":1e2}`), uint8(i), uint16(201))
	}
	f.Fuzz(func(t *testing.T, body []byte, which uint8, status uint16) {
		o := all[int(which)%len(all)]
		o.body, o.status = body, int(status)
		o.judge(providertest.NewTally(t), c)
	})
}

func TestTheHeaviestReplyOfAGroupsServerCostsABoundedAmountOfMemory(t *testing.T) {
	c := hearer(t, control)
	for _, read := range []func(providers.Reply) providers.Answer{
		func(r providers.Reply) providers.Answer { return c.readResult(r, providers.Watch{ProviderRef: "1"}) },
		func(r providers.Reply) providers.Answer { _, a, _ := c.readRate(r, secret); return a },
		func(r providers.Reply) providers.Answer { _, a := c.readToken(r); return a },
	} {
		providertest.Heavy(t, func(body []byte) providers.Answer { return read(providers.Reply{Status: 200, Body: body}) })
	}
}
