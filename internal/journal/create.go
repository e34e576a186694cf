package journal

import (
	"context"
	"crypto/rand"
	"database/sql"
	"encoding/hex"
	"errors"
	"os"
	"path/filepath"
)

// create makes an empty journal beside path and then gives it its name, so
// that a file of that name is always a whole journal.
func create(ctx context.Context, path string, o Options) error {
	f, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".new-*") // 0600
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	if err := f.Close(); err != nil {
		return err
	}
	if err := fill(ctx, f.Name(), o); err != nil {
		return err
	}
	// A link refuses to replace a file, if another process was faster.
	if err := os.Link(f.Name(), path); errors.Is(err, os.ErrExist) {
		return nil
	} else if err != nil {
		if err := os.Rename(f.Name(), path); err != nil {
			return err
		}
	}
	return syncFolder(filepath.Dir(path))
}

// fill writes the schema and the facts into a new file.
func fill(ctx context.Context, path string, o Options) error {
	db, err := sql.Open("sqlite", dsn(path, "journal_mode(WAL)"))
	if err != nil {
		return err
	}
	defer db.Close()
	db.SetMaxOpenConns(1)
	if err := migrate(ctx, db, path, o.Now(), scripts()); err != nil {
		return err
	}
	id := make([]byte, 16)
	rand.Read(id)
	name := hex.EncodeToString(id)
	_, err = db.ExecContext(ctx, "INSERT INTO facts (name, value) VALUES ('id', ?), ('mode', ?), ('check', ?)",
		[]byte(name), []byte(o.Mode), check(o.Key, name, o.Mode))
	if err != nil {
		return err
	}
	if _, err := db.ExecContext(ctx, "PRAGMA wal_checkpoint(TRUNCATE)"); err != nil {
		return err
	}
	return db.Close()
}

// check is what a journal keeps to know its key and its mode by.
func check(key []byte, id, mode string) []byte {
	return mac(key, "journal", []byte(id), []byte(mode))
}
