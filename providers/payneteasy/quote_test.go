package payneteasy

import (
	"testing"

	"cashdesk/providers"
)

func TestTheCommissionIsAShareOfTheAmountWithinItsBounds(t *testing.T) {
	for _, row := range []struct {
		rate      RateReply
		minor     int64
		low, high string
	}{
		{RateReply{RateInterest: "1.5", RateMin: "39"}, 10000, "39.00", "39.00"},
		{RateReply{RateInterest: "1.5", RateMin: "39"}, 260000, "39.00", "39.00"},
		{RateReply{RateInterest: "1.5", RateMin: "39"}, 260001, "39.01", "39.01"}, // 39.00015
		{RateReply{RateInterest: "1.5", RateMin: "39", RateMax: "50"}, 10_000_000, "50.00", "50.00"},
		{RateReply{RateInterest: "1.5", RateMin: "39", RateMax: "0"}, 10_000_000, "1500.00", "1500.00"},
		{RateReply{RateInterest: "1.5"}, 10000, "1.50", "1.50"},
		{RateReply{RateInterest: "0"}, 10000, "0.00", "0.00"},
		{RateReply{RateInterest: "0.1"}, 10010, "0.11", "0.11"}, // a float has 0.10010000000000001
		{RateReply{RateMin: "39", RateMax: "50"}, 10000, "39.00", "50.00"},
		{RateReply{RateMin: "39"}, 10000, "39.00", ""},
		{RateReply{RateMax: "50.5"}, 10000, "", "50.50"},
		{RateReply{}, 10000, "", ""},
		{RateReply{RateInterest: "1", RateMin: "60", RateMax: "50"}, 10000, "50.00", "50.00"},
	} {
		q, ok := quoted(row.rate, providers.Amount{Minor: row.minor, Currency: eur})
		if !ok || q.CommissionMin != row.low || q.CommissionMax != row.high {
			t.Errorf("%+v of %d cost %q to %q, want %q to %q", row.rate, row.minor, q.CommissionMin, q.CommissionMax, row.low, row.high)
		}
	}
}

func TestTheLimitsAreWholeCentsOnTheirInnerSide(t *testing.T) {
	for _, row := range []struct {
		low, high        providers.Number
		minMinor, maxMin int64
		ok               bool
	}{
		{"50", "75000.0", 5000, 7_500_000, true},
		{"50.001", "50.029", 5001, 5002, true},
		{"", "", 0, 0, true},
		{"0", "0", 0, 0, true},
		{"1e3", "1e20", 100_000, 0, true},
		{"1e20", "", providers.MaxMinor, 0, true},
		{"10", "9.99", 0, 0, false},
		{"10", "10", 1000, 1000, true},
	} {
		q, ok := quoted(RateReply{LimitMin: row.low, LimitMax: row.high}, price)
		if ok != row.ok || q.Min.Minor != row.minMinor || q.Max.Minor != row.maxMin || ok && (q.Min.Currency != eur || q.Max.Currency != eur) {
			t.Errorf("%s to %s is %+v, %v", row.low, row.high, q, ok)
		}
	}
}
