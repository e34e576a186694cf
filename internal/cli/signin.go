package cli

import (
	"context"
	"time"

	"cashdesk/providers"
)

const (
	// signInTurn is how long a sign-in waits for those of other commands.
	signInTurn = 10 * time.Second
	signInLook = 20 * time.Millisecond
)

// signIn signs the operator in. Commands do so one after the other: a try that is
// not checked yet counts as a wrong PIN, and five at the same moment would lock out
// somebody who made no mistake.
func (c *clerk) signIn(ctx context.Context, pin string) error {
	release := c.turn(ctx, "sign-in")
	defer release()
	var err error
	c.session, err = c.till.SignIn(ctx, c.flags.operator, pin)
	if providers.KindOf(err) == providers.Forbidden { // the person at the prompt can mend it
		return ends(exitUsage, err)
	}
	return err
}

// turn waits until no other command is at the same. Where that does not come in
// time, or cannot be found out, it goes on all the same.
func (c *clerk) turn(ctx context.Context, what string) (release func()) {
	ctx, cancel := context.WithTimeout(ctx, signInTurn)
	defer cancel()
	look := time.NewTicker(signInLook)
	defer look.Stop()
	for {
		release, mine, err := c.journal.Claim(what)
		switch {
		case mine:
			return release
		case err != nil:
			return func() {}
		}
		select {
		case <-look.C:
		case <-ctx.Done():
			return func() {}
		}
	}
}
