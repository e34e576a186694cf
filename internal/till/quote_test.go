package till

import (
	"path/filepath"
	"slices"
	"testing"
	"time"

	"cashdesk/internal/shelf"
	"cashdesk/providers"
)

// accepts asks what OxaPay takes.
func (c *counter) accepts(answer providers.Answer) (list []string, fresh bool, err error) {
	c.t.Helper()
	c.oxapay.answers <- answer
	list, fresh, err = c.till.Accepted(c.t.Context(), c.tom, providers.OxaPay)
	c.oxapay.gets()
	return list, fresh, err
}

func TestWhatAProviderTakesIsKeptForWhenItDoesNotAnswer(t *testing.T) {
	c := newCounter(t)
	c.till.config.Shelf = shelf.Folder(filepath.Join(t.TempDir(), "kept"))
	want := []string{"BTC", "USDT"}
	if list, _, err := c.accepts(lost); err == nil || list != nil || err.Error() != "OxaPay did not tell what it takes: no answer in time" {
		t.Errorf("before it ever answered: %v, %v", list, err)
	}
	if list, fresh, err := c.accepts(done); err != nil || !fresh || !slices.Equal(list, want) {
		t.Errorf("answered: %v, fresh %t, %v", list, fresh, err)
	}
	if list, fresh, err := c.accepts(lost); err != nil || fresh || !slices.Equal(list, want) {
		t.Errorf("not answered: %v, fresh %t, %v", list, fresh, err)
	}
	before, _ := c.till.AcceptedAge(providers.OxaPay)
	c.clock.jump(100 * 365 * 24 * time.Hour) // the file has the machine's time
	if after, known := c.till.AcceptedAge(providers.OxaPay); !known || after <= before {
		t.Errorf("it is %s old, and was %s", after, before)
	}
	if _, _, err := c.till.Accepted(t.Context(), c.tom, providers.XaiGate); providers.KindOf(err) != providers.Conflict {
		t.Errorf("one that tells nothing: %v", err)
	}
}

func TestWithoutAShelfNothingIsKept(t *testing.T) {
	c := newCounter(t)
	if _, _, err := c.accepts(done); err != nil {
		t.Fatal(err)
	}
	if list, _, err := c.accepts(lost); err == nil {
		t.Errorf("%v was kept", list)
	}
}

func TestAQuoteIsNoPayment(t *testing.T) {
	c := newCounter(t)
	amount := providers.Amount{Minor: 20000, Currency: providers.Currency{Code: "EUR", Decimals: 2}}
	c.payneteasy.answers <- done
	q, err := c.till.Quote(t.Context(), c.tom, providers.Payneteasy, amount)
	if err != nil || q.CommissionMin != "1.50" || q.Min.Minor != 100 {
		t.Errorf("the quote is %+v, %v", q, err)
	}
	if got := c.payneteasy.gets(); got != "quote 200.00 EUR" {
		t.Errorf("asked was %q", got)
	}
	c.payneteasy.answers <- lost
	if _, err := c.till.Quote(t.Context(), c.tom, providers.Payneteasy, amount); providers.KindOf(err) != providers.ProviderFault {
		t.Errorf("not answered: %v", err)
	}
	if page, err := c.till.History(t.Context(), c.mia, Query{}); err != nil || len(page.Attempts) != 0 {
		t.Errorf("the journal has %+v, %v", page.Attempts, err)
	}
	if _, err := c.till.Quote(t.Context(), c.tom, providers.XaiGate, amount); providers.KindOf(err) != providers.Conflict {
		t.Errorf("one that tells nothing: %v", err)
	}
}
