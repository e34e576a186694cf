package journal

import (
	"bytes"
	"context"
	"strings"
	"testing"

	"cashdesk/providers"
)

func TestTheEventsHoldNoPersonalData(t *testing.T) {
	j := fresh(t)
	a := sale(1)
	a.Personal.Message = "from the customer"
	record(t, j, a)
	approve(t, j, a.ID, "PN-1")
	add(t, j, providers.Event{Type: providers.EventNoted, By: "anna", Message: "called 0412 345 678"})
	rows, err := j.read.Query("SELECT type || attempt || payload || digest || mac FROM events")
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	n := 0
	for rows.Next() {
		var text []byte
		if err := rows.Scan(&text); err != nil {
			t.Fatal(err)
		}
		n++
		for _, private := range []string{"203001", "0412", "345 678", "kim", "example.com", "Kim", "Nguyen", "customer", "called", "signature\":\"abc"} {
			if bytes.Contains(text, []byte(private)) {
				t.Errorf("event %d holds %q: %s", n, private, text)
			}
		}
	}
	if n != 4 {
		t.Errorf("%d events read", n)
	}
}

func TestPersonalDataComesBackWithItsAttemptAndItsEvents(t *testing.T) {
	ctx := context.Background()
	j := fresh(t)
	a := approve(t, j, record(t, j, sale(1)).ID, "PN-1")
	if a.Personal.PreApproval != "6199203001" || a.Personal.Mobile == "" || a.Personal.Email == "" {
		t.Errorf("the attempt has %+v", a.Personal)
	}
	events, err := j.Timeline(ctx, a.ID)
	if err != nil {
		t.Fatal(err)
	}
	if got := events[2].Message; got != "Approved for Kim Nguyen" {
		t.Errorf("the provider's text is %q", got)
	}
	if events[0].Recorded == nil || events[0].Recorded.Personal.Mobile != "0412 345 678" || events[0].Recorded.Amount != a.Amount {
		t.Errorf("what was recorded: %+v", events[0].Recorded)
	}
}

func TestTheSameDataHasAnotherDigestEachTime(t *testing.T) {
	j := fresh(t)
	record(t, j, sale(1))
	record(t, j, sale(2))
	var different int
	if err := j.read.QueryRow("SELECT count(DISTINCT digest) FROM events").Scan(&different); err != nil {
		t.Fatal(err)
	}
	if different != 2 {
		t.Error("who guesses a mobile could find it by its digest")
	}
}

func TestErrorsHoldNoPersonalData(t *testing.T) {
	j := fresh(t)
	record(t, j, sale(1))
	_, err := j.Record(context.Background(), sale(1), request())
	for e := err; e != nil; {
		if strings.Contains(e.Error(), "203001") || strings.Contains(e.Error(), "0412") {
			t.Errorf("the error says %q", e)
		}
		u, ok := e.(interface{ Unwrap() error })
		if !ok {
			break
		}
		e = u.Unwrap()
	}
}
