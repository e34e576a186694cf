package payneteasy

import (
	"context"
	"unicode/utf8"

	"cashdesk/providers"
)

// pass is an access token as it may be used now.
type pass struct {
	token string // a secret; kept in memory and nowhere else
	turn  int    // counts the passes that this client has had, from 1
	known bool   // get-rate has taken it, or is not asked
	// fresh says that get-rate has taken it just now; told is what it said, and
	// answer the exchange.
	fresh  bool
	told   RateReply
	answer providers.Answer
}

// fetches says that tokens come from the server and not from the keystore.
func (c *Client) fetches() bool { return c.tokens.set() }

// admit gives a pass, fetched and made known where that is still to be done;
// false with the answer that says why there is none. own is the keystore's
// token where tokens are not fetched. stale is the turn of a pass that the
// server turned away, 0 for none: however many payments were turned away with
// it, one of them gets the next.
func (c *Client) admit(ctx context.Context, own string, stale int) (pass, providers.Answer, bool) {
	select {
	case c.gate <- struct{}{}:
		defer func() { <-c.gate }()
	case <-ctx.Done():
		return pass{}, providers.Answer{State: providers.Refused, Reason: providers.TimedOut}, false
	}
	p := c.holding()
	if p.token == "" || p.turn == stale || own != "" && own != p.token {
		p = pass{token: own, turn: p.turn + 1}
		if c.fetches() {
			var a providers.Answer
			if p.token, a = c.readToken(c.tokens.get(ctx)); p.token == "" {
				c.hold(pass{turn: p.turn})
				return pass{}, a, false
			}
		}
	}
	if !p.known && c.rates.set() {
		told, a, ok := c.askRate(ctx, p)
		if !ok {
			// The next payment begins anew, with another token.
			c.hold(pass{turn: p.turn})
			return pass{}, a, false
		}
		p.fresh, p.told, p.answer = true, told, a
	}
	p.known = true
	c.hold(p)
	return p, p.answer, true
}

func (c *Client) holding() pass {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.held
}

// hold keeps a pass; what get-rate said is for whoever asked.
func (c *Client) hold(p pass) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.held = pass{token: p.token, turn: p.turn, known: p.known}
}

// readToken reads a token; empty, and the answer says why, where there is none.
func (c *Client) readToken(reply providers.Reply) (string, providers.Answer) {
	var got TokenReply
	a, ok := c.read(reply, &got)
	token := got.Session.AccessToken
	switch {
	case !ok:
	case got.Error != nil:
		a = c.readFailure(a, *got.Error, token)
	case !fitsToken(token):
		a.Reason = providers.BadBody
	default:
		return token, a
	}
	return "", a
}

// fitsToken says that a token can stand in a request: 32 to 128 characters.
func fitsToken(token string) bool {
	n := utf8.RuneCountInString(token)
	return n >= 32 && n <= 128 && providers.PlainText(token)
}
