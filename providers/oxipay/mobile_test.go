package oxipay

import (
	"strings"
	"testing"

	"cashdesk/providers"
	"github.com/nyaruka/phonenumbers"
	"pgregory.net/rapid"
)

func TestMobilesAreConvertedToTheNationalForm(t *testing.T) {
	for _, c := range []struct{ country, typed, want string }{
		{"AU", "0412345678", "0412345678"},
		{"AU", " 0412 345 678 ", "0412345678"},
		{"AU", "0412-345-678", "0412345678"},
		{"AU", "+61 412 345 678", "0412345678"},
		{"AU", "+61 (0)412 345 678", "0412345678"},
		{"AU", "61412345678", "0412345678"},
		{"NZ", "021 234 567", "021234567"},
		{"NZ", "+64 21 234 5678", "0212345678"},
		{"NZ", "64-27-1234567", "0271234567"},
	} {
		if got, err := NationalMobile(c.country, c.typed); got != c.want || err != nil {
			t.Errorf("%s %q: %q, %v", c.country, c.typed, got, err)
		}
	}
}

func TestWhatIsNoMobileOfTheCountryIsRefusedWithoutRepeatingIt(t *testing.T) {
	for _, c := range []struct{ country, typed string }{
		{"AU", ""}, {"AU", "+"}, {"AU", "041234567"}, {"AU", "04123456789"}, {"AU", "0298765432"},
		{"AU", "+64 21 234 567"}, {"AU", "412345678"}, {"AU", "0412 34S 678"}, {"AU", "04+12345678"},
		{"AU", "０４１２３４５６７８"}, {"AU", "0412345678\n0412345679"},
		{"NZ", "0412345678"}, {"NZ", "02123456"}, {"NZ", "02012345678"}, {"NZ", "021234567890"}, {"NZ", "+61 412 345 678"},
		{"GB", "07700900123"},
	} {
		got, err := NationalMobile(c.country, c.typed)
		if got != "" || providers.KindOf(err) != providers.Input {
			t.Errorf("%s %q: %q, %v", c.country, c.typed, got, err)
			continue
		}
		if len(c.typed) > 4 && strings.Contains(err.Error()+providers.HintOf(err), c.typed) {
			t.Errorf("%q is repeated in the error", c.typed)
		}
	}
}

func TestAnElevenDigitNewZealandNumberIsExplainedAndNeverCut(t *testing.T) {
	_, err := NationalMobile("NZ", "+64 20 1234 5678")
	if err == nil || !strings.Contains(err.Error(), "11 digits") {
		t.Errorf("got %v", err)
	}
}

// The reference knows each carrier's ranges; our rule is the provider's and
// wider. So: whatever the reference calls a mobile of the country must come out
// as its national digits (or as the explained 11), and what we accept must at
// least be a possible number of that country.
func TestTheMobileRulesAgreeWithTheReferenceWhereBothSpeak(t *testing.T) {
	known := map[string]int{}
	compare := func(t reporter, country, typed string) {
		got, err := NationalMobile(country, typed)
		number, parseErr := phonenumbers.Parse(typed, country)
		if parseErr != nil {
			return
		}
		kind := phonenumbers.GetNumberType(number)
		mobile := phonenumbers.IsValidNumberForRegion(number, country) && kind == phonenumbers.MOBILE
		national := "0" + phonenumbers.GetNationalSignificantNumber(number)
		switch {
		case mobile && len(national) == 11:
			if err == nil || !strings.Contains(err.Error(), "11 digits") {
				t.Fatalf("%s %q has 11 digits: %q, %v", country, typed, got, err)
			}
		case mobile:
			known[country]++
			if got != national {
				t.Fatalf("%s %q: %q, the reference says %q (%v)", country, typed, got, national, err)
			}
		case err == nil && !phonenumbers.IsPossibleNumber(number):
			t.Fatalf("%s %q: we say %q, the reference says impossible", country, typed, got)
		}
	}
	compare(t, "AU", "0412 345 678") // so that there is at least one of each
	compare(t, "NZ", "021 234 567")
	rapid.Check(t, func(t *rapid.T) {
		country := rapid.SampledFrom([]string{"AU", "NZ"}).Draw(t, "country")
		start := rapid.SampledFrom([]string{"04", "02", "05", "+614", "+642", "614", "642", "+61 (0)4", "+61", "0"}).Draw(t, "start")
		typed := start + rapid.StringMatching(`[0-9]{6,10}`).Draw(t, "rest")
		if cut := rapid.IntRange(len(start), len(typed)).Draw(t, "cut"); rapid.Bool().Draw(t, "spaced") {
			typed = typed[:cut] + " " + typed[cut:]
		}
		compare(t, country, typed)
	})
	if known["AU"] == 0 || known["NZ"] == 0 {
		t.Errorf("too few mobiles were generated to compare: %v", known)
	}
}

// reporter is what a test and a property have in common.
type reporter interface {
	Fatalf(format string, args ...any)
}
