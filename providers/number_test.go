package providers

import (
	"encoding/json"
	"testing"

	"pgregory.net/rapid"
)

func TestANumberKeepsTheCharactersThatCame(t *testing.T) {
	for raw, want := range map[string]string{
		`"10"`: "10", `10`: "10", `10.00`: "10.00", `"10.550"`: "10.550", `null`: "", `""`: "",
		`-1`: "-1", `1e-8`: "1e-8", `12345678901234567890.123456789`: "12345678901234567890.123456789",
		`"INV1"`: "INV1",
	} {
		var n Number
		if err := json.Unmarshal([]byte(raw), &n); err != nil || string(n) != want {
			t.Errorf("%s gave %q, %v, want %q", raw, n, err, want)
		}
	}
}

func TestANumberTakesNothingButTextAndNumbers(t *testing.T) {
	for _, raw := range []string{`true`, `false`, `{}`, `[]`, `["1"]`, `{"a":1}`} {
		n := Number("before")
		if err := json.Unmarshal([]byte(raw), &n); err == nil {
			t.Errorf("%s was taken as %q", raw, n)
		}
	}
}

func TestNumbersAreComparedAsDecimals(t *testing.T) {
	for _, same := range [][2]Number{{"10", "10.00"}, {"0.10", "1e-1"}, {" 5 ", "5"}, {"007", "7"}} {
		if !same[0].Equals(same[1]) {
			t.Errorf("%q is not %q", same[0], same[1])
		}
	}
	for _, other := range [][2]Number{{"10", "10.01"}, {"", ""}, {"x", "x"}, {"10", ""}, {"NaN", "NaN"}} {
		if other[0].Equals(other[1]) {
			t.Errorf("%q is taken for %q", other[0], other[1])
		}
	}
}

func TestAHugeExponentIsNoDecimal(t *testing.T) {
	for _, n := range []Number{"1e999999999", "1e-999999999", "1e100", "Infinity", "0x10", "1_000", "1,5", ".5", "5."} {
		if d, ok := n.Decimal(); ok {
			t.Errorf("%q was read as %s", n, d)
		}
	}
}

func TestAWholeNumberIsReadWhole(t *testing.T) {
	if n, ok := Number("1700000000").Int(); !ok || n != 1700000000 {
		t.Errorf("got %d %v", n, ok)
	}
	for _, n := range []Number{"", "1.5", "x", "99999999999999999999"} {
		if got, ok := n.Int(); ok {
			t.Errorf("%q was read as %d", n, got)
		}
	}
}

func TestNoNumberMakesTheReaderPanic(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		raw := rapid.String().Draw(t, "raw")
		var n Number
		if json.Unmarshal([]byte(raw), &n) == nil {
			n.Equals(n)
		}
		Number(raw).Equals("1")
	})
}

func TestABodyIsWrittenWithoutEscapes(t *testing.T) {
	body, err := EncodeJSON(map[string]string{"url": "https://a.example/?a=1&b=<2>"})
	if want := `{"url":"https://a.example/?a=1&b=<2>"}`; err != nil || string(body) != want {
		t.Errorf("got %s, %v", body, err)
	}
}

func TestASecretIsReplacedInAnyCase(t *testing.T) {
	got := Redact("no key aB-12, and AB-12 neither", "Ab-12", "shop.key")
	if want := "no key [shop.key], and [shop.key] neither"; got != want {
		t.Errorf("got %q", got)
	}
	if got := Redact("as it was", "", "shop.key"); got != "as it was" {
		t.Errorf("no secret changed the text to %q", got)
	}
}

func TestMajorUnitsKeepTheCurrencysDecimals(t *testing.T) {
	for _, row := range []struct {
		n        Number
		decimals int
		want     string
	}{{"12.5", 2, "12.50"}, {"12", 2, "12.00"}, {"0.00012", 2, "0.00012"}, {"1e-8", 2, "0.00000001"}, {"100", 0, "100"}, {"1e2", 2, "100.00"}} {
		d, _ := row.n.Decimal()
		if got := MajorText(d, Currency{Decimals: row.decimals}); got != row.want {
			t.Errorf("%s with %d decimals is written %q, want %q", row.n, row.decimals, got, row.want)
		}
	}
}
