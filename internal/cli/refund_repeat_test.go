package cli

import (
	"errors"
	"strings"
	"testing"
	"time"

	"cashdesk/internal/till"
	"cashdesk/providers"
)

func TestTheSamePartOfASaleIsNotGivenBackTwiceByARepeat(t *testing.T) {
	amount := providers.Amount{Minor: 2000, Currency: providers.Currency{Code: "AUD", Decimals: 2}}
	other := providers.Amount{Minor: 2001, Currency: amount.Currency}
	now := time.Now()
	for name, c := range map[string]struct {
		refund providers.Attempt
		undone bool
		said   string // "": it may be made
	}{
		"made":            {refund: providers.Attempt{Amount: amount, State: providers.Approved, CreatedAt: now}, said: "went back a short while ago already"},
		"recorded":        {refund: providers.Attempt{Amount: amount, State: providers.Recorded, CreatedAt: now}, said: "not known yet"},
		"on its way":      {refund: providers.Attempt{Amount: amount, State: providers.Sent, CreatedAt: now}, said: "not known yet"},
		"not known":       {refund: providers.Attempt{Amount: amount, State: providers.Unknown, CreatedAt: now}, said: "not known yet"},
		"declined":        {refund: providers.Attempt{Amount: amount, State: providers.Declined, CreatedAt: now}},
		"undone":          {refund: providers.Attempt{Amount: amount, State: providers.Approved, CreatedAt: now}, undone: true},
		"another part":    {refund: providers.Attempt{Amount: other, State: providers.Approved, CreatedAt: now}},
		"a long time ago": {refund: providers.Attempt{Amount: amount, State: providers.Approved, CreatedAt: now.Add(-time.Hour)}},
	} {
		c.refund.ID, c.refund.Reference = "1", "R-17"
		err := refundedJustNow(till.Refundable{Refunds: []providers.Attempt{c.refund}, Undone: map[string]bool{"1": c.undone}}, amount)
		var told *ended
		switch {
		case c.said == "" && err != nil:
			t.Errorf("%s: %v", name, err)
		case c.said == "":
		case !errors.As(err, &told) || told.code != exitRefused || !strings.Contains(err.Error(), c.said) || !strings.Contains(providers.HintOf(err), "R-17"):
			t.Errorf("%s: %v (%s)", name, err, providers.HintOf(err))
		}
	}
}
