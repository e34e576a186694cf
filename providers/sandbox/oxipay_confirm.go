package sandbox

import "math"

// confirmPause is the retry_duration of a Pending answer, in seconds.
const confirmPause = 5

// confirmation is a customer who is asked on the phone, as in the provider's
// flow with buyer_confirms.
type confirmation struct {
	selector string
	asks     int // the request after which it is decided, counted from the second
	last     outcome
	about    string
}

// confirmCodes are the pre-approval codes of such customers, by their first two
// characters, where Options.FaultCodes is set; only the server with a ledger
// can tell one request from the next.
var confirmCodes = []confirmation{
	{"81", 2, authorisationOutcomes[0], "the customer has to confirm: Pending two times, then approved"},
	{"82", 2, notConfirmed, "the customer has to confirm and does not: Pending two times, then Cancelled"},
	{"83", math.MaxInt, notConfirmed, "the customer has to confirm and never answers: Pending for ever"},
}

// confirmation is who has to confirm a code without 6199; nil for nobody.
func (s *Server) confirmation(code string) *confirmation {
	if !s.options.FaultCodes {
		return nil
	}
	for i := range confirmCodes {
		if confirmCodes[i].selector == head(code) {
			return &confirmCodes[i]
		}
	}
	return nil
}

// confirmed is how it ends: only now is money taken, or certainly none.
func (s *Server) confirmed(c *call, v values, r oxipayReply, end *confirmation) (response, *sale) {
	r.become(end.last)
	if end.last.status != statusSuccess {
		return r.signed(), nil
	}
	sold := s.approve(c, v, &r)
	return r.signed(), sold
}
