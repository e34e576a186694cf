package journal

import (
	"context"
	"database/sql"
	"sync"
)

// compiled is a database that keeps its statements compiled. To compile one
// takes SQLite longer than to carry it out: it was a third of the time of every
// event. Only texts that never change belong here, they are kept until the
// database is closed. A text that came once only is not worth the keeping.
type compiled struct {
	db *sql.DB

	mu     sync.Mutex
	texts  map[string]*sql.Stmt // nil: it came once
	wanted []string             // came in a transaction, where nothing can be compiled for later
}

func newCompiled(db *sql.DB) *compiled {
	return &compiled{db: db, texts: map[string]*sql.Stmt{}}
}

// QueryContext is that of the database.
func (c *compiled) QueryContext(ctx context.Context, text string, args ...any) (*sql.Rows, error) {
	if s := c.again(ctx, text); s != nil {
		return s.QueryContext(ctx, args...)
	}
	return c.db.QueryContext(ctx, text, args...)
}

// QueryRowContext is that of the database.
func (c *compiled) QueryRowContext(ctx context.Context, text string, args ...any) *sql.Row {
	if s := c.again(ctx, text); s != nil {
		return s.QueryRowContext(ctx, args...)
	}
	return c.db.QueryRowContext(ctx, text, args...)
}

// again gives the statement of a text that came before, or nil: then the text
// is to be used, and an error of its own is told with it.
func (c *compiled) again(ctx context.Context, text string) *sql.Stmt {
	s, before := c.kept(text)
	if s == nil && before {
		s = c.compile(ctx, text)
	}
	return s
}

// kept gives the statement of a text, if there is one, and says whether the
// text came before.
func (c *compiled) kept(text string) (s *sql.Stmt, before bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	s, before = c.texts[text]
	if !before {
		c.texts[text] = nil
	}
	return s, before
}

// compile compiles a text. Two at once may both do it: the first one is kept.
func (c *compiled) compile(ctx context.Context, text string) *sql.Stmt {
	made, err := c.db.PrepareContext(ctx, text)
	if err != nil {
		return nil
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if s := c.texts[text]; s != nil {
		_ = made.Close()
		return s
	}
	c.texts[text] = made
	return made
}

// begin starts a transaction with the statements compiled that the ones before
// it came to use.
func (c *compiled) begin(ctx context.Context) (*transaction, error) {
	c.mu.Lock()
	wanted := c.wanted
	c.wanted = nil
	c.mu.Unlock()
	for _, text := range wanted {
		c.compile(ctx, text)
	}
	tx, err := c.db.BeginTx(ctx, nil)
	return &transaction{Tx: tx, c: c}, err
}

// writer is a transaction, or one that knows the compiled statements.
type writer interface {
	rowQuerier
	ExecContext(ctx context.Context, text string, args ...any) (sql.Result, error)
}

// transaction is a transaction that knows the compiled statements.
type transaction struct {
	*sql.Tx
	c *compiled
}

// ExecContext is that of the transaction.
func (t *transaction) ExecContext(ctx context.Context, text string, args ...any) (sql.Result, error) {
	if s := t.again(ctx, text); s != nil {
		return s.ExecContext(ctx, args...)
	}
	return t.Tx.ExecContext(ctx, text, args...)
}

// QueryRowContext is that of the transaction.
func (t *transaction) QueryRowContext(ctx context.Context, text string, args ...any) *sql.Row {
	if s := t.again(ctx, text); s != nil {
		return s.QueryRowContext(ctx, args...)
	}
	return t.Tx.QueryRowContext(ctx, text, args...)
}

func (t *transaction) again(ctx context.Context, text string) *sql.Stmt {
	s, before := t.c.kept(text)
	switch {
	case s != nil:
		return t.StmtContext(ctx, s)
	case before:
		t.c.mu.Lock()
		t.c.wanted = append(t.c.wanted, text)
		t.c.mu.Unlock()
	}
	return nil
}
