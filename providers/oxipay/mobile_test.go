package oxipay

import (
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"

	"cashdesk/providers"
	"github.com/nyaruka/phonenumbers"
)

func TestMobilesAreConvertedToTheNationalForm(t *testing.T) {
	for _, c := range []struct{ country, typed, want string }{
		{"AU", "0412345678", "0412345678"},
		{"AU", " 0412 345 678 ", "0412345678"},
		{"AU", "0412-345-678", "0412345678"},
		{"AU", "+61 412 345 678", "0412345678"},
		{"AU", "+61 (0)412 345 678", "0412345678"},
		{"AU", "61412345678", "0412345678"},
		{"AU", "0061 412 345 678", "0412345678"},
		{"AU", "0011 61 412 345 678", "0412345678"},
		{"AU", "(0412) 345 678", "0412345678"},
		{"NZ", "021 234 567", "021234567"},
		{"NZ", "+64 21 234 5678", "0212345678"},
		{"NZ", "64-27-1234567", "0271234567"},
		{"NZ", "0064 21 234 567", "021234567"},
		{"NZ", "+64 (0)21 234 5678", "0212345678"},
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
	for _, typed := range []string{"+64 20 1234 5678", "020 1234 5678", "0064 (0)20 1234 5678"} {
		got, err := NationalMobile("NZ", typed)
		if got != "" || err == nil || !strings.Contains(err.Error(), "Oxipay's field takes 10 digits, and this number has 11") {
			t.Errorf("%q: %q, %v", typed, got, err)
		}
	}
}

func TestWhatANumberIsInsteadIsSaid(t *testing.T) {
	for _, c := range []struct{ country, typed, said string }{
		{"AU", "02 9876 5432", "this is a landline, and Oxipay's SMS needs a mobile"},
		{"AU", "+61 3 9876 5432", "this is a landline, and Oxipay's SMS needs a mobile"},
		{"NZ", "09 123 4567", "this is a landline, and Oxipay's SMS needs a mobile"},
		{"NZ", "0064 3 123 4567", "this is a landline, and Oxipay's SMS needs a mobile"},
		{"AU", "6141 2345", "this is not an Australian mobile number"}, // a landline without its area
		{"AU", "000", "this is not an Australian mobile number"},
		{"AU", "13 12 34", "this is not an Australian mobile number"},
		{"AU", "1300 123 456", "this is not an Australian mobile number"},
		{"NZ", "111", "this is not a New Zealand mobile number"},
		{"NZ", "0800 123 456", "this is not a New Zealand mobile number"},
		{"AU", "0412 345 67", "an Australian mobile has 10 digits, not 9"},
		{"NZ", "021 234 56", "a New Zealand mobile has 9 or 10 digits, not 8"},
		{"AU", "0445 123 456", "no mobile number of this country begins with these digits"},
		{"NZ", "023 123 4567", "no mobile number of this country begins with these digits"},
		{"AU", "+64 21 234 567", "this number is from another country"},
		{"NZ", "+61 412 345 678", "this number is from another country"},
		{"AU", "0044 7700 900123", "this number is from another country"},
		{"NZ", "+1 202 555 0123", "this number is from another country"},
		{"AU", "+", "there is no mobile number yet"},
	} {
		got, err := NationalMobile(c.country, c.typed)
		if got != "" || err == nil || err.Error() != c.said || providers.HintOf(err) == "" {
			t.Errorf("%s %q: %q, %v", c.country, c.typed, got, err)
		}
		if len(c.said) > 60 {
			t.Errorf("%q does not fit beneath its field on 80 columns", c.said)
		}
	}
}

// ways are how people write a number: how it dials from abroad, and at home.
var ways = []string{"+%[1]s%[2]s", "0%[2]s", "00%[1]s%[2]s", "%[1]s%[2]s", "+%[1]s (0)%[2]s", "0011 %[1]s %[2]s", "(0)%[2]s"}

// Every beginning of four digits, at every length, each in one of the ways: the
// client takes what the reference calls a mobile of the country, in the national
// form, and nothing else. No block's edge lies behind the fourth digit.
func TestTheClientTakesWhatTheReferenceCallsAMobileAndNothingElse(t *testing.T) {
	digits := rand.New(rand.NewPCG(61, 64))
	for country, calling := range map[string]string{Australia: "61", NewZealand: "64"} {
		compared, taken, long := 0, 0, 0
		for head := 1000; head <= 9999; head++ {
			for length := 7; length <= 11; length++ {
				number := fmt.Sprint(head)
				for len(number) < length {
					number += fmt.Sprint(digits.IntN(10))
				}
				typed := fmt.Sprintf(ways[compared%len(ways)], calling, number)
				compared++
				switch mobile := isMobile(t, country, calling, number); {
				case mobile && len(number) > 9:
					long++
					notTaken(t, country, typed, "Oxipay's field takes 10 digits")
				case mobile:
					taken++
					if got, err := NationalMobile(country, typed); got != "0"+number || err != nil {
						t.Fatalf("%s %q is a mobile, and the client says %q, %v", country, typed, got, err)
					}
				default:
					notTaken(t, country, typed, "")
				}
			}
		}
		if compared != 45_000 || taken < 600 || (long == 0) != (country == Australia) {
			t.Errorf("%s: %d compared, %d taken, %d too long", country, compared, taken, long)
		}
	}
}

// isMobile asks the reference, which takes a number as its two parts: reading
// 90,000 texts would take the better part of a minute under the race detector.
func isMobile(t *testing.T, country, calling, number string) bool {
	t.Helper()
	code, err := strconv.ParseInt(calling, 10, 32)
	if err != nil {
		t.Fatal(err)
	}
	national, err := strconv.ParseUint(number, 10, 64)
	if err != nil {
		t.Fatal(err)
	}
	known := &phonenumbers.PhoneNumber{CountryCode: new(int32(code)), NationalNumber: &national}
	kind := phonenumbers.GetNumberType(known)
	return phonenumbers.IsValidNumberForRegion(known, country) && (kind == phonenumbers.MOBILE || kind == phonenumbers.FIXED_LINE_OR_MOBILE)
}

func notTaken(t *testing.T, country, typed, why string) {
	t.Helper()
	got, err := NationalMobile(country, typed)
	if got != "" || providers.KindOf(err) != providers.Input || err == nil || !strings.Contains(err.Error(), why) {
		t.Fatalf("%s %q is not refused (%s): %q, %v", country, typed, why, got, err)
	}
	if strings.Contains(err.Error()+providers.HintOf(err), typed) {
		t.Fatalf("%s %q is repeated: %v", country, typed, err)
	}
}
