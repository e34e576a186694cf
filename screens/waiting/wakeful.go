package waiting

import "cashdesk/providers"

// Wakeful says that somebody waits here for the first answer to what was begun
// just now: the lock must not come between.
func (w *Waiting) Wakeful() bool {
	state := w.payment.Detail.Attempt.State
	return w.payment.Args.Fresh && (state == providers.Recorded || state == providers.Sent)
}
