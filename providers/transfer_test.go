package providers_test

import (
	"context"
	"strings"
	"testing"

	"cashdesk/providers"
)

// follower is a gateway that follows payments; choosy says whether it chooses.
type follower struct{ providers.Gateway }

func (follower) Ask(context.Context, providers.Watch) providers.Answer { return providers.Answer{} }

type chooser struct {
	follower
	only providers.Kind
}

func (c chooser) Watches(k providers.Kind) bool { return k == c.only }

func TestAGatewayFollowsWhatItSaysItFollows(t *testing.T) {
	for _, row := range []struct {
		gateway           providers.Gateway
		transfer, invoice bool
	}{
		{nil, false, false},
		{struct{ providers.Gateway }{}, false, false},
		{follower{}, true, true},
		{chooser{only: providers.Transfer}, true, false},
		{chooser{}, false, false},
	} {
		if got := providers.Watches(row.gateway, providers.Transfer); got != row.transfer {
			t.Errorf("%T follows transfers: %v", row.gateway, got)
		}
		if got := providers.Watches(row.gateway, providers.Invoice); got != row.invoice {
			t.Errorf("%T follows invoices: %v", row.gateway, got)
		}
	}
}

func TestNeverMoreThanSixDigitsOfACard(t *testing.T) {
	for _, fine := range []string{"", "400000", "000000"} {
		if err := providers.CheckBIN("from_bin", fine); err != nil {
			t.Errorf("%q: %v", fine, err)
		}
	}
	for _, wrong := range []string{"40000", "4000001", "4000000000000002", "4000 00", "40000a", "٤٠٠٠٠٠", " 400000", "400000\n"} {
		err := providers.CheckBIN("to_bin", wrong)
		if providers.KindOf(err) != providers.Input {
			t.Errorf("%q: %v", wrong, err)
		} else if text := err.Error() + providers.HintOf(err); strings.Contains(text, wrong) {
			t.Errorf("%q is repeated in %q", wrong, text)
		}
	}
}

func eur(minor int64) providers.Amount {
	return providers.Amount{Minor: minor, Currency: providers.Currency{Code: "EUR", Decimals: 2}}
}

func TestALimitIsSaidBeforeAnythingIsSent(t *testing.T) {
	both, least, most := providers.Quote{Min: eur(5000), Max: eur(7_500_000)}, providers.Quote{Min: eur(5000)}, providers.Quote{Max: eur(7_500_000)}
	for _, row := range []struct {
		q          providers.Quote
		minor      int64
		text, hint string
	}{
		{providers.Quote{}, 1, "", ""}, {both, 5000, "", ""}, {both, 7_500_000, "", ""},
		{both, 4999, "less than 50.00 EUR cannot be transferred here", "type an amount from 50.00 to 75,000.00 EUR"},
		{both, 7_500_001, "more than 75,000.00 EUR cannot be transferred here", "type an amount from 50.00 to 75,000.00 EUR"},
		{least, 4999, "less than 50.00 EUR cannot be transferred here", "type an amount of at least 50.00 EUR"},
		{most, 7_500_001, "more than 75,000.00 EUR cannot be transferred here", "type an amount of at most 75,000.00 EUR"},
	} {
		err := row.q.Check(eur(row.minor))
		if (err == nil) != (row.text == "") || err != nil && (err.Error() != row.text || providers.HintOf(err) != row.hint || providers.KindOf(err) != providers.Input) {
			t.Errorf("%d within %+v: %v (%s)", row.minor, row.q, err, providers.HintOf(err))
		}
	}
}

func TestTheCommissionAndTheTotalAreExact(t *testing.T) {
	for _, row := range []struct{ low, high, commission, total string }{
		{"", "", "", ""}, {"39", "39.00", "39.00 EUR", "139.01 EUR"}, {"1.50", "3", "1.50 to 3.00 EUR", "101.51 to 103.01 EUR"},
		{"1.5", "", "from 1.50 EUR", "at least 101.51 EUR"}, {"", "3", "up to 3.00 EUR", "at most 103.01 EUR"},
		{"0.105", "0.105", "0.105 EUR", "100.115 EUR"}, {"0", "0", "0.00 EUR", "100.01 EUR"}, {"much", "", "from much EUR", ""},
		{"99999999999999999999999999999999999999.99", "", "from 99999999999999999999999999999999999999.99 EUR", "at least 100000000000000000000000000000000000100.00 EUR"},
	} {
		a := providers.Attempt{Amount: eur(10001), CommissionMin: row.low, CommissionMax: row.high}
		q := providers.Quote{CommissionMin: row.low, CommissionMax: row.high}
		if a.Commission() != row.commission || q.Commission(a.Amount) != row.commission {
			t.Errorf("%q %q cost %q, want %q", row.low, row.high, a.Commission(), row.commission)
		}
		if a.WithCommission() != row.total || q.WithCommission(a.Amount) != row.total {
			t.Errorf("%q %q are %q in all, want %q", row.low, row.high, a.WithCommission(), row.total)
		}
	}
	yen := providers.Attempt{Amount: providers.Amount{Minor: 1000, Currency: providers.Currency{Code: "JPY"}}, CommissionMin: "15", CommissionMax: "15"}
	if got := yen.WithCommission(); got != "1015 JPY" {
		t.Errorf("in yen it is %s", got)
	}
}
