package main

import (
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/nyaruka/phonenumbers"
)

func TestTheBlocksInTheClientAreThoseOfTheMetadata(t *testing.T) {
	want, err := source(countries)
	if err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile("../" + target)
	if err != nil {
		t.Fatal(err)
	}
	if strings.ReplaceAll(string(got), "\r\n", "\n") != want {
		t.Error("the client's blocks are stale: go -C .tools run ./mobile")
	}
}

// in says that a number is in one of the sequences.
func in(all []sequence, number string) bool {
	for _, s := range all {
		fits := len(s) == len(number)
		for i := 0; fits && i < len(s); i++ {
			fits = s[i]&(1<<(number[i]-'0')) != 0
		}
		if fits {
			return true
		}
	}
	return false
}

func TestAPatternHoldsTheSameNumbersTakenApart(t *testing.T) {
	for _, pattern := range []string{`4(?:7[01]|8[0-36-9])\d`, `2(?:[0-27-9]\d|6)\d{1,2}`, `50\d(?:\d{1,2})?`, `1\d{0,3}|22`, `(?:12?|3)4`} {
		all, err := sequences(pattern)
		if err != nil {
			t.Fatal(err)
		}
		whole := regexp.MustCompile(`^(?:` + pattern + `)$`)
		for length := 1; length <= 5; length++ {
			for n, most := 0, pow10(length); n < most; n++ {
				if number := fmt.Sprintf("%0*d", length, n); whole.MatchString(number) != in(all, number) {
					t.Fatalf("%s: %s is in one and not in the other", pattern, number)
				}
			}
		}
	}
}

func pow10(n int) int {
	p := 1
	for range n {
		p *= 10
	}
	return p
}

func TestAPatternThatCannotBeTakenApartIsAnError(t *testing.T) {
	for _, pattern := range []string{`4\d*`, `4\d+`, `^4`, `4.`, `(`} {
		if all, err := sequences(pattern); err == nil {
			t.Errorf("%s became %v", pattern, all)
		}
	}
}

func describe(pattern string, lengths ...int32) *phonenumbers.PhoneNumberDesc {
	return &phonenumbers.PhoneNumberDesc{NationalNumberPattern: &pattern, PossibleLength: lengths}
}

func TestANumberOfTwoKindsIsNotWrittenDownAsAMobile(t *testing.T) {
	zero, id := "0", "AU"
	m := &phonenumbers.PhoneMetadata{Id: &id, NationalPrefix: &zero, Mobile: describe(`4[0-9]\d{3}`, 5), Pager: describe(`49\d{3}`, 5)}
	if found, err := mobileBlocks(m); err == nil {
		t.Errorf("a pager is among the mobiles: %v", found)
	}
	m.Pager = describe(`49\d{4}`, 6) // of another length
	if found, err := mobileBlocks(m); err != nil || len(found) != 1 || found[0] != (block{"04", "04", 6}) {
		t.Errorf("%v, %v", found, err)
	}
	if _, err := blocks("QQ"); err == nil {
		t.Error("a country that does not exist has mobiles")
	}
}
