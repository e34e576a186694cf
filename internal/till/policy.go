package till

import (
	"time"

	"cashdesk/providers"
)

// policy says what happens by itself when a call has no sure answer.
type policy struct {
	// lost is what an attempt becomes when the program stopped while waiting.
	lost providers.State
	// resend: the identical bytes may go again, and do so by themselves.
	resend bool
	// find: the provider can be asked whether it has the reference.
	find bool
	// pollMin and pollMax bound the pause between two looks at an open invoice.
	pollMin, pollMax time.Duration
	// gap is the pause between two looks at whichever of the provider's open
	// invoices; 0 where each is looked at by itself.
	gap time.Duration
}

// policies is the table of the calls. An authorisation may have charged the
// customer and is idempotent on its bytes; a refund and its undoing may have gone
// through, and their references do not work twice. An invitation is neither. A lost
// OxaPay invoice can be looked up. The link of a lost XaiGate invoice was
// never shown, and a begun transfer moves nothing by itself: both have failed.
var policies = map[providers.Provider]map[providers.Kind]policy{
	providers.Oxipay: {
		providers.Authorise:  {lost: providers.Unknown, resend: true},
		providers.Invite:     {lost: providers.Unknown},
		providers.Refund:     {lost: providers.Unknown, resend: true},
		providers.UndoRefund: {lost: providers.Unknown, resend: true},
	},
	providers.OxaPay: {
		providers.Invoice: {lost: providers.Unknown, find: true, pollMin: 5 * time.Second, pollMax: 30 * time.Second},
	},
	providers.XaiGate: {
		providers.Invoice: {lost: providers.Refused, pollMin: 5 * time.Second, pollMax: 60 * time.Second, gap: 5 * time.Second},
	},
	providers.Payneteasy: {
		providers.Transfer: {lost: providers.Refused, pollMin: 5 * time.Second, pollMax: 60 * time.Second}, // where its gateway watches it
	},
}

func policyOf(a providers.Attempt) policy { return policies[a.Provider][a.Kind] }

// resendPauses are the pauses before the first resends; the last one repeats.
var resendPauses = []time.Duration{5 * time.Second, 10 * time.Second, 20 * time.Second, 40 * time.Second, 60 * time.Second}

// resendPause is the pause before the next send of an attempt that was sent n
// times.
func resendPause(n int) time.Duration {
	return resendPauses[min(max(n-1, 0), len(resendPauses)-1)]
}

const (
	// latePoll is the pause between looks at an expired invoice.
	latePoll = 15 * time.Minute
	// partGrace is how long after its time a part payment is still looked at as
	// often as before.
	partGrace = time.Hour
	// lateWatch is how long after its expiry an invoice is still watched.
	lateWatch = 24 * time.Hour
	// lookBackTime and lookBackMost bound what a start looks at once more: a
	// shop may have been closed for some days.
	lookBackTime = 7 * 24 * time.Hour
	lookBackMost = 1000
	// lookBackStep is the pause between two such looks at invoices.
	lookBackStep = 5 * time.Second
	// guardTime is how long a payment that is not known, or can still be paid,
	// makes a charge of the same amount ask.
	guardTime = 30 * time.Minute
)
