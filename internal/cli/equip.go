package cli

import (
	"log/slog"
	"os"
	"path/filepath"

	"cashdesk/internal/settings"
	"cashdesk/internal/shelf"
	"cashdesk/internal/till"
	"cashdesk/keystore"
	"cashdesk/providers"
)

// equipment is what the settings and the keystore give a till, with a screen
// and without; the journal and whoever hears its news come from the caller.
// byPassphrase: somebody typed the keystore's passphrase.
func equipment(s *settings.Settings, store *keystore.Store, byPassphrase bool) (till.Config, error) {
	secret := func(name string) string { key, _ := store.Get(name); return key.Reveal() }
	if err := s.CheckKeys(func(name string) (string, bool) { return secret(name), store.Has(name) }); err != nil {
		return till.Config{}, err
	}
	all, err := gateways(s, secret)
	if err != nil {
		return till.Config{}, err
	}
	var staff till.Staff = store
	if byPassphrase && !s.Staff.StaffKnowPassphrase {
		staff = managersOnly{all: staff}
	}
	if len(staff.Staff()) == 0 {
		return till.Config{}, &providers.Error{Kind: providers.Credentials, Text: "nobody can sign in yet", Hint: "`cashdesk staff add mia --name Mia --role manager` adds the first manager"}
	}
	return till.Config{
		Gateways: all, Unavailable: unavailable(s, store), Staff: staff, Vault: store, Keystore: store, Currencies: currencies(s),
		KeyMark: keyMarks(store.JournalKey(), secret),
		Counter: s.Shop.Counter, Version: Version, Test: s.Test(),
		ResendWindow: s.Oxipay.ResendWindow, PINLock: s.Staff.PINLock,
		ReceiptNumbers: s.Oxipay.ReceiptNumbers, Shelf: shelf.Folder(s.Paths.Journal + ".kept"),
	}, nil
}

// openLog opens the log beside the journal. Without it everything works on.
func openLog(s *settings.Settings) (*slog.Logger, *os.File) {
	path := filepath.Join(filepath.Dir(s.Paths.Journal), "cashdesk.log")
	file, err := os.OpenFile(path, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return slog.New(slog.DiscardHandler), nil
	}
	return slog.New(slog.NewTextHandler(file, nil)), file
}
