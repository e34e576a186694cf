package providers_test

import (
	"strings"
	"testing"
	"time"

	"cashdesk/providers"
)

func TestANameThatStandsTwiceMakesAReplyUnreadable(t *testing.T) {
	for body, fine := range map[string]bool{
		`{}`: true, `{"a":1,"b":{"a":1},"c":[{"a":1},{"a":2}]}`: true, `{"a":"a","b":"a"}`: true, `{"a":[],"b":{"c":{}}}`: true, `[1,1]`: true, `7`: true, `{"n":1e999999}`: true,
		`{"a":1,"a":1}`: false, `{"a":1,"A":1}`: false, `{"a":1,"\u0061":1}`: false, `{"b":{"a":1,"c":[],"a":2}}`: false, `[[{"a":{},"b":1,"a":[]}]]`: false,
		"{\"status\":1,\"\u017ftatus\":2}": false, "{\"k\":1,\"\u212a\":2}": false,
		`null`: false, " null\n": false, `{"a":null}`: true, `{"a":1}{}`: false, `{"a":1} x`: false, ``: false, "\ufeff{}": false,
	} {
		var into any
		if strings.Contains(body, "1e999999") {
			into = new(map[string]providers.Number)
		} else {
			into = new(any)
		}
		if err := providers.DecodeJSON([]byte(body), into); (err == nil) != fine {
			t.Errorf("%s: %v", body, err)
		}
	}
}

func TestATimeIsBelievedOnlyWhereItCanBeKept(t *testing.T) {
	for at, fine := range map[time.Time]bool{
		{}: false, time.Date(2000, 12, 31, 0, 0, 0, 0, time.UTC): false, time.Date(2001, 1, 2, 0, 0, 0, 0, time.UTC): true,
		time.Date(2200, 12, 30, 0, 0, 0, 0, time.UTC): true, time.Date(2201, 1, 2, 0, 0, 0, 0, time.UTC): false, time.Date(9999, 12, 31, 0, 0, 0, 0, time.UTC): false,
	} {
		got := providers.Plausible(at)
		if got.IsZero() == fine || fine && !time.Unix(0, got.UnixNano()).Equal(at) {
			t.Errorf("%s gives %s", at, got)
		}
	}
}

func TestNoDecimalIsLongerThanMoneyCanBe(t *testing.T) {
	digits := strings.Repeat("9", 40)
	for text, fine := range map[string]bool{
		digits: true, "1e39": true, "0." + digits: true, "1e-40": true, digits + "." + digits: true,
		"1e40": false, digits + "e1": false, "1e99": false, "1e-41": false, "0.1e-40": false, "1e999999999": false,
	} {
		if _, ok := providers.Number(text).Decimal(); ok != fine {
			t.Errorf("%s is a decimal: %v", text, ok)
		}
	}
}
