package providers_test

import (
	"testing"

	"cashdesk/providers"
)

func TestACommissionIsWrittenInTheCurrencysDecimals(t *testing.T) {
	for _, row := range []struct{ low, high, want string }{
		{"", "", ""},
		{"1.5", "3", "1.50 to 3.00 EUR"},
		{"0.5", "1.00", "0.50 to 1.00 EUR"},
		{"39", "39.00", "39.00 EUR"},
		{"2.505", "3", "2.505 to 3.00 EUR"},
		{"1.5", "", "from 1.50 EUR"},
		{"", "3", "up to 3.00 EUR"},
		{"0", "0", "0.00 EUR"},
		{"a\x1b[2J little", "", "from a [2J little EUR"},
	} {
		a := providers.Attempt{CommissionMin: row.low, CommissionMax: row.high, Amount: providers.Amount{Minor: 10000, Currency: providers.Currency{Code: "EUR", Decimals: 2}}}
		if got := a.Commission(); got != row.want {
			t.Errorf("%q to %q is %q, want %q", row.low, row.high, got, row.want)
		}
	}
}

func TestWhatIsMissingHasItsCurrency(t *testing.T) {
	usd := providers.Amount{Minor: 1055, Currency: providers.Currency{Code: "USD", Decimals: 2}}
	for shortfall, want := range map[string]string{"": "", "1.85": "1.85 USD is missing", "1.8": "1.80 USD is missing"} {
		if got := (providers.Attempt{Amount: usd, Shortfall: shortfall}).Missing(); got != want {
			t.Errorf("%q is %q, want %q", shortfall, got, want)
		}
	}
}
