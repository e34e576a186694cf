package cli

import (
	"context"
	"io/fs"
	"os"
	"path/filepath"

	"cashdesk/internal/till"
	"cashdesk/keystore"
)

// keyFile notices when another process (`cashdesk keys`, `cashdesk staff`)
// changed the keystore, so that the change counts at once.
type keyFile struct {
	store *keystore.Store
	path  string
	seen  fs.FileInfo // nil before the first look, and when there is none
}

// newKeyFile has the first look read the keystore once more: it may have been
// changed while somebody was typing the passphrase.
func newKeyFile(store *keystore.Store, dir string) *keyFile {
	return &keyFile{store: store, path: filepath.Join(dir, keystore.FileName)}
}

// look reads the keystore again if its file is another one than before, and
// says whether it was. The demo's has none.
func (f *keyFile) look() (changed bool, err error) {
	now := f.now()
	if same(now, f.seen) {
		return false, nil
	}
	f.seen = now
	return true, f.store.Reload()
}

func (f *keyFile) now() fs.FileInfo {
	info, err := os.Stat(f.path)
	if err != nil {
		return nil
	}
	return info
}

// same says that a file was not replaced: each change of the keystore makes a
// new one, whatever time somebody gives it afterwards.
func same(a, b fs.FileInfo) bool {
	if a == nil || b == nil {
		return a == nil && b == nil
	}
	return os.SameFile(a, b) && a.ModTime().Equal(b.ModTime()) && a.Size() == b.Size()
}

// lookAtKeys has the till know what became of the keystore. While it is in
// doubt it looks each time: a manager may have accepted it meanwhile.
func (c *counter) lookAtKeys(ctx context.Context, t *till.Till) error {
	doubted := c.news.lastStatus().KeystoreDoubt != nil
	changed, read := c.keys.look()
	if !changed && !doubted {
		return nil
	}
	if !changed {
		read = c.keys.store.Reload()
	}
	err := t.KeystoreRead(ctx, read)
	c.news.refresh()
	return err
}
