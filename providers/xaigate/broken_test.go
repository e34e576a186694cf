package xaigate

import (
	"strings"
	"testing"

	"cashdesk/providers"
	"cashdesk/providers/providertest"
)

func TestTheHeaviestReplyCostsABoundedAmountOfMemory(t *testing.T) {
	c := client(t, providertest.Nowhere)
	for _, asked := range []bool{false, true} {
		providertest.Heavy(t, func(body []byte) providers.Answer {
			e := exchange{asked: asked, order: order, number: "INV1", sent: CreateRequest{APIKey: secret}}
			return c.hears(e, e.heard(body, 200))
		})
	}
}

func TestAnExpiryThatNoCalendarOfOursHasIsNotBelieved(t *testing.T) {
	for _, at := range []string{"1600-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "2300-01-01T00:00:00Z", "0001-01-01T00:00:00Z"} {
		a := send(t, providertest.Says(200, with(t, created, "2023-12-07T09:03:07.976520Z", at)))
		if a.State != providers.Open || !a.ExpiresAt.IsZero() {
			t.Errorf("created %s: %s until %s", at, a.State, a.ExpiresAt)
		}
	}
}

func TestALinkThatHoldsTheKeyInCapitalsIsNotShown(t *testing.T) {
	for _, key := range []string{secret, strings.ToUpper(secret)} {
		a := send(t, providertest.Says(200, with(t, created, "?lang=en", "?key="+key)))
		if a.State != providers.Refused || a.Reason != providers.LinkRefused || a.Link != "" {
			t.Errorf("%s: %s %s %q", key, a.State, a.Reason, a.Link)
		}
	}
}
