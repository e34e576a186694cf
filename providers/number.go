package providers

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"
)

// Number is a value that a provider writes now as text, now as a JSON number:
// amounts, dates, order numbers. It keeps the characters exactly as they came
// and never passes through a float; null is empty.
type Number string

// UnmarshalJSON accepts text, a number or null, and nothing else.
func (n *Number) UnmarshalJSON(raw []byte) error {
	text := string(raw)
	switch {
	case text == "null":
		*n = ""
	case text[0] == '"':
		var s string
		if err := json.Unmarshal(raw, &s); err != nil {
			return err
		}
		*n = Number(s)
	case text[0] == '-' || text[0] >= '0' && text[0] <= '9':
		*n = Number(text)
	default:
		return fmt.Errorf("neither text nor a number")
	}
	return nil
}

// String gives the characters as they came, without spaces around them.
func (n Number) String() string { return strings.TrimSpace(string(n)) }

// The exponent has at most two digits: a decimal with a huge one would take
// all memory when it is compared.
var plainDecimal = Pattern(`^-?[0-9]{1,40}(\.[0-9]{1,40})?([eE][+-]?[0-9]{1,2})?$`)

// longest is how many digits stand before or behind the point at most: nothing
// that a customer pays has more, and all of them would be shown.
const longest = 40

// Decimal reads it as an exact decimal; false when it is empty or not one, or
// beyond anything that money can be.
func (n Number) Decimal() (decimal.Decimal, bool) {
	text := n.String()
	if !plainDecimal(text) {
		return decimal.Decimal{}, false
	}
	d, err := decimal.NewFromString(text)
	if err != nil || -d.Exponent() > longest || d.NumDigits()+int(d.Exponent()) > longest {
		return decimal.Decimal{}, false
	}
	return d, true
}

// Equals says that both are the same decimal: "10" equals "10.00". What is
// not a decimal equals nothing.
func (n Number) Equals(other Number) bool {
	a, okA := n.Decimal()
	b, okB := other.Decimal()
	return okA && okB && a.Equal(b)
}

// Int reads it as a whole number; false when it is empty or not one.
func (n Number) Int() (int64, bool) {
	whole, err := strconv.ParseInt(n.String(), 10, 64)
	return whole, err == nil
}

// MajorText writes a decimal in major units with at least the currency's own
// decimals, and more only where it has more: "12.50", "0.00012".
func MajorText(d decimal.Decimal, c Currency) string {
	return d.StringFixed(max(int32(c.Decimals), -d.Exponent()))
}
