package cli

import (
	"testing"
	"time"
	_ "time/tzdata"
)

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
