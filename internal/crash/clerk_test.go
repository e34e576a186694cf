//go:build unix

package crash

import (
	"context"
	"encoding/base64"
	"fmt"
	"os"
	"path/filepath"

	"cashdesk/internal/journal"
	"cashdesk/providers"
)

// The clerk is this program once more, which keeps a journal without a
// counter around it: many events in little time.
const (
	clerkFolder = "CASHDESK_CRASH_CLERK"
	clerkKey    = "CASHDESK_CRASH_KEY"
)

// clerkSales are enough for SQLite to move its log into the file and begin it
// anew, twice.
const clerkSales = 120

// clerk keeps a journal of some sales in dir.
func clerk(dir, key string) error {
	secret, err := base64.StdEncoding.DecodeString(key)
	if err != nil {
		return err
	}
	ctx := context.Background()
	j, err := journal.Open(ctx, filepath.Join(dir, "data", "journal.db"), journal.Options{
		Key: secret, Mode: journal.Test, Counter: true, Version: "clerk", Anchor: filepath.Join(dir, "anchor", "journal.anchor"),
	})
	if err != nil {
		return err
	}
	for n := range clerkSales {
		if err := oneSale(ctx, j, n); err != nil {
			return err
		}
	}
	return j.Close()
}

func oneSale(ctx context.Context, j *journal.Journal, n int) error {
	id := fmt.Sprintf("A%04d", n)
	_, err := j.Record(ctx, providers.Attempt{
		ID: id, Sale: "R" + id, Reference: "R" + id, Provider: providers.Oxipay, Kind: providers.Authorise,
		Amount:   providers.Amount{Minor: int64(1000 + n), Currency: providers.Currency{Code: "AUD", Decimals: 2}},
		Operator: "mia", Session: "S1", Counter: "1", Personal: providers.Personal{PreApproval: fmt.Sprintf("619901%04d", n)},
	}, journal.Body{Call: "ProcessAuthorisation", Record: []byte("{}"), Hash: fmt.Sprintf("%064d", n)})
	if err != nil {
		return err
	}
	for _, e := range []providers.Event{
		{Type: providers.EventSent, To: providers.Sent, Attempt: id},
		{Type: providers.EventAnswered, To: providers.Approved, Attempt: id, Code: "SPRA01", ProviderRef: fmt.Sprint(1000 + n)},
	} {
		if _, err := j.Append(ctx, e); err != nil {
			return err
		}
	}
	return nil
}

// byClerk has a story written by the clerk.
func byClerk(ctx context.Context) (*written, error) {
	s, err := newShop(newDice(1))
	if err != nil {
		return nil, err
	}
	w := &written{shop: s}
	by, err := tracer()
	if err != nil {
		return w, err
	}
	log := s.path("ops.json")
	p := plan{Calls: everything, Under: s.dir, Not: "-shm", Log: log, Data: true}
	if said, err := commandWith([]string{
		clerkFolder + "=" + s.dir, clerkKey + "=" + base64.StdEncoding.EncodeToString(s.key),
	}, by, p.String(), os.Args[0]); err != nil {
		return w, fmt.Errorf("%w: %s", err, said)
	}
	if w.ops, err = logged(log); err == nil {
		err = w.weigh(ctx, 3*clerkSales)
	}
	return w, err
}
