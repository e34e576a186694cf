package cli

import (
	"strings"
	"testing"
	"time"
	_ "time/tzdata"

	"cashdesk/internal/settings"
	"cashdesk/internal/till"
)

func TestTheHealthPageSaysThatAnswersCameWithoutOurToken(t *testing.T) {
	told := func(st till.Status) (said string) {
		for _, line := range providerLines(&settings.Settings{}, st) {
			if line.Title == "Echo" {
				said = line.Value
			}
		}
		return said
	}
	if said := told(till.Status{}); said != "" {
		t.Errorf("with every echo it says %q", said)
	}
	if said := told(till.Status{NoEcho: 3}); !strings.HasPrefix(said, "3 of Oxipay's answers") {
		t.Errorf("without three echoes it says %q", said)
	}
}

func TestAZoneSaysHowFarItIsFromUTC(t *testing.T) {
	auckland, err := time.LoadLocation("Pacific/Auckland")
	if err != nil {
		t.Fatal(err)
	}
	if got := zoneText(auckland, noon); got != "Pacific/Auckland (UTC+13:00)" {
		t.Errorf("got %q", got)
	}
	if got := zoneText(time.Local, noon); got == "Local" || got == "" {
		t.Errorf("the machine's own zone is %q", got)
	}
}
