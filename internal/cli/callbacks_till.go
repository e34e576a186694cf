package cli

import (
	"context"
	"errors"
	"log/slog"
	"sync"

	"cashdesk/internal/journal"
	"cashdesk/internal/till"
	"cashdesk/keystore"
	"cashdesk/providers"
)

// reports is the till as the receiver sees it.
type reports struct {
	*till.Till
	journal *journal.Journal
}

// Named finds the invoice that a report is about: by both names where it gives both.
func (r reports) Named(ctx context.Context, p providers.Provider, n providers.Notice) (providers.Attempt, bool, error) {
	all, err := r.journal.ByProviderRef(ctx, p, n.ProviderRef)
	if len(all) == 0 && err == nil && n.Reference != "" {
		var a providers.Attempt
		if a, err = r.journal.ByReference(ctx, n.Reference); err == nil {
			all = append(all, a)
		} else if errors.Is(err, journal.ErrNotFound) {
			err = nil
		}
	}
	for _, a := range all {
		if a.Provider == p && a.Kind == providers.Invoice && (n.Reference == "" || n.Reference == a.Reference) {
			return a, true, err
		}
	}
	return providers.Attempt{}, false, err
}

// freshKeys reads the keystore again when another process changed it.
func freshKeys(store *keystore.Store, dir string, log *slog.Logger) func() {
	var mu sync.Mutex
	file := newKeyFile(store, dir)
	return func() {
		mu.Lock()
		defer mu.Unlock()
		if _, err := file.look(); err != nil {
			log.Error("the keystore was changed and could not be read", "error", err)
		}
	}
}

// Notified has the till take a report.
func (r reports) Notified(context.Context, providers.Provider, providers.Notice) error {
	return errors.New("the till takes no reports yet")
}
