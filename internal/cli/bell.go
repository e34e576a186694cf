package cli

import (
	"cashdesk/internal/till"
	"cashdesk/providers"
	"cashdesk/screens/desk"
)

// bell rings when something comes that somebody waits for. What a person just
// decided with a key is nothing to ring for.
type bell struct {
	ring func() // nil where it stays silent
	news desk.News
}

// hear takes news of a payment.
func (b *bell) hear(u till.Update) {
	if b.ring == nil {
		return
	}
	a, change := u.Attempt, b.news.Hear(u)
	switch {
	case change.Raised, change.Short:
		b.ring()
	case a.State == change.Before, a.Settled:
	case a.State == providers.Unknown:
		if change.Known { // what an earlier run left is no news
			b.ring()
		}
	case rings[a.State] && (change.Known || a.AnsweredAt.Equal(a.UpdatedAt)):
		b.ring()
	}
}

// rings are the results that somebody waits for.
var rings = map[providers.State]bool{
	providers.Approved: true, providers.Declined: true, providers.Refused: true, providers.PartlyPaid: true,
}
