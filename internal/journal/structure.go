package journal

import (
	"context"
	"crypto/hmac"
	"database/sql"
	"sync"
)

// facts compares what the file says of itself with what it was opened as.
func (v *verifier) facts(ctx context.Context) error {
	var n int
	var id, mode, kept []byte
	err := v.tx.QueryRowContext(ctx, `SELECT (SELECT count(*) FROM facts),
		(SELECT value FROM facts WHERE name = 'id'),
		(SELECT value FROM facts WHERE name = 'mode'),
		(SELECT value FROM facts WHERE name = 'check')`).Scan(&n, &id, &mode, &kept)
	if err != nil {
		return err
	}
	j := v.j
	if n != 3 || string(id) != j.id || string(mode) != j.opt.Mode || !hmac.Equal(kept, check(j.opt.Key, j.id, j.opt.Mode)) {
		v.add(0, "", "what the file says of its own mode and key was changed")
	}
	return nil
}

// structure lets SQLite check its pages, indexes and types.
func (v *verifier) structure(ctx context.Context) error {
	var first string
	if err := v.tx.QueryRowContext(ctx, "PRAGMA integrity_check(1)").Scan(&first); err != nil {
		return err
	}
	if first != "ok" {
		v.add(0, "", "the file's structure is damaged")
	}
	return v.schema(ctx)
}

// schema compares the tables, indexes and triggers with those of a new file:
// without its triggers the journal would let itself be changed.
func (v *verifier) schema(ctx context.Context) error {
	want, err := madeSchema()
	if err != nil {
		return err
	}
	var got string
	if err := v.tx.QueryRowContext(ctx, wholeSchema).Scan(&got); err != nil {
		return err
	}
	if got != want {
		v.add(0, "", "the file's tables or triggers are not those that cashdesk made")
	}
	var version, mark int
	if err := v.tx.QueryRowContext(ctx, "PRAGMA user_version").Scan(&version); err != nil {
		return err
	}
	if err := v.tx.QueryRowContext(ctx, "PRAGMA application_id").Scan(&mark); err != nil {
		return err
	}
	if version != len(scripts()) || mark != application {
		v.add(0, "", "the file's version was changed")
	}
	return nil
}

const wholeSchema = "SELECT group_concat(type || ' ' || name || ' ' || coalesce(sql, ''), char(10) ORDER BY name) FROM sqlite_schema"

// madeSchema is the schema of a new file, made once in memory.
var madeSchema = sync.OnceValues(func() (text string, err error) {
	fresh, err := sql.Open("sqlite", ":memory:")
	if err != nil {
		return "", err
	}
	defer fresh.Close()
	fresh.SetMaxOpenConns(1)
	for _, script := range scripts() {
		if _, err := fresh.Exec(script); err != nil {
			return "", err
		}
	}
	err = fresh.QueryRow(wholeSchema).Scan(&text)
	return text, err
})
