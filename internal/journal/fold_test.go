package journal

import (
	"context"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"pgregory.net/rapid"

	"cashdesk/providers"
)

// anyEvent is some event that may follow on an attempt.
func anyEvent(t *rapid.T, a providers.Attempt) providers.Event {
	e := providers.Event{Type: providers.EventNoted, To: a.State}
	var steps []providers.Step
	for _, s := range providers.Life {
		if s.From == a.State && fitting(a, s) {
			steps = append(steps, s)
		}
	}
	if len(steps) > 0 && rapid.IntRange(0, 9).Draw(t, "step") > 0 {
		s := rapid.SampledFrom(steps).Draw(t, "which")
		e.Type, e.To = s.By, s.To
	}
	text := rapid.SampledFrom([]string{"", "", "x", "Ä&<>\"'\n", "6199203001"})
	year := rapid.SampledFrom([]int{1, 1900, 1970, 2026, 2262, 9999, 12000})
	e.Attempt = a.ID
	e.By, e.Note, e.Code = text.Draw(t, "by"), text.Draw(t, "note"), text.Draw(t, "code")
	e.ProviderRef, e.Link, e.Message = text.Draw(t, "ref"), text.Draw(t, "link"), text.Draw(t, "message")
	e.Received, e.Shortfall = text.Draw(t, "received"), text.Draw(t, "shortfall")
	e.CommissionMin, e.CommissionMax = text.Draw(t, "min"), text.Draw(t, "max")
	e.Reason = rapid.SampledFrom(append(providers.Reasons(), "")).Draw(t, "reason")
	e.Confirming, e.KeySuspected = rapid.Bool().Draw(t, "confirming"), rapid.Bool().Draw(t, "key")
	e.NoEcho, e.Double = rapid.Bool().Draw(t, "echo"), rapid.Bool().Draw(t, "double")
	e.Says = rapid.SampledFrom(append(providers.States, "")).Draw(t, "says")
	switch e.Type {
	case providers.EventReceipt:
		e.Receipt = fmt.Sprint("R", a.Seq) // no other payment has it
	case providers.EventReceiptStored, providers.EventReceiptRefused:
		e.Receipt = a.Receipt
	}
	e.Took = time.Duration(rapid.Int64().Draw(t, "took"))
	e.HTTPStatus = rapid.IntRange(0, 999).Draw(t, "status")
	e.ExpiresAt = time.Date(year.Draw(t, "year"), 1, 1, 1, 0, 0, 7, time.FixedZone("", 3600))
	return e
}

// fitting says that a step is for this attempt, and not only for its state.
func fitting(a providers.Attempt, s providers.Step) bool {
	if s.By == providers.EventReceipt && a.Receipt != "" && a.ReceiptCode == "" {
		return false // the provider may have that number by now
	}
	_, err := providers.Apply(a, providers.Event{Type: s.By, To: s.To, Receipt: a.Receipt})
	return s.From != "" && err == nil
}

func TestARowIsItsEventsFolded(t *testing.T) {
	ctx := context.Background()
	path := filepath.Join(t.TempDir(), "journal.db")
	j := open(t, path, options())
	now := map[string]providers.Attempt{}
	rapid.Check(t, func(t *rapid.T) {
		var all []string
		for range rapid.IntRange(1, 15).Draw(t, "events") {
			var id string
			var err error
			if len(all) == 0 || rapid.IntRange(0, 5).Draw(t, "new") == 0 {
				a := sale(len(now))
				a.FinanceMinor = rapid.Int64Range(0, providers.MaxMinor).Draw(t, "finance")
				a.Personal.Mobile = rapid.SampledFrom([]string{"", "0412"}).Draw(t, "mobile")
				id = a.ID
				all = append(all, id)
				now[id], err = j.Record(ctx, a, request())
			} else {
				id = rapid.SampledFrom(all).Draw(t, "attempt")
				now[id], err = j.Append(ctx, anyEvent(t, now[id]))
			}
			if err != nil {
				t.Fatal(err)
			}
		}
		for _, id := range all {
			compareFolds(t, j, now[id])
		}
	})
	j.Close()
	again := open(t, path, options())
	for _, a := range now {
		compareFolds(t, again, a)
	}
	if r := mustVerify(t, again); !r.OK() || r.Attempts != int64(len(now)) {
		t.Fatalf("verify: %+v", r)
	}
}

// compareFolds holds what Append answered against the row and against the
// events folded here.
func compareFolds(t interface{ Fatalf(string, ...any) }, j *Journal, want providers.Attempt) {
	ctx := context.Background()
	row, err := j.Attempt(ctx, want.ID)
	if err != nil || row != want {
		t.Fatalf("the row is\n%+v, %v; Append said\n%+v", row, err, want)
	}
	events, err := j.Timeline(ctx, want.ID)
	var fold providers.Attempt
	for _, e := range events {
		if err == nil {
			fold, err = providers.Apply(fold, e)
		}
	}
	if err != nil || fold != row {
		t.Fatalf("the row is\n%+v; its events fold to\n%+v, %v", row, fold, err)
	}
}
