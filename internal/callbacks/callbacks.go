// Package callbacks hears what providers report by themselves: an HTTP handler
// beside the counter. A report whose signature verifies is written down before
// it is answered; on one that anybody could have sent the provider is asked.
// Whoever else knocks learns nothing.
package callbacks

import (
	"context"
	"log/slog"
	"net/http"
	"time"

	"cashdesk/providers"
)

// Till is the part of the till that reports go to.
type Till interface {
	// Named finds the invoice that a report is about; false when it is none of
	// this shop's.
	Named(ctx context.Context, p providers.Provider, n providers.Notice) (a providers.Attempt, found bool, err error)
	// Notified takes a report: what a proven one says is on the disk, as far as
	// it is news, when it returns; on a hint the provider is asked. An error
	// means that it must come again.
	Notified(ctx context.Context, p providers.Provider, n providers.Notice) error
}

// Config is what a receiver needs.
type Config struct {
	// Gateways are the shop's; each that is providers.Notified gets a path.
	Gateways []providers.Gateway
	Till     Till
	// Fresh is called before a report is read: a key may have been changed. Nil
	// where that is of no matter.
	Fresh func()
	Log   *slog.Logger // nil: none
}

// mostAtOnce is how many reports of one provider are heard at a time; more wait
// their turn. Each provider has its own: a flood of what anybody can send keeps no
// signed report waiting.
const mostAtOnce = 16

// Receiver is the handler. It is safe for concurrent use.
type Receiver struct {
	config Config
	doors  map[string]*door // by path
	asker  *asker
	quiet  *quiet
}

// door is where one provider's reports come in.
type door struct {
	provider providers.Provider
	provided providers.Notified
	room     chan struct{} // one for each that is being heard
}

// New makes a receiver; Close ends what it does in the background.
func New(c Config) *Receiver {
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	if c.Fresh == nil {
		c.Fresh = func() {}
	}
	r := &Receiver{config: c, doors: map[string]*door{}, asker: newAsker(), quiet: newQuiet(c.Log)}
	for _, g := range c.Gateways {
		if n, ok := g.(providers.Notified); ok {
			r.doors[Path(g.Provider())] = &door{provider: g.Provider(), provided: n, room: make(chan struct{}, mostAtOnce)}
		}
	}
	return r
}

// Path is where a provider's reports come in: "/oxapay".
func Path(p providers.Provider) string { return "/" + string(p) }

// Providers lists those whose reports are heard, in the screens' order.
func (r *Receiver) Providers() []providers.Provider {
	var list []providers.Provider
	for _, p := range providers.All {
		if r.doors[Path(p)] != nil {
			list = append(list, p)
		}
	}
	return list
}

// Close ends the questions, also those on their way. Nothing is lost: the counter
// asks about every open invoice.
func (r *Receiver) Close() { r.asker.close() }

// patience is how long a report may take to be written down: as long as the
// journal waits for its turn, and a little.
const patience = 25 * time.Second

// ServeHTTP answers one report: 200 and "ok", or a status alone. Everything but a
// POST to a provider's path, written exactly so, is not found.
func (r *Receiver) ServeHTTP(w http.ResponseWriter, req *http.Request) {
	d := r.doors[req.URL.EscapedPath()]
	if d == nil || req.Method != http.MethodPost {
		w.WriteHeader(http.StatusNotFound)
		return
	}
	body, status := read(w, req) // before it takes room: whoever is slow takes nobody's
	if status == http.StatusOK {
		// Whoever reported may hang up: what has come is written down all the same.
		ctx, cancel := context.WithTimeout(context.WithoutCancel(req.Context()), patience)
		defer cancel()
		status = r.inTurn(ctx, d, req.Header, body)
	}
	if status != http.StatusOK {
		w.WriteHeader(status)
		return
	}
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	_, _ = w.Write([]byte("ok")) // OxaPay takes nothing else for an answer
}

// inTurn hears a report when there is room, or says that it must come again.
func (r *Receiver) inTurn(ctx context.Context, d *door, header http.Header, body []byte) int {
	select {
	case d.room <- struct{}{}:
		defer func() { <-d.room }()
		return r.hear(ctx, d, header, body)
	case <-ctx.Done():
		return r.fails(d, "a report waited too long for its turn", ctx.Err())
	}
}
