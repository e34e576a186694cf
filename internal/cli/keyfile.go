package cli

import (
	"os"
	"path/filepath"
	"time"

	"cashdesk/keystore"
)

// keyFile notices when another process (`cashdesk keys`, `cashdesk staff`)
// changed the keystore, so that the change counts at once.
type keyFile struct {
	store *keystore.Store
	path  string
	seen  time.Time
}

func newKeyFile(store *keystore.Store, dir string) *keyFile {
	f := &keyFile{store: store, path: filepath.Join(dir, keystore.FileName)}
	f.seen = f.changed()
	return f
}

// look reads the keystore again if its file is another one than before. The
// demo's has none.
func (f *keyFile) look() error {
	if at := f.changed(); !at.Equal(f.seen) {
		f.seen = at
		return f.store.Reload()
	}
	return nil
}

func (f *keyFile) changed() time.Time {
	info, err := os.Stat(f.path)
	if err != nil {
		return time.Time{}
	}
	return info.ModTime()
}
