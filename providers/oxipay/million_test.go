package oxipay

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"cashdesk/providers"
	"cashdesk/providers/providertest"
	"cashdesk/providers/sandbox"
)

// exchange is a request, what the provider truly answered to it, and the key
// that both are signed with.
type exchange struct {
	request providers.Request
	echo    providertest.Node
	answer  providertest.Node
	key     string
}

// exchanges are true ones, one for each outcome of every call that can be sent
// again: the sandbox's answers, which it signs with code of its own.
func exchanges(t testing.TB) []exchange {
	t.Helper()
	box := sandbox.New(sandbox.Options{Now: func() time.Time { return time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC) }, Rand: rand.NewChaCha8([32]byte{1})})
	config := settings("http://127.0.0.1:1")
	config.SigningKey = func() string { return sandbox.OxipayKey }
	config.Random = rand.NewChaCha8([32]byte{2}) // each request has a token of its own
	c := client(t, config)
	var all []exchange
	take := func(o providers.Order) { all = append(all, trulyAnswered(t, box, prepare(t, c, o), ownDevice)) }
	for _, code := range strings.Fields("01 01 01 01 01 10 11 12 13 14 15 16 17 18 19 20 21 22 23 30 31 32 99") {
		o := sale()
		o.Code = "6199" + code + "1234"
		take(o)
	}
	for _, cents := range []int64{1, 1, 30, 31, 0} {
		o := invitation()
		o.Amount.Minor = 6400 + cents
		take(o)
	}
	for _, cents := range []int64{1, 1, 1, 10, 11, 12, 13, 14, 15, 16, 17, 18, 30, 31, 99} {
		o := refund()
		o.Amount.Minor = 2000 + cents
		take(o)
	}
	for _, selector := range strings.Fields("01 01 01 10 11 12 13 14 15 16 30 31 99") {
		o := undo()
		o.RefundSignature = selector + o.RefundSignature[2:]
		take(o)
	}
	return all
}

// trulyAnswered asks the dummy.
func trulyAnswered(t testing.TB, box *sandbox.Server, r providers.Request, key string) exchange {
	t.Helper()
	sent, err := providertest.ReadTree(r.Body)
	if err != nil {
		t.Fatal(err)
	}
	answer := providertest.Ask(t, box, "/oxipay/webapi/v1/Test/"+r.Call, r.Body)
	return exchange{r, sent.Get("tracking_data")[0], answer, key}
}

// words mean something in an answer of Oxipay's.
func words() []string {
	all := []string{
		`"x_status"`, `"x_code"`, `"x_message"`, `"x_purchase_number"`, `"x_key"`, `"x_"`, `"X_STATUS"`, `"tracking_data"`, `"token"`, `"signature"`,
		`"retry_duration"`, `5`, `"52011913"`, `52011913`, `{"token":"00"}`, `"x_statusSuccess"`, `"SPRA01x_messageApproved"`, `"SPSA01x_messageApproved"`,
	}
	for _, code := range everyCode {
		all = append(all, providertest.Quote(code))
	}
	for _, status := range everyStatus {
		all = append(all, providertest.Quote(status))
	}
	return all
}

const (
	ownDevice     = sandbox.OxipayKey
	anotherDevice = "the key of the till next door"
)

// wire makes one broken answer after another.
type wire struct {
	true    []exchange
	mangler providertest.Mangler
}

// body is what comes back for a request: its own true answer or another's,
// bent, sealed again or not, and torn.
func (w wire) body(dice *rand.Rand, mine exchange, c *providertest.Tally) []byte {
	source := providertest.Source(c, mine, w.true)
	tree := source.answer.Clone()
	for range dice.IntN(4) {
		w.mangler.Bend(dice, &tree)
	}
	switch dice.IntN(6) {
	case 0, 1:
		tree.Set("tracking_data", mine.echo)
	case 2:
		tree.Drop("tracking_data")
	}
	// What was bent may be no tree any more before it is written and read.
	if whole, err := providertest.ReadTree(tree.Bytes()); err == nil {
		tree = whole
		resealed(dice, &tree, mine.key)
	}
	body := tree.Bytes()
	for dice.IntN(4) == 0 {
		body = providertest.Tear(dice, body)
	}
	return body
}

// resealed signs a changed answer again: as the provider would, with another
// device's key, or as somebody would who guesses.
func resealed(dice *rand.Rand, tree *providertest.Node, own string) {
	m, ok := readOwn(*tree)
	if !ok {
		return
	}
	guess := func(signature string) { tree.Set("signature", providertest.TextNode(signature)) }
	switch dice.IntN(16) {
	case 0, 1, 2, 3:
		guess(ownMAC(own, m.signed))
	case 4, 5:
		guess(ownMAC(anotherDevice, m.signed))
	case 6:
		guess(strings.ToUpper(ownMAC(own, m.signed)))
	case 7:
		guess(ownMAC(own, m.signed)[:dice.IntN(64)])
	case 8:
		guess(ownMAC("", m.signed))
	case 9:
		guess(strings.Repeat("0", dice.IntN(80)))
	case 10:
		slices.Reverse(m.signed)
		guess(macOf(own, m.signed))
	case 11:
		tree.Drop("signature")
	}
}

// TestNoBrokenAnswerOfOxipaysIsTakenForATrueOne holds what the client makes of
// each against an oracle that reads, signs and decides on its own.
func TestNoBrokenAnswerOfOxipaysIsTakenForATrueOne(t *testing.T) {
	w := wire{exchanges(t), providertest.Mangler{Words: words()}}
	test := providertest.Broken{
		What: "broken answers of Oxipay's", Usual: 30_000,
		Rightly: []providers.State{providers.Approved, providers.Declined, providers.Refused, providers.Invited, providers.Unknown},
		Among:   []string{"unreadable", "wrongly signed", "unsigned", providertest.OtherRequest, "heard by another device", "rightly approved", moneyBack, "rightly declined"},
		Wrong:   []string{unsignedYes, unsignedNo, misjudged},
	}
	test.Test(t, func(c *providertest.Tally) {
		mine := w.true[c.Dice.IntN(len(w.true))]
		body := w.body(c.Dice, mine, c)
		e := hearing{
			mine: mine, body: body, key: ownDevice,
			// Nobody sends an invitation again: it could be a second SMS.
			resend: mine.request.Kind != providers.Invite && c.Dice.IntN(4) == 0,
			status: c.Status(400, 500),
		}
		if c.Dice.IntN(8) == 0 {
			e.key = anotherDevice
			c.Add("heard by another device")
		}
		if c.Show {
			t.Logf("%s resend=%v HTTP %d, key %q\n%s", mine.request.Call, e.resend, e.status, e.key, body)
		}
		e.judge(c, c.Reads(body, func() providers.Answer {
			return decide(e.key, mine.request, providers.Reply{Status: e.status, Body: body}, e.resend)
		}))
	})
}
