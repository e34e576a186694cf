package history

import (
	"cashdesk/internal/till"
	"cashdesk/providers"
)

// span is how far back the list goes.
type span int

const (
	session span = iota
	today
	always
	spanCount
)

var spanWords = [spanCount]string{session: "this session", today: "today", always: "all days"}

// group is some states that are looked for together.
type group struct {
	word   string
	states []providers.State
}

var groups = []group{
	{word: "all states"},
	{"approved", []providers.State{providers.Approved}},
	{"not known", []providers.State{providers.Recorded, providers.Sent, providers.Unknown}},
	{"open", []providers.State{providers.Open, providers.PartlyPaid}},
	{"declined, refused", []providers.State{providers.Declined, providers.Refused}},
	{"begun elsewhere", []providers.State{providers.Invited, providers.HandedOver}},
	{"expired, cancelled", []providers.State{providers.Expired, providers.Cancelled}},
}

// filter is what is chosen besides the search.
type filter struct {
	span     span
	provider int // 0 for all, else one more than its place in providers.All
	group    int
}

func (f filter) providerWord() string {
	if f.provider == 0 {
		return "all providers"
	}
	return providers.All[f.provider-1].Title()
}

// turn goes to the next of n choices, or with -1 to the one before.
func turn(at, n, step int) int { return (at + step + n) % n }

// ask is the query for what is chosen now.
func (h *History) ask() till.Query {
	q := till.Query{Text: h.search.Value(), States: groups[h.filter.group].states, Limit: pageSize}
	switch h.filter.span {
	case session:
		q.Session = h.desk.Session().ID
	case today:
		q.Since = h.desk.Midnight(h.now)
	}
	if h.filter.provider > 0 {
		q.Providers = providers.All[h.filter.provider-1 : h.filter.provider]
	}
	return q
}
