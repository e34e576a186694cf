package oxipay

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"

	"cashdesk/providers"
)

const aToken = "01-a-token-of-the-portal"

// keyReply is what the provider answers to CreateKey, signed with a token.
type keyReply struct {
	status, code, message, key string
	token                      string // signs it; empty for no signature
	echo                       json.RawMessage
}

func (k keyReply) body() []byte {
	fields := map[string]string{"x_status": k.status, "x_code": k.code, "x_message": k.message}
	if k.key != "" {
		fields["x_key"] = k.key
	}
	all := map[string]any{}
	for name, value := range fields {
		all[name] = value
	}
	if k.token != "" {
		all["signature"] = Sign(k.token, fields)
	}
	if k.echo != nil {
		all["tracking_data"] = k.echo
	}
	body, _ := json.Marshal(all)
	return body
}

// registering is a counter whose server answers CreateKey so, and how often it
// was asked.
func registering(t *testing.T, answer func(sent []byte) []byte) (*Client, *int) {
	t.Helper()
	asked := 0
	return counter(t, func(w http.ResponseWriter, r *http.Request) {
		asked++
		w.Write(answer(read(r)))
	}), &asked
}

func TestTheKeyOfARegistrationComesBackAndStandsNowhereElse(t *testing.T) {
	const fresh = "Kq7vRz2mXw9T"
	for _, message := range []string{"Success", "your key is " + fresh, strings.Repeat("x", 195) + fresh} {
		c, _ := registering(t, func(sent []byte) []byte {
			return keyReply{"Success", "SCRK01", message, fresh, aToken, echoOf(sent)}.body()
		})
		key, a := c.Register(t.Context(), "  "+aToken+"\r\n")
		if key != fresh || a.State != providers.Approved || a.Code != "SCRK01" || a.Signature != providers.SignatureValid || a.HTTPStatus != 200 || a.NoEcho {
			t.Fatalf("%q, %+v", key, a)
		}
		words := c.RegisterWords(a)
		for _, text := range []string{fmt.Sprintf("%+v %#v", a, a), fmt.Sprintf("%+v", words), fmt.Sprintf("%+v %#v", c, *c)} {
			for _, secret := range []string{fresh, fresh[:5], aToken} {
				if strings.Contains(text, secret) {
					t.Errorf("%q stands in %s", secret, text)
				}
			}
		}
		if words.Staff != "This device is registered with Oxipay." {
			t.Errorf("%+v", words)
		}
	}
}

func TestTheRequestOfARegistrationIsSignedWithItsToken(t *testing.T) {
	var sent []byte
	c, _ := registering(t, func(body []byte) []byte { sent = body; return nil })
	c.Register(t.Context(), aToken)
	var m map[string]any
	if err := json.Unmarshal(sent, &m); err != nil {
		t.Fatal(err)
	}
	want := map[string]string{
		"x_merchant_id": "30299999", "x_device_id": "d555", "x_operator_id": "cashdesk", "x_firmware_version": "1.0.0",
		"x_device_token": aToken, "x_pos_vendor": "cashdesk",
	}
	if m["signature"] != Sign(aToken, want) || len(m) != len(want)+2 {
		t.Errorf("sent %s", sent)
	}
	for name, value := range want {
		if m[name] != value {
			t.Errorf("%s is %v", name, m[name])
		}
	}
	if strings.Contains(string(sent), testKey) {
		t.Error("the old key went out")
	}
}

