package journal

import (
	"context"
	"database/sql"
	"embed"
	"fmt"
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
		kept := fmt.Sprintf("%s.version-%d-%s", path, version, now.UTC().Format("20060102-150405"))
		if _, err := db.ExecContext(ctx, "VACUUM INTO ?", kept); err != nil {
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
