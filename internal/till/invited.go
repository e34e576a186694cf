package till

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"cashdesk/providers"
)

const (
	// invitedTime is how long an invitation is remembered at the counter: the
	// customer makes a code with it, and comes back.
	invitedTime = guardTime
	// inviteAgain is how soon a second invitation to a mobile asks first.
	inviteAgain = 10 * time.Minute
	// mostInvited is how many of the newest invitations are looked at.
	mostInvited = 50
)

// InvitedError asks whether somebody who was just invited gets a second SMS.
type InvitedError struct{ Attempt providers.Attempt }

// Error asks.
func (e *InvitedError) Error() string {
	if e.Attempt.State == providers.Unknown {
		return "an invitation may have gone to this mobile a moment ago"
	}
	return "an invitation of " + e.Attempt.Amount.String() + " went to this mobile a moment ago"
}

// Invitations lists the invitations of this counter, newest first, that wait for
// their customer to come with a code: no sale has followed that was approved or
// is on its way. Of one that is Unknown the SMS may have gone out. A sale that is
// begun with the Sale of one belongs to it, if it has the same amount.
func (t *Till) Invitations(ctx context.Context) ([]providers.Attempt, error) {
	all, err := t.recentInvites(ctx, invitedTime, providers.Invited, providers.Unknown)
	if err != nil {
		return nil, err
	}
	slices.SortStableFunc(all, func(a, b providers.Attempt) int {
		return cmp.Or(b.CreatedAt.Compare(a.CreatedAt), strings.Compare(b.ID, a.ID))
	})
	var open []providers.Attempt
	for _, a := range all {
		if a.Counter != t.config.Counter || a.Closed || !t.recent(a) {
			continue
		}
		followed, err := t.followed(ctx, a)
		if err != nil {
			return nil, err
		}
		if !followed {
			a.Personal = a.Personal.Masked()
			open = append(open, a)
		}
	}
	return open, nil
}

// followed says that the customer of an invitation is paying, or has paid.
func (t *Till) followed(ctx context.Context, invite providers.Attempt) (bool, error) {
	sale, err := t.config.Journal.BySale(ctx, invite.Sale)
	for _, a := range sale {
		if a.Kind != providers.Invite && !a.Kind.Returns() && (a.State == providers.Approved || pending(a)) {
			return true, err
		}
	}
	return false, err
}

// recentInvites are the invitations of the last while in the states given.
func (t *Till) recentInvites(ctx context.Context, while time.Duration, states ...providers.State) ([]providers.Attempt, error) {
	var invites []providers.Attempt
	for _, state := range states {
		all, err := t.config.Journal.Recent(ctx, state, t.config.Clock.Now().Add(-while), mostInvited)
		if err != nil {
			return nil, err
		}
		for _, a := range all {
			if a.Kind == providers.Invite {
				invites = append(invites, a)
			}
		}
	}
	return invites, nil
}

// guardInvite asks before a second SMS goes to a mobile within minutes.
func (t *Till) guardInvite(ctx context.Context, d Draft) error {
	if d.InviteAgain {
		return nil
	}
	all, err := t.recentInvites(ctx, inviteAgain, providers.Recorded, providers.Sent, providers.Unknown, providers.Invited)
	if err != nil {
		return err
	}
	for _, a := range all {
		if sameMobile(a.Personal.Mobile, d.Mobile) {
			a.Personal = a.Personal.Masked()
			return &InvitedError{Attempt: a}
		}
	}
	return nil
}

// sameMobile compares two mobiles as people write them: with spaces, with the
// country's code or without.
func sameMobile(a, b string) bool {
	a, b = bareMobile(a), bareMobile(b)
	return len(a) >= 6 && len(b) >= 6 && (strings.HasSuffix(a, b) || strings.HasSuffix(b, a))
}

func bareMobile(text string) string {
	digits := strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, text)
	return strings.TrimLeft(digits, "0")
}
