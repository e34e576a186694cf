package till

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"cashdesk/providers"
)

// TestOneApprovalForTwoSalesAtOnceApprovesOneOfThem: both answers are here
// before either is written down, so that neither finds the other's number in the
// journal.
func TestOneApprovalForTwoSalesAtOnceApprovesOneOfThem(t *testing.T) {
	c := newCounter(t)
	for round := range 20 {
		both := approved
		both.ProviderRef = fmt.Sprintf("PN-%d", round)
		var ids []string
		for i := range 2 {
			a := c.begin(sale(int64(1000+10*round+i), fmt.Sprintf("%06d", 100+10*round+i)))
			c.oxipay.gets()
			ids = append(ids, a.ID)
		}
		c.oxipay.answers <- both
		c.oxipay.answers <- both
		answers := map[string]providers.Attempt{}
		for len(answers) < len(ids) {
			if u := <-c.updates; slices.Contains(ids, u.Attempt.ID) && u.Attempt.State != providers.Sent && u.Attempt.State != providers.Recorded {
				answers[u.Attempt.ID] = u.Attempt
			}
		}
		yes := 0
		for _, answered := range answers {
			switch {
			case answered.State == providers.Approved:
				yes++
			case answered.State != providers.Unknown || answered.Reason != providers.PurchaseReused || answered.ProviderRef != "":
				t.Errorf("round %d: %+v", round, answered)
			}
		}
		if yes != 1 {
			t.Fatalf("round %d: purchase %s approved %d sales", round, both.ProviderRef, yes)
		}
	}
}

func TestAnAnswerWithoutOurTokenIsCounted(t *testing.T) {
	c := newCounter(t)
	bare := declined
	bare.NoEcho = true
	for i, answer := range []providers.Answer{declined, bare, bare} {
		a := c.begin(sale(int64(1000+i), fmt.Sprintf("00010%d", i)))
		c.oxipay.gets()
		c.oxipay.answers <- answer
		c.becomes(a.ID, providers.Declined)
	}
	if st, err := c.till.Status(context.Background()); err != nil || st.NoEcho != 2 {
		t.Errorf("%d answers without our token, %v; want 2", st.NoEcho, err)
	}
}
