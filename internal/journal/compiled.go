package journal

import (
	"context"
	"database/sql"
	"sync"
)

// compiled is a database that keeps its statements compiled. To compile one
// takes SQLite longer than to carry it out: it was a third of the time of every
// event. Only texts that never change belong here, they are kept until the
// database is closed.
type compiled struct {
	db *sql.DB

	mu     sync.Mutex
	texts  map[string]*sql.Stmt
	wanted []string // came in a transaction, where nothing can be compiled for later
}

func newCompiled(db *sql.DB) *compiled {
	return &compiled{db: db, texts: map[string]*sql.Stmt{}}
}

// QueryContext is that of the database.
func (c *compiled) QueryContext(ctx context.Context, text string, args ...any) (*sql.Rows, error) {
	s, err := c.compile(ctx, text)
	if err != nil {
		return nil, err
	}
	return s.QueryContext(ctx, args...)
}

// QueryRowContext is that of the database.
func (c *compiled) QueryRowContext(ctx context.Context, text string, args ...any) *sql.Row {
	s, err := c.compile(ctx, text)
	if err != nil {
		return c.db.QueryRowContext(ctx, text, args...) // the row has the error
	}
	return s.QueryRowContext(ctx, args...)
}

// kept gives the statement of a text, or nil.
func (c *compiled) kept(text string) *sql.Stmt {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.texts[text]
}

// compile gives the statement of a text. Two at once may both make it: the
// first one is kept.
func (c *compiled) compile(ctx context.Context, text string) (*sql.Stmt, error) {
	if s := c.kept(text); s != nil {
		return s, nil
	}
	made, err := c.db.PrepareContext(ctx, text)
	if err != nil {
		return nil, err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if s := c.texts[text]; s != nil {
		return s, made.Close()
	}
	c.texts[text] = made
	return made, nil
}

// begin starts a transaction, with the statements compiled that the ones before
// it came to use.
func (c *compiled) begin(ctx context.Context) (*transaction, error) {
	c.mu.Lock()
	wanted := c.wanted
	c.wanted = nil
	c.mu.Unlock()
	for _, text := range wanted {
		if _, err := c.compile(ctx, text); err != nil {
			return nil, err
		}
	}
	tx, err := c.db.BeginTx(ctx, nil)
	return &transaction{Tx: tx, c: c}, err
}

// writer is a transaction, or one that knows the compiled statements.
type writer interface {
	querier
	ExecContext(ctx context.Context, text string, args ...any) (sql.Result, error)
}

// transaction is a transaction that knows the compiled statements.
type transaction struct {
	*sql.Tx
	c *compiled
}

// ExecContext is that of the transaction.
func (t *transaction) ExecContext(ctx context.Context, text string, args ...any) (sql.Result, error) {
	if s := t.statement(ctx, text); s != nil {
		return s.ExecContext(ctx, args...)
	}
	return t.Tx.ExecContext(ctx, text, args...)
}

// QueryRowContext is that of the transaction.
func (t *transaction) QueryRowContext(ctx context.Context, text string, args ...any) *sql.Row {
	if s := t.statement(ctx, text); s != nil {
		return s.QueryRowContext(ctx, args...)
	}
	return t.Tx.QueryRowContext(ctx, text, args...)
}

// statement gives the statement of a text, or nil: it is compiled before the
// next transaction then.
func (t *transaction) statement(ctx context.Context, text string) *sql.Stmt {
	if s := t.c.kept(text); s != nil {
		return t.StmtContext(ctx, s)
	}
	t.c.mu.Lock()
	defer t.c.mu.Unlock()
	t.c.wanted = append(t.c.wanted, text)
	return nil
}
