package journal

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"cashdesk/providers"
)

// childHears makes the test binary a receiver of reports, until its input ends.
const childHears = "JOURNAL_TEST_HEARS"

// hearing writes down that invoices are paid, as the receiver of reports does, and
// says each event's number once it is told that it is on the disk. Whoever was
// faster has told it already.
func hearing(ctx context.Context, j *Journal) error {
	return untilTheEnd(func() error {
		all, err := j.Unfinished(ctx)
		if err != nil {
			return err
		}
		for _, a := range all {
			if a.State != providers.Open {
				continue
			}
			switch after, err := j.AppendOwn(ctx, paid(a)); {
			case err == nil:
				fmt.Println(after.Seq, a.ID)
			case !errors.Is(err, ErrStep):
				return err
			}
		}
		return nil
	})
}

// paid is the news that an invoice is paid.
func paid(a providers.Attempt) providers.Event {
	return providers.Event{
		Type: providers.EventWatched, Attempt: a.ID, To: providers.Approved, Code: "Paid", ProviderRef: a.ProviderRef, Received: a.Amount.Decimal(),
	}
}

// openInvoice is an invoice of the counter's that can be paid.
func openInvoice(t *testing.T, j *Journal, n int) providers.Attempt {
	t.Helper()
	a := sale(n)
	a.Provider, a.Kind = providers.OxaPay, providers.Invoice
	record(t, j, a)
	add(t, j, providers.Event{Type: providers.EventSent, To: providers.Sent, Attempt: a.ID})
	return add(t, j, providers.Event{Type: providers.EventAnswered, To: providers.Open, Attempt: a.ID, ProviderRef: fmt.Sprintf("T-%d", n)})
}

// paidOnce waits until an invoice is paid, and says that it was by one event.
func paidOnce(t *testing.T, j *Journal, id string) {
	t.Helper()
	look := time.NewTicker(10 * time.Millisecond)
	defer look.Stop()
	for {
		events, err := j.Timeline(t.Context(), id)
		if err != nil {
			t.Fatal(err)
		}
		if len(events) == 4 && events[3].To == providers.Approved {
			return
		}
		if len(events) > 3 {
			t.Fatalf("an invoice has %d events: %+v", len(events), events)
		}
		<-look.C
	}
}
