package till

import (
	"testing"

	"cashdesk/providers"
)

func TestALampIsGreenOnlyWhenTheLastAnswerToldSomething(t *testing.T) {
	for name, c := range map[string]struct {
		answer providers.Answer
		want   Light
	}{
		"no connection":               {providers.Answer{State: providers.Unknown, Reason: providers.Unreachable}, LightBad},
		"a failing server":            {providers.Answer{State: providers.Unknown, Reason: providers.BadStatus, HTTPStatus: 503}, LightBad},
		"a hot spot's page":           {providers.Answer{State: providers.Unknown, Reason: providers.BadBody, HTTPStatus: 200}, LightBad},
		"another's invoice":           {providers.Answer{State: providers.Unknown, Reason: providers.Disagrees, HTTPStatus: 200}, LightBad},
		"a key that may be wrong":     {providers.Answer{State: providers.Unknown, KeySuspected: true, HTTPStatus: 200}, LightBad},
		"an unknown that was signed":  {providers.Answer{State: providers.Unknown, Reason: providers.OnResend, Signature: providers.SignatureValid, HTTPStatus: 200}, LightGood},
		"a decline":                   {providers.Answer{State: providers.Declined, HTTPStatus: 200}, LightGood},
		"an invoice that is open":     {providers.Answer{State: providers.Open, HTTPStatus: 200}, LightGood},
		"certainly not there":         {providers.Answer{State: providers.Refused, Reason: providers.NotFound, HTTPStatus: 404}, LightGood},
		"nothing sent for want of it": {providers.Answer{State: providers.Refused, Reason: providers.NoKey}, LightBad},
	} {
		t.Run(name, func(t *testing.T) {
			b := newCounter(t)
			b.till.met(providers.OxaPay, c.answer)
			if got := b.till.lights[providers.OxaPay]; got != c.want {
				t.Errorf("the lamp is %q", got)
			}
		})
	}
}
