package payneteasy

import (
	"strings"
	"testing"

	"cashdesk/providers"
	"cashdesk/providers/providertest"
)

// Found by the broken answers: the link is a QR on a screen that customers see.
func TestALinkThatHoldsASecretIsNotShown(t *testing.T) {
	e, c := exchanges(t)[0], hearer(t, control)
	for text, reason := range map[string]providers.Reason{
		"harmless": "", secret: providers.LinkRefused, strings.ToUpper(secret): providers.LinkRefused,
		control: providers.LinkRefused, strings.ToLower(control): providers.LinkRefused,
	} {
		for _, name := range []string{"endpointId", "nonce"} {
			tree := e.answer.Clone()
			for i := range tree.Fields {
				if tree.Fields[i].Says() == "session" && name == "nonce" {
					tree.Fields[i].Value.Set(name, providertest.TextNode("x"+text))
				} else if tree.Fields[i].Says() == name {
					tree.Fields[i].Value = providertest.TextNode("x" + text)
				}
			}
			e.seal(&tree, control)
			a := c.readInitiate(providers.Reply{Status: 200, Body: tree.Bytes()}, e.sent)
			if a.State != providers.HandedOver || a.Signature != providers.SignatureValid || a.Reason != reason || (a.Link == "") != (reason != "") {
				t.Errorf("%s as %s: %+v", text, name, a)
			}
		}
	}
}

func TestAnAnswerThatIsABeginningAndAFailureIsNeither(t *testing.T) {
	for _, twice := range []string{`"error":{"cause":"FILTERED"},"error":null,`, `"error":null,"Error":{"cause":"FILTERED"},`, `"invoiceId":"other",`} {
		a := send(t, providertest.Says(200, strings.Replace(begun, "{", "{"+twice, 1)))
		if a.State != providers.Refused || a.Reason != providers.BadBody || a.ProviderRef != "" {
			t.Errorf("%s: %+v", twice, a)
		}
	}
}

func TestTheHeaviestReplyCostsABoundedAmountOfMemory(t *testing.T) {
	e, c := exchanges(t)[0], hearer(t, control)
	providertest.Heavy(t, func(body []byte) providers.Answer {
		return c.readInitiate(providers.Reply{Status: 200, Body: body}, e.sent)
	})
}
