package providers_test

import (
	"testing"

	"cashdesk/providers"
)

func TestTheAnswerToAResendNeverRefusesWhatTheFirstSendMayHaveDone(t *testing.T) {
	for _, state := range providers.States {
		for _, reason := range append(providers.Reasons(), providers.NoReason) {
			a := providers.Answer{State: state, Reason: reason, Code: "EVAL01"}
			if got := a.OfSend(false); got != a {
				t.Errorf("the first send's %s %s became %+v", state, reason, got)
			}
			again, want := a.OfSend(true), a
			if state == providers.Refused {
				want.State, want.Reason = providers.Unknown, providers.OnResend
				if reason == providers.Unreachable || reason == providers.NoKey {
					want.Reason = reason
				}
			}
			if again != want {
				t.Errorf("a resend's %s %s became %s %s", state, reason, again.State, again.Reason)
			}
		}
	}
}