// TestThePublishedRequestsAreBuiltWithThePublishedSignatures builds the vectors'
// own requests of the two calls around a sale.
func TestThePublishedRequestsAreBuiltWithThePublishedSignatures(t *testing.T) {
	terminal := Terminal{"30299999", "d555", "test_operator", "123"}
	for name, build := range map[string]func(Seal) any{
		"CreateKey request":   func(s Seal) any { return KeyRequest{terminal, vectorToken, "Pos Provider", s} },
		"SendReceipt request": func(s Seal) any { return ReceiptRequest{terminal, "tnx-ref1", "NewReceipt", s} },
	} {
		for _, v := range vectors {
			if v.name != name {
				continue
			}
			body, err := client(t, settings("http://127.0.0.1:1")).sealed(v.key, build)
			if err != nil || !strings.Contains(string(body), `"signature":"`+v.signature+`"`) {
				t.Errorf("%s: %s, %v; published %s", name, body, err, v.signature)
			}
		}
	}
	reply := keyReply{"Success", "SCRK01", "Success", vectorKey, vectorToken, nil}
	if !strings.Contains(string(reply.body()), vectors[1].signature) {
		t.Fatal("the reply is not the published one")
	}
	c, _ := registering(t, func([]byte) []byte { return reply.body() })
	if key, a := c.Register(t.Context(), vectorToken); key != vectorKey || a.State != providers.Approved || !a.NoEcho {
		t.Errorf("the published reply gives %q, %+v", key, a)
	}
}

func TestOnlyAReplyThatTheTokenVerifiesWithAKeyInItIsARegistration(t *testing.T) {
	good := keyReply{status: "Success", code: "SCRK01", message: "Success", key: "Kq7vRz2mXw9T", token: aToken}
	for name, c := range map[string]struct {
		change func(*keyReply)
		state  providers.State
		reason providers.Reason
	}{
		"signed with the old key":       {func(k *keyReply) { k.token = testKey }, providers.Unknown, providers.BadSignature},
		"unsigned":                      {func(k *keyReply) { k.token = "" }, providers.Unknown, providers.NoSignature},
		"no key":                        {func(k *keyReply) { k.key = "" }, providers.Unknown, providers.BadBody},
		"a short key":                   {func(k *keyReply) { k.key = "Kq7vRz2" }, providers.Unknown, providers.BadBody},
		"an endless key":                {func(k *keyReply) { k.key = strings.Repeat("k", 257) }, providers.Unknown, providers.BadBody},
		"a key with a space":            {func(k *keyReply) { k.key = "Kq7vRz 2mXw9T" }, providers.Unknown, providers.BadBody},
		"a key with a line break":       {func(k *keyReply) { k.key = "Kq7vRz2mXw9T\n" }, providers.Unknown, providers.BadBody},
		"the token as key":              {func(k *keyReply) { k.key = aToken }, providers.Unknown, providers.BadBody},
		"another request's echo":        {func(k *keyReply) { k.echo = json.RawMessage(`{"token":"00"}`) }, providers.Unknown, providers.WrongEcho},
		"success with a failure's code": {func(k *keyReply) { k.code = "FCRK01" }, providers.Unknown, providers.Disagrees},
		"another call's success":        {func(k *keyReply) { k.code = "SSER01" }, providers.Unknown, providers.Disagrees},
		"a code of nobody's":            {func(k *keyReply) { k.code = "SCRK77 " + k.key }, providers.Unknown, providers.Unlisted},
		"a fault of the server":         {func(k *keyReply) { k.status, k.code = "Error", "EISE01" }, providers.Unknown, providers.ServerFault},
		"ESIG01 that nobody signed":     {func(k *keyReply) { k.status, k.code, k.token = "Error", "ESIG01", "" }, providers.Unknown, providers.NoSignature},
		"ESIG01, wrongly signed":        {func(k *keyReply) { k.status, k.code, k.token = "Error", "ESIG01", testKey }, providers.Unknown, providers.BadSignature},
		"the token is not known":        {func(k *keyReply) { k.status, k.code = "Failed", "FCRK01" }, providers.Refused, providers.ProviderSaidNo},
		"the token was used":            {func(k *keyReply) { k.status, k.code = "Failed", "FCRK02" }, providers.Refused, providers.ProviderSaidNo},
		"the request was not valid":     {func(k *keyReply) { k.status, k.code = "Error", "EVAL01" }, providers.Refused, providers.ProviderSaidNo},
		"the shop is not known":         {func(k *keyReply) { k.status, k.code = "Error", "EAUT01" }, providers.Refused, providers.ProviderSaidNo},
	} {
		reply := good
		c.change(&reply)
		at, asked := registering(t, func(sent []byte) []byte {
			if reply.echo == nil {
				reply.echo = echoOf(sent)
			}
			return reply.body()
		})
		key, a := at.Register(t.Context(), aToken)
		if key != "" || a.State != c.state || a.Reason != c.reason || a.KeySuspected || a.Message != "" {
			t.Errorf("%s: a key %v, %+v; want %s %s", name, key != "", a, c.state, c.reason)
		}
		if *asked != 1 {
			t.Errorf("%s: asked %d times", name, *asked)
		}
		words := at.RegisterWords(a)
		checkWords(t, name, words)
		all := words.Staff + words.Next
		if lost := a.State == providers.Unknown; lost != (strings.Contains(all, "resh token") && strings.Contains(all, "the old key may be dead")) {
			t.Errorf("%s: the words are %+v", name, words)
		}
		if strings.Contains(fmt.Sprintf("%+v %+v", a, words), good.key) {
			t.Errorf("%s: the key stands in %+v %+v", name, a, words)
		}
	}
}

