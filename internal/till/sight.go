package till

import "cashdesk/providers"

// sees says whether a payment is anybody's to see, or this session's own. What
// is unfinished belongs to the counter, and so does what became of it while the
// session ran: whoever looks after a payment must be told how it ended.
func sees(s Session, a providers.Attempt) bool {
	if s.all || a.Operator == s.Operator || !a.State.Final() || a.Contradicted {
		return true
	}
	return !s.Since.IsZero() && !a.UpdatedAt.Before(s.Since)
}
