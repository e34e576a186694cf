package callbacks

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"time"
)

// The times and sizes within which a report has to come, and its answer to go.
const (
	headerTime = 5 * time.Second
	readTime   = 10 * time.Second
	writeTime  = readTime + patience + 5*time.Second
	idleTime   = time.Minute
	maxHeader  = 16 << 10
	// endTime is how long the end waits for answers that are on their way.
	endTime = patience + 5*time.Second
)

// Serve answers on a listener until the context ends; then the answers that are
// on their way are finished, and the receiver is closed.
func (r *Receiver) Serve(ctx context.Context, l net.Listener) error {
	server := &http.Server{
		Handler: r, ReadHeaderTimeout: headerTime, ReadTimeout: readTime, WriteTimeout: writeTime, IdleTimeout: idleTime,
		MaxHeaderBytes: maxHeader, ErrorLog: slog.NewLogLogger(r.config.Log.Handler(), slog.LevelWarn),
	}
	ended := make(chan error, 1)
	stop := context.AfterFunc(ctx, func() {
		within, cancel := context.WithTimeout(context.Background(), endTime)
		defer cancel()
		err := server.Shutdown(within)
		if err != nil {
			err = errors.Join(err, server.Close())
		}
		ended <- err
	})
	err := server.Serve(limited(l))
	if !stop() { // it was told to end, and Serve does not wait for the last answers
		err = <-ended
	}
	r.Close()
	return err
}
