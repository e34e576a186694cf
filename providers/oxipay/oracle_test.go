package oxipay

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"cashdesk/providers"
	"cashdesk/providers/providertest"
)

// The oracle says what a body may be taken for. It shares no line with the
// client: another JSON reader, another signer, and the decision as the
// documentation has it (expected).

// ownMessage is a body as the oracle reads it.
type ownMessage struct {
	signed    [][2]string // x_ fields that have a value
	nulls     []string    // x_ fields that are null
	signature string
	tracking  *providertest.Node
}

func (m ownMessage) value(name string) string {
	for _, f := range m.signed {
		if f[0] == name {
			return f[1]
		}
	}
	return ""
}

// readOwn reads an answer; false when it is none.
func readOwn(tree providertest.Node) (m ownMessage, ok bool) {
	if tree.Kind != '{' {
		return m, false
	}
	names := map[string]bool{}
	for _, f := range tree.Fields {
		name := f.Says()
		if names[name] {
			return m, false
		}
		names[name] = true
		text, plain := ownPlain(f.Value)
		switch {
		case name == "tracking_data" && f.Value.Kind != 'n':
			m.tracking = &f.Value
		case f.Value.Kind == 'n' && strings.HasPrefix(name, "x_"):
			m.nulls = append(m.nulls, name)
		case f.Value.Kind == 'n':
		case name == "signature" || strings.HasPrefix(name, "x_"):
			if !plain {
				return m, false
			}
			if name == "signature" {
				m.signature = text
			} else {
				m.signed = append(m.signed, [2]string{name, text})
			}
		}
	}
	return m, true
}

// ownPlain is a text, or the digits of a whole number.
func ownPlain(n providertest.Node) (string, bool) {
	if text, ok := n.Text(); ok {
		return text, true
	}
	if n.Kind != '0' || strings.Trim(n.Raw, "0123456789") != "" {
		return "", false
	}
	_, err := strconv.ParseUint(n.Raw, 10, 64)
	return n.Raw, err == nil
}

// ownMAC signs as the provider's documentation says.
func ownMAC(key string, fields [][2]string) string {
	fields = slices.Clone(fields)
	slices.SortFunc(fields, func(a, b [2]string) int { return strings.Compare(a[0], b[0]) })
	return macOf(key, fields)
}

func macOf(key string, fields [][2]string) string {
	var text strings.Builder
	for _, f := range fields {
		text.WriteString(f[0] + f[1])
	}
	mac := hmac.New(sha256.New, []byte(key))
	io.WriteString(mac, text.String())
	return hex.EncodeToString(mac.Sum(nil))
}

// check says what a signature is worth, under the readings of fields that are
// not there which are accepted.
func (m ownMessage) check(key, call string) providers.Signature {
	if m.signature == "" {
		return providers.SignatureMissing
	}
	var nulls, number [][2]string
	for _, name := range m.nulls {
		nulls = append(nulls, [2]string{name, ""})
	}
	has := slices.ContainsFunc(m.signed, func(f [2]string) bool { return f[0] == "x_purchase_number" })
	if !has && !slices.Contains(m.nulls, "x_purchase_number") && call == "ProcessAuthorisation" {
		number = [][2]string{{"x_purchase_number", ""}}
	}
	for _, more := range [][][2]string{nil, nulls, number, slices.Concat(nulls, number)} {
		if strings.EqualFold(m.signature, ownMAC(key, slices.Concat(m.signed, more))) {
			return providers.SignatureValid
		}
	}
	return providers.SignatureWrong
}

// hearing is one body as one device hears it.
type hearing struct {
	mine   exchange
	body   []byte
	key    string
	status int
	resend bool
}

// verdict is what the answer has to be, and its signature where it has one.
func (h hearing) verdict() (want verdict, sign providers.Signature, noEcho bool) {
	tree, err := providertest.ReadTree(h.body)
	m, ok := readOwn(tree)
	if err != nil || !ok {
		if h.status != 200 {
			return verdict{state: providers.Unknown, reason: providers.BadStatus}, "", false
		}
		return verdict{state: providers.Unknown, reason: providers.BadBody}, "", false
	}
	call := h.mine.request.Call
	sign = m.check(h.key, call)
	if m.tracking != nil && !sameEcho(h.mine.echo, *m.tracking) {
		return verdict{state: providers.Unknown, reason: providers.WrongEcho}, sign, false
	}
	code := m.value("x_code")
	if !slices.Contains(everyCode, code) {
		code = ""
	}
	number := strings.ContainsFunc(m.value("x_purchase_number"), visible)
	return expected(call, m.value("x_status"), code, number, sign, h.status, h.resend), sign, m.tracking == nil
}

func visible(r rune) bool {
	return !unicode.IsSpace(r) && r != '\ufffd' && !unicode.In(r, unicode.Cc, unicode.Cf, unicode.Co, unicode.Cs)
}

// sameEcho says that an object holds the token that was sent, and nothing else.
func sameEcho(sent, got providertest.Node) bool {
	want, _ := sent.Get("token")[0].Text()
	tokens := got.Get("token")
	if got.Kind != '{' || len(tokens) == 0 || len(tokens) != len(got.Fields) || slices.ContainsFunc(tokens, tooLarge) {
		return false
	}
	token, ok := tokens[len(tokens)-1].Text()
	return ok && token == want
}

// tooLarge says that a number stands in the value which no reader can hold.
func tooLarge(n providertest.Node) bool {
	_, err := strconv.ParseFloat(n.Raw, 64)
	return n.Kind == '0' && err != nil || slices.ContainsFunc(n.Items, tooLarge) ||
		slices.ContainsFunc(n.Fields, func(f providertest.Field) bool { return tooLarge(f.Value) })
}

// moneyBack counts refunds, and their undoings, that are rightly said to be made.
const moneyBack = "of them refunds"

// What must never happen.
const (
	unsignedYes = "accepted with a wrong signature"
	unsignedNo  = "declined with a wrong signature"
	misjudged   = "misjudged otherwise"
)

// judge holds an answer against the oracle.
func (h hearing) judge(c *providertest.Tally, a providers.Answer) {
	want, sign, noEcho := h.verdict()
	say := func(what string) {
		c.Wrong(what, "%s resend=%v HTTP %d, key %q: %+v, want %+v %s\n%s", h.mine.request.Call, h.resend, h.status, h.key, a, want, sign, h.body)
	}
	from := providers.Sent
	if h.resend {
		from = providers.Unknown
	}
	switch {
	case sign != providers.SignatureValid && a.State == providers.Declined:
		say(unsignedNo)
	case sign != providers.SignatureValid && (a.State != providers.Unknown || a.Signature == providers.SignatureValid || a.Message != ""):
		say(unsignedYes)
	case (verdict{a.State, a.Reason, a.KeySuspected}) != want, a.Signature != sign, a.NoEcho != noEcho:
		say(misjudged)
	case (a.ProviderRef != "") != (a.State == providers.Approved && h.mine.request.Kind == providers.Authorise), !providers.Allowed(from, providers.EventAnswered, a.State):
		say(misjudged)
	default:
		c.Add("rightly " + string(a.State))
		if a.State == providers.Approved && h.mine.request.Kind.Returns() {
			c.Add(moneyBack)
		}
	}
	switch {
	case sign == providers.SignatureWrong:
		c.Add("wrongly signed")
	case sign == providers.SignatureMissing:
		c.Add("unsigned")
	case sign == providers.SignatureNone:
		c.Add("unreadable")
	}
}
