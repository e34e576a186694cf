package cli

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/user"
	"strconv"

	"cashdesk/internal/journal"
	"cashdesk/internal/settings"
	"cashdesk/internal/till"
	"cashdesk/keystore"
	"cashdesk/providers"
)

// changes are what a command did to the keystore, for the journal: what and by
// whom, never a secret.
type changes []providers.Event

// add notes one change that was made.
func (c *changes) add(what providers.EventType, note string) {
	*c = append(*c, providers.Event{Type: what, Note: note, By: atThePrompt()})
}

// atThePrompt is who runs the command: nobody signs in at a prompt, so it is
// the system's user. The colon keeps it apart from every operator's id.
func atThePrompt() string {
	if u, err := user.Current(); err == nil && u.Username != "" {
		return "system:" + u.Username
	}
	return "system:" + strconv.Itoa(os.Getuid())
}

// change opens the keystore of the settings, changes it, and has the journal
// note what was changed, even if a later part failed.
func (p *program) change(ctx context.Context, create bool, do func(*keystore.Store, *changes) error) error {
	s, store, err := p.opened(create)
	if err != nil {
		return err
	}
	return p.changed(ctx, s, store, do)
}

func (p *program) changed(ctx context.Context, s *settings.Settings, store *keystore.Store, do func(*keystore.Store, *changes) error) error {
	var made changes
	failed := do(store, &made)
	if len(made) == 0 {
		return failed
	}
	if err := p.note(ctx, s, store, made); err != nil {
		// The change counts all the same: a stolen key must go at once, with a
		// damaged journal too.
		return errors.Join(failed, &providers.Error{
			Kind: providers.Internal, Err: err,
			Text: fmt.Sprintf("the change is made, but the journal could not note it: %v", err), Hint: providers.HintOf(err),
		})
	}
	return failed
}

// note writes changes into the journal. A shop that has none yet begins its
// own at the first start, which notes the keystore as it is then.
func (p *program) note(ctx context.Context, s *settings.Settings, store *keystore.Store, made changes) error {
	if _, err := os.Stat(s.Paths.Journal); errors.Is(err, os.ErrNotExist) {
		return nil
	}
	j, err := openBeside(ctx, s, store)
	if err != nil {
		return err
	}
	defer j.Close()
	for _, e := range made {
		if _, err := j.Append(ctx, e); err != nil {
			return err
		}
	}
	doubt, err := till.NoteKeystore(ctx, j, store, atThePrompt())
	if doubt != nil {
		fmt.Fprintln(p.err, withHint(doubt))
	}
	return err
}

// openBeside opens the journal beside a running counter.
func openBeside(ctx context.Context, s *settings.Settings, store *keystore.Store) (*journal.Journal, error) {
	return journal.Open(ctx, s.Paths.Journal, journal.Options{Key: store.JournalKey(), Mode: string(s.Mode), Version: Version, Anchor: s.Paths.Anchor})
}
