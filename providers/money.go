package providers

import (
	"fmt"
	"strconv"
	"strings"

	"golang.org/x/text/currency"
)

// Currency is a currency with the number of decimals of its minor unit.
type Currency struct {
	Code     string // ISO 4217 or a coin's symbol, upper case
	Decimals int    // 0 to 8
}

// ISO finds a currency of ISO 4217 by its code.
func ISO(code string) (Currency, error) {
	unit, err := currency.ParseISO(code)
	if err != nil || len(code) != 3 || code != strings.ToUpper(code) {
		return Currency{}, Invalid("currency", fmt.Sprintf("%q is not a currency of ISO 4217", code), "write it like AUD, EUR or USD")
	}
	scale, _ := currency.Standard.Rounding(unit)
	return Currency{Code: code, Decimals: scale}, nil
}

// MaxMinor is the largest amount that any provider's field holds: 12 digits.
const MaxMinor = 999_999_999_999

// Amount is money: a whole number of minor units of one currency.
type Amount struct {
	Minor    int64
	Currency Currency
}

// Decimal writes the amount in major units with all its decimals and nothing
// else, as providers want it: "125.50".
func (a Amount) Decimal() string {
	return DecimalText(a.Minor, a.Currency.Decimals)
}

// Figure writes the amount for people without its currency: "1,125.50".
func (a Amount) Figure() string {
	whole, fraction, point := strings.Cut(a.Decimal(), ".")
	sign := ""
	if a.Minor < 0 {
		sign, whole = "-", whole[1:]
	}
	for at := len(whole) - 3; at > 0; at -= 3 {
		whole = whole[:at] + "," + whole[at:]
	}
	if point {
		whole += "." + fraction
	}
	return sign + whole
}

// String writes the amount for people: "1,125.50 AUD".
func (a Amount) String() string {
	return a.Figure() + " " + a.Currency.Code
}

// DecimalText writes minor units with a decimal point before the last
// decimals digits.
func DecimalText(minor int64, decimals int) string {
	sign := ""
	if minor < 0 {
		sign, minor = "-", -minor
	}
	digits := strconv.FormatInt(minor, 10)
	if decimals <= 0 {
		return sign + digits
	}
	if missing := decimals + 1 - len(digits); missing > 0 {
		digits = strings.Repeat("0", missing) + digits
	}
	cut := len(digits) - decimals
	return sign + digits[:cut] + "." + digits[cut:]
}

// ParseAmount reads an amount as people write it ("125.50", "125"), in major
// units; more decimals than the currency has are an error, never rounded.
func ParseAmount(text string, c Currency) (Amount, error) {
	wrong := func(why string) (Amount, error) {
		return Amount{}, Invalid("amount", fmt.Sprintf("%q is not an amount: %s", text, why), "write it like "+DecimalText(12550, c.Decimals))
	}
	whole, fraction, point := strings.Cut(text, ".")
	if point && (fraction == "" || len(fraction) > c.Decimals) {
		return wrong(fmt.Sprintf("%s has %d decimals", c.Code, c.Decimals))
	}
	digits := whole + fraction + strings.Repeat("0", c.Decimals-len(fraction))
	if whole == "" || len(strings.TrimLeft(digits, "0")) > 12 {
		return wrong("it has no digits or more than 12")
	}
	for _, r := range digits {
		if r < '0' || r > '9' {
			return wrong("only digits and one point belong in it")
		}
	}
	minor, err := strconv.ParseInt(digits, 10, 64)
	if err != nil {
		return wrong("it is too long")
	}
	return Amount{Minor: minor, Currency: c}, nil
}
