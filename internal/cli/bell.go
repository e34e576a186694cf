package cli

import (
	"cashdesk/internal/till"
	"cashdesk/providers"
)

// bell rings when something comes that somebody waits for. What a person just
// decided with a key is nothing to ring for.
type bell struct {
	ring func() // nil where it stays silent
	last map[string]heard
}

// heard is what was last heard of a payment.
type heard struct {
	state providers.State
	alarm bool
}

// hear takes news of a payment.
func (b *bell) hear(u till.Update) {
	if b.ring == nil {
		return
	}
	a := u.Attempt
	before, known := b.last[a.ID]
	now := heard{a.State, a.Contradicted || a.PossibleDouble || u.NotSaved}
	if b.last == nil {
		b.last = map[string]heard{}
	}
	b.last[a.ID] = now
	switch {
	case now.alarm && !before.alarm:
		b.ring()
	case now.state == before.state, a.Settled:
	case now.state == providers.Unknown:
		if known { // what an earlier run left is no news
			b.ring()
		}
	case rings[now.state] && (known || a.AnsweredAt.Equal(a.UpdatedAt)):
		b.ring()
	}
}

// rings are the results that somebody waits for.
var rings = map[providers.State]bool{
	providers.Approved: true, providers.Declined: true, providers.Refused: true, providers.PartlyPaid: true,
}