func TestALostAnswerToARegistrationIsNotAskedForAgain(t *testing.T) {
	var asked atomic.Int32
	c := counter(t, func(http.ResponseWriter, *http.Request) { asked.Add(1); panic(http.ErrAbortHandler) })
	key, a := c.Register(t.Context(), aToken)
	if key != "" || a.State != providers.Unknown || a.Reason != providers.Cut || asked.Load() != 1 {
		t.Errorf("%q, %+v, asked %d times", key, a, asked.Load())
	}
	w := c.RegisterWords(a)
	if !strings.Contains(w.Staff, "the connection broke before the answer came. A new key is lost") || !strings.Contains(w.Next, "fresh token") || !strings.Contains(w.Next, "the old key may be dead") {
		t.Errorf("%+v", w)
	}
}

func TestATokenThatIsNoneIsNotSent(t *testing.T) {
	c, asked := registering(t, func([]byte) []byte { return nil })
	for _, token := range []string{"", " \r\n", "two words", "a\ttab", "nul\x00", "torn\xff", strings.Repeat("t", 65), strings.Repeat("😀", 33)} {
		key, a := c.Register(t.Context(), token)
		if key != "" || a.State != providers.Refused || a.Code != "EVAL01" || !strings.Contains(c.RegisterWords(a).Staff, "not a device token") {
			t.Errorf("%q: %q, %+v", token, key, a)
		}
	}
	if *asked != 0 {
		t.Errorf("the server was asked %d times", *asked)
	}
	unreachable := client(t, settings("http://127.0.0.1:1"))
	key, a := unreachable.Register(t.Context(), strings.Repeat("t", 64))
	if key != "" || a.State != providers.Refused || a.Reason != providers.Unreachable || !strings.Contains(unreachable.RegisterWords(a).Next, "the token has not been used") {
		t.Errorf("without a network: %+v", a)
	}
}

func TestAPublishedKeyIsNoneInLiveMode(t *testing.T) {
	for test, want := range map[bool]providers.State{true: providers.Approved, false: providers.Unknown} {
		c, _ := registering(t, func(sent []byte) []byte {
			return keyReply{"Success", "SCRK01", "Success", "1234567890", aToken, echoOf(sent)}.body()
		})
		c.config.Test = test
		if key, a := c.Register(t.Context(), aToken); a.State != want || (key != "") != test {
			t.Errorf("test mode %v: %q, %+v", test, key, a)
		}
	}
}

func TestTheWordsOfARegistrationAreThereForEveryAnswer(t *testing.T) {
	c := client(t, settings("http://127.0.0.1:1"))
	codes := []string{"", "FPRA10"}
	for _, code := range Codes() {
		codes = append(codes, code.Code)
	}
	for _, state := range []providers.State{providers.Approved, providers.Refused, providers.Unknown} {
		for _, reason := range append(providers.Reasons(), providers.NoReason) {
			for _, code := range codes {
				w := c.RegisterWords(providers.Answer{State: state, Reason: reason, Code: code})
				checkWords(t, string(state)+" "+string(reason)+" "+code, w)
				if state == providers.Unknown && strings.Contains(w.Staff, "is registered") {
					t.Errorf("unknown for %s says %q", reason, w.Staff)
				}
			}
		}
	}
}
