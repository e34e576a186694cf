package journal

import (
	"context"
	"errors"
	"time"

	"cashdesk/providers"
)

var errSkeleton = errors.New("journal: being built")

type anchor struct{}

// Report is what Verify found.
type Report struct {
	Events   int64   // events checked
	Attempts int64   // attempts rebuilt and compared
	First    int64   // sequence number of the first bad event, 0 if none
	Anchored int64   // sequence number in the anchor file, 0 if there is none
	Faults   []Fault // the first hundred, the first bad event first
}

// Fault is one thing that is wrong with a journal.
type Fault struct {
	Seq     int64  // the event, 0 if it is not one event
	Attempt string // the attempt, may be empty
	Text    string // one sentence without a full stop
}

// OK says that nothing is wrong.
func (r Report) OK() bool { return len(r.Faults) == 0 }

func Open(ctx context.Context, path string, o Options) (*Journal, error) { return nil, errSkeleton }
func (j *Journal) Close() error                                          { return errSkeleton }
func (j *Journal) Record(ctx context.Context, a providers.Attempt, body Body) (providers.Attempt, error) {
	return a, errSkeleton
}
func (j *Journal) Append(ctx context.Context, e providers.Event) (providers.Attempt, error) {
	return providers.Attempt{}, errSkeleton
}
func (j *Journal) Attempt(ctx context.Context, id string) (providers.Attempt, error) {
	return providers.Attempt{}, errSkeleton
}
func (j *Journal) BySale(ctx context.Context, sale string) ([]providers.Attempt, error) {
	return nil, errSkeleton
}
func (j *Journal) ByReference(ctx context.Context, reference string) (providers.Attempt, error) {
	return providers.Attempt{}, errSkeleton
}
func (j *Journal) ByCode(ctx context.Context, code string) ([]providers.Attempt, error) {
	return nil, errSkeleton
}
func (j *Journal) ByProviderRef(ctx context.Context, p providers.Provider, ref string) ([]providers.Attempt, error) {
	return nil, errSkeleton
}
func (j *Journal) Unfinished(ctx context.Context) ([]providers.Attempt, error) {
	return nil, errSkeleton
}
func (j *Journal) Body(ctx context.Context, id string) (Body, error) { return Body{}, errSkeleton }
func (j *Journal) Timeline(ctx context.Context, id string) ([]providers.Event, error) {
	return nil, errSkeleton
}
func (j *Journal) Page(ctx context.Context, q Query) (Page, error)      { return Page{}, errSkeleton }
func (j *Journal) Totals(ctx context.Context, q Query) ([]Total, error) { return nil, errSkeleton }
func (j *Journal) Changed(ctx context.Context) (bool, error)            { return false, errSkeleton }
func (j *Journal) CounterEvents(ctx context.Context, types []providers.EventType, by string, since time.Time) ([]providers.Event, error) {
	return nil, errSkeleton
}
func (j *Journal) Verify(ctx context.Context) (Report, error) { return Report{}, errSkeleton }
