package journal

import (
	"context"
	"database/sql"
	"embed"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"
)

//go:embed migrations/*.sql
var migrations embed.FS

// scripts are the steps from each version of the schema to the next, in order.
func scripts() []string {
	var all []string
	for n := 1; ; n++ {
		script, err := migrations.ReadFile(fmt.Sprintf("migrations/%d.sql", n))
		if err != nil {
			return all
		}
		all = append(all, string(script))
	}
}

const (
	stamp = "20060102-150405" // of a copy, in its name
	// copiesLast is how long a copy is kept; it holds personal data.
	copiesLast = 7 * 24 * time.Hour
)

// keepCopy writes a whole copy of the journal. SQLite fills a file that is
// empty but would make one that everybody can read.
func keepCopy(ctx context.Context, db *sql.DB, to string) error {
	f, err := os.OpenFile(to, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	if err := f.Close(); err != nil {
		return err
	}
	_, err = db.ExecContext(ctx, "VACUUM INTO ?", to)
	return err
}

// forgetCopies removes the copies whose time is over. One that cannot be
// removed is tried again at the next start.
func forgetCopies(path string, now time.Time) {
	entries, err := os.ReadDir(filepath.Dir(path))
	if err != nil {
		return
	}
	for _, e := range entries {
		ours := strings.HasPrefix(e.Name(), filepath.Base(path)+".version-")
		made, err := time.Parse(stamp, e.Name()[max(0, len(e.Name())-len(stamp)):])
		if ours && err == nil && now.Sub(made) > copiesLast {
			_ = os.Remove(filepath.Join(filepath.Dir(path), e.Name()))
		}
	}
}

// migrate brings the schema up to the last of the steps, all in one
// transaction. Of a file that holds something already a copy is kept first.
func migrate(ctx context.Context, db *sql.DB, path string, now time.Time, steps []string) error {
	var version int
	if err := db.QueryRowContext(ctx, "PRAGMA user_version").Scan(&version); err != nil {
		return err
	}
	if version >= len(steps) {
		return nil
	}
	if version > 0 {
		if err := keepCopy(ctx, db, fmt.Sprintf("%s.version-%d-%s", path, version, now.UTC().Format(stamp))); err != nil {
			return err
		}
	}
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer rollback(tx)
	// Another process may have been faster.
	if err := tx.QueryRowContext(ctx, "PRAGMA user_version").Scan(&version); err != nil {
		return err
	}
	for ; version < len(steps); version++ {
		if _, err := tx.ExecContext(ctx, steps[version]); err != nil {
			return fmt.Errorf("schema %d: %w", version+1, err)
		}
	}
	// SQLite takes no parameters in a PRAGMA.
	marks := fmt.Sprintf("PRAGMA application_id = %d; PRAGMA user_version = %d", application, version)
	if _, err := tx.ExecContext(ctx, marks); err != nil {
		return err
	}
	return tx.Commit()
}
