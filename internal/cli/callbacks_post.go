package cli

import (
	"context"
	"errors"
	"log/slog"
	"os"
	"sync"

	"cashdesk/internal/callbacks"
	"cashdesk/internal/journal"
	"cashdesk/internal/settings"
	"cashdesk/internal/till"
	"cashdesk/keystore"
)

// post is the receiver with what it works on.
type post struct {
	receiver *callbacks.Receiver
	till     *till.Till
	journal  *journal.Journal
	log      *os.File
}

// openPost opens the journal beside the counter, and a till that begins nothing.
func openPost(ctx context.Context, s *settings.Settings, o opened) (*post, error) {
	config, err := equipment(s, o.store, o.byPassphrase)
	if err != nil {
		return nil, err
	}
	p := &post{}
	if p.journal, err = openBeside(ctx, s, o.store); err != nil {
		return nil, err
	}
	config.Journal = p.journal
	config.Log, p.log = openLog(s)
	p.till = till.New(config)
	if err := p.till.StartBeside(context.WithoutCancel(ctx)); err != nil {
		return nil, errors.Join(err, p.close())
	}
	p.receiver = callbacks.New(callbacks.Config{
		Gateways: config.Gateways, Till: p.till, Log: config.Log,
		Fresh: freshKeys(o.store, s.Paths.Keystore, config.Log),
	})
	return p, nil
}

// close ends the till and gives the journal back.
func (p *post) close() error {
	p.till.Close()
	err := p.journal.Close()
	if p.log != nil {
		_ = p.log.Close()
	}
	return err
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
