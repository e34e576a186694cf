package callbacks

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"

	"cashdesk/providers"
)

// maxBody is the largest report that is read, in bytes; a true one has some
// hundred.
const maxBody = 64 << 10

// read reads a report whole, or says with which status it is turned away.
func read(w http.ResponseWriter, req *http.Request) ([]byte, int) {
	body, err := io.ReadAll(http.MaxBytesReader(w, req.Body, maxBody))
	var large *http.MaxBytesError
	switch {
	case errors.As(err, &large):
		return nil, http.StatusRequestEntityTooLarge
	case err != nil:
		return nil, http.StatusBadRequest
	}
	return body, http.StatusOK
}

// hear takes one report, and says with which status it is answered.
func (r *Receiver) hear(ctx context.Context, d *door, header http.Header, body []byte) int {
	r.config.Fresh()
	notice, err := d.provided.Notice(header, body)
	switch {
	case err != nil && providers.KindOf(err) == providers.Credentials:
		// There is no key to check it with. It may be true, so it must come again.
		return r.fails(d, "a report cannot be checked", err)
	case err != nil:
		r.quiet.say(slog.LevelWarn, d.provider, "a report is thrown away", readable(err))
		return http.StatusForbidden
	}
	a, found, err := r.config.Till.Named(ctx, d.provider, notice)
	switch {
	case err != nil:
		return r.fails(d, "the invoice of a report could not be looked up", err)
	case !found:
		return http.StatusOK
	case tells(notice, a):
		return r.proven(ctx, d, notice)
	}
	return r.hint(d, notice, a)
}

// tells says that a report says itself how an invoice stands. One that is proven and
// does not fit the invoice (another price, say) is a hint like any other.
func tells(n providers.Notice, a providers.Attempt) bool {
	return n.Proven && n.Judge(providers.Watch{Reference: a.Reference, ProviderRef: a.ProviderRef, Amount: a.Amount}).State != providers.Unknown
}

// proven has the till write down what a report says whose signature verifies.
func (r *Receiver) proven(ctx context.Context, d *door, n providers.Notice) int {
	if err := r.config.Till.Notified(ctx, d.provider, n); err != nil {
		return r.fails(d, "a report could not be written down", err)
	}
	return http.StatusOK
}

// Why the provider is not asked now.
var (
	errEarly = errors.New("the answer to the creation of its invoice has not come yet")
	errFull  = errors.New("too many invoices are being asked about")
)

// hint has the provider asked about an invoice of this shop that can still be
// paid. Everybody gets the same answer, and before anything is asked: neither it nor how
// long it takes tells a stranger which invoices there are.
func (r *Receiver) hint(d *door, n providers.Notice, a providers.Attempt) int {
	if !a.State.MoneyMayMove() {
		return http.StatusOK
	}
	if !r.asker.hint(a.ID, func(ctx context.Context) error { return r.ask(ctx, d, n) }) {
		return r.fails(d, "a report was not followed", errFull)
	}
	return http.StatusOK
}

// ask has the till ask about the invoice of a hint, unless it has learnt meanwhile
// what became of it.
func (r *Receiver) ask(ctx context.Context, d *door, n providers.Notice) error {
	a, _, err := r.config.Till.Named(ctx, d.provider, n)
	switch {
	case err == nil && a.State == providers.Sent:
		err = errEarly
	case err == nil && a.State.MoneyMayMove():
		err = r.config.Till.Notified(ctx, d.provider, n)
	}
	if err != nil && ctx.Err() == nil {
		r.quiet.say(slog.LevelWarn, d.provider, "a report could not be followed", err)
	}
	return err
}

// fails notes an error of ours; the provider is to report again.
func (r *Receiver) fails(d *door, what string, err error) int {
	r.quiet.say(slog.LevelError, d.provider, what, err)
	return http.StatusServiceUnavailable
}

// readable is an error as the log may have it: only a *providers.Error promises
// that nothing of the report is in it.
func readable(err error) error {
	var known *providers.Error
	if errors.As(err, &known) {
		return known
	}
	return errors.New("it cannot be read")
}
