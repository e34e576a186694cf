package providers_test

import (
	"errors"
	"strings"
	"testing"

	"cashdesk/providers"

	"pgregory.net/rapid"
)

var (
	yen  = providers.Currency{Code: "JPY", Decimals: 0}
	aud  = providers.Currency{Code: "AUD", Decimals: 2}
	fils = providers.Currency{Code: "KWD", Decimals: 3}
	coin = providers.Currency{Code: "BTC", Decimals: 8}
)

func anyCurrency(t *rapid.T) providers.Currency {
	return rapid.SampledFrom([]providers.Currency{yen, aud, fils, coin}).Draw(t, "currency")
}

func TestEveryAmountIsReadBackAsItWasWritten(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := providers.Amount{Minor: rapid.Int64Range(0, providers.MaxMinor).Draw(t, "minor"), Currency: anyCurrency(t)}
		text := a.Decimal()
		back, err := providers.ParseAmount(text, a.Currency)
		if err != nil || back != a {
			t.Fatalf("%+v is written %q and read back as %+v, %v", a, text, back, err)
		}
		_, fraction, _ := strings.Cut(text, ".")
		if len(fraction) != a.Currency.Decimals {
			t.Fatalf("%q has %d decimals, %s has %d", text, len(fraction), a.Currency.Code, a.Currency.Decimals)
		}
		if strings.ReplaceAll(a.String(), ",", "") != text+" "+a.Currency.Code {
			t.Fatalf("for people it is %q", a.String())
		}
	})
}

func TestDecimalsThatPeopleLeaveOutAreNoughts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := anyCurrency(t)
		a := providers.Amount{Minor: rapid.Int64Range(0, providers.MaxMinor).Draw(t, "minor"), Currency: c}
		short := a.Decimal()
		if strings.Contains(short, ".") {
			short = strings.TrimSuffix(strings.TrimRight(short, "0"), ".")
		}
		back, err := providers.ParseAmount(short, c)
		if err != nil || back != a {
			t.Fatalf("%q is read as %+v, %v; want %+v", short, back, err, a)
		}
	})
}

func TestWhatIsNoAmountIsRefusedAtItsField(t *testing.T) {
	for _, c := range []struct {
		currency providers.Currency
		text     string
	}{
		{aud, ""}, {aud, "."}, {aud, ".5"}, {aud, "5."}, {aud, "-5"}, {aud, "+5"}, {aud, "1,50"}, {aud, " 5"}, {aud, "5 "},
		{aud, "1e3"}, {aud, "0x10"}, {aud, "1.2.3"}, {aud, "٣"}, {aud, "NaN"}, {aud, "1_000"},
		{aud, "1.005"}, {yen, "1.0"}, {yen, "1."}, {fils, "1.0000"}, {coin, "0.000000001"},
		{aud, "10000000000.00"}, {aud, "99999999999"}, {yen, "1000000000000"}, {coin, "10000"},
		{aud, strings.Repeat("9", 10000)},
	} {
		got, err := providers.ParseAmount(c.text, c.currency)
		var e *providers.Error
		if !errors.As(err, &e) || e.Kind != providers.Input || e.Field != "amount" || e.Hint == "" {
			t.Errorf("%.40q %s: %+v, %v; want an input error at the amount with a hint", c.text, c.currency.Code, got, err)
		}
		if got != (providers.Amount{}) {
			t.Errorf("%.40q %s: refused and yet %+v", c.text, c.currency.Code, got)
		}
	}
}

func TestTwelveDigitsAreTheMost(t *testing.T) {
	for text, c := range map[string]providers.Currency{
		"9999999999.99": aud, "999999999999": yen, "999999999.999": fils, "9999.99999999": coin,
		"0000000000000000009999999999.99": aud,
	} {
		got, err := providers.ParseAmount(text, c)
		if err != nil || got.Minor != providers.MaxMinor {
			t.Errorf("%s %s: %+v, %v", text, c.Code, got, err)
		}
	}
}

// TestNoAmountPassesThroughAFloat: each of these loses a cent as a float64.
func TestNoAmountPassesThroughAFloat(t *testing.T) {
	for text, minor := range map[string]int64{"1.15": 115, "0.29": 29, "4.35": 435, "1001.10": 100110, "9999999999.97": 999999999997} {
		got, err := providers.ParseAmount(text, aud)
		if err != nil || got.Minor != minor || got.Decimal() != text {
			t.Errorf("%s: %+v, %v", text, got, err)
		}
	}
}

func TestMinorUnitsAreWrittenWithTheirPoint(t *testing.T) {
	for _, c := range []struct {
		minor    int64
		decimals int
		want     string
	}{
		{0, 0, "0"}, {0, 2, "0.00"}, {5, 2, "0.05"}, {50, 2, "0.50"}, {12550, 2, "125.50"}, {-5, 2, "-0.05"},
		{1, 8, "0.00000001"}, {123456789, 8, "1.23456789"}, {1234, 3, "1.234"}, {7, 0, "7"},
	} {
		if got := providers.DecimalText(c.minor, c.decimals); got != c.want {
			t.Errorf("%d with %d decimals is %q, want %q", c.minor, c.decimals, got, c.want)
		}
	}
}

func TestCurrenciesHaveTheirOwnDecimals(t *testing.T) {
	for code, decimals := range map[string]int{"AUD": 2, "NZD": 2, "EUR": 2, "USD": 2, "JPY": 0, "KWD": 3} {
		c, err := providers.ISO(code)
		if err != nil || c != (providers.Currency{Code: code, Decimals: decimals}) {
			t.Errorf("%s: %+v, %v", code, c, err)
		}
	}
	for _, code := range []string{"", "aud", "AU", "AUDX", "ZZZ", "$", "BTC"} {
		if c, err := providers.ISO(code); err == nil || providers.KindOf(err) != providers.Input {
			t.Errorf("%q is taken for %+v, %v", code, c, err)
		}
	}
}

func TestAnAmountForPeopleHasItsThousandsApart(t *testing.T) {
	for _, row := range []struct {
		minor    int64
		decimals int
		want     string
	}{
		{5, 2, "0.05 AUD"}, {99999, 2, "999.99 AUD"}, {100000, 2, "1,000.00 AUD"}, {1000000001, 2, "10,000,000.01 AUD"},
		{-100000, 2, "-1,000.00 AUD"}, {-99999, 2, "-999.99 AUD"}, {123456, 0, "123,456 AUD"}, {100000000, 8, "1.00000000 AUD"},
	} {
		a := providers.Amount{Minor: row.minor, Currency: providers.Currency{Code: "AUD", Decimals: row.decimals}}
		if got := a.String(); got != row.want {
			t.Errorf("%d: %q, want %q", row.minor, got, row.want)
		}
		if strings.Contains(a.Decimal(), ",") {
			t.Errorf("what providers get has a separator: %q", a.Decimal())
		}
	}
}
