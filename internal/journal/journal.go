// Package journal is the durable record of what happened at the counter: one
// SQLite file with append-only events in an HMAC chain, and a row for each
// attempt which is nothing but its events folded. What is not in the journal
// has not been sent.
package journal

import (
	"context"
	"database/sql"
	"sync"
	"time"

	"github.com/gofrs/flock"

	"cashdesk/providers"
)

// The modes of a journal, fixed when it is created.
const (
	Live = "live"
	Test = "test"
)

// Options say how a journal is opened.
type Options struct {
	// Key is the HMAC key of the chain, 32 bytes, from the keystore.
	Key []byte
	// Mode is Live or Test. It is fixed when the journal is created; opening
	// it in the other one is refused with ErrMode.
	Mode string
	// Counter takes the counter's lock; ErrInUse if another process holds it.
	Counter bool
	// Now is the clock; nil is time.Now.
	Now func() time.Time
	// Version is the program's version, written into every event.
	Version string
	// Anchor is the path of the anchor file, in another folder; "" for none.
	Anchor string
}

// Journal is an open journal. Its methods may be called from several
// goroutines; several processes may have the same file open.
type Journal struct {
	path  string
	opt   Options
	id    string  // random, from the file's creation: ties the anchor to it
	write *sql.DB // one connection
	read  *sql.DB // a small pool that cannot write
	lock  *flock.Flock

	written, found *compiled // of write and of read

	mu      sync.Mutex
	version int64 // PRAGMA data_version at the last call of Changed
	claims  map[*flock.Flock]bool
}

// Body is what belongs to an attempt's request, beside its row.
type Body struct {
	Call string // the provider's name of the call
	// Kept are the exact bytes, only for calls which may be sent again. They
	// are personal data.
	Kept []byte
	// Record is the body with each secret replaced by its key's name.
	Record []byte
	// Hash is the hex SHA-256 of what will be sent.
	Hash string
}

// Query chooses attempts. Empty fields choose all.
type Query struct {
	Session, Operator string
	// Text is searched for in references, provider references, codes,
	// operators, amounts, titles of providers, state words and customers'
	// codes and mobiles; its words must all be found.
	Text      string
	Providers []providers.Provider
	States    []providers.State
	// Since and Until bound the time of recording: Since <= t < Until.
	Since, Until time.Time
	Before       string // Page.Next of the page before; "" for the newest
	Limit        int    // rows of a page; 0 for 50, at most 1,000
}

// Page is one page of attempts, newest first.
type Page struct {
	Attempts []providers.Attempt
	// Next is the Query.Before of the page after this one, "" at the end.
	Next string
	// Searched is how many of the newest rows were searched, when the text was
	// too short to search all of them; 0 says that all were.
	Searched int
	// Undone are the refunds of this page that were undone, by id.
	Undone map[string]bool
}

// Total is what the attempts of one state and one currency add up to.
type Total struct {
	// Kind is Refund or UndoRefund for what these add up to, "" for sales.
	Kind  providers.Kind
	State providers.State
	// Apart: refunds of what was never counted as taken.
	Apart    bool
	Currency providers.Currency
	Count    int
	Minor    int64
}

// Takings says whether the total is money taken. Only approved amounts of sales
// are: what was handed over or invited is not confirmed here.
func (t Total) Takings() bool { return t.Kind == "" && t.State == providers.Approved }

// Net is what the total adds to the money that the shop has, in minor units:
// approved refunds take away, and undone ones are there again. Refunds of money
// that is not confirmed here take nothing away from what is.
func (t Total) Net() int64 {
	switch {
	case t.State != providers.Approved, t.Apart:
		return 0
	case t.Kind == providers.Refund:
		return -t.Minor
	}
	return t.Minor
}

// Mode is Live or Test.
func (j *Journal) Mode() string { return j.opt.Mode }

// Path is where the journal's file is.
func (j *Journal) Path() string { return j.path }

func (j *Journal) now() time.Time { return j.opt.Now().Round(0).UTC() }

// rollback ends a transaction that was not committed; after a commit it does
// nothing, and its error says nothing that the caller does not know.
func rollback(tx *sql.Tx) { _ = tx.Rollback() }

// begin starts a read transaction: everything read in it is of one moment.
func (j *Journal) begin(ctx context.Context) (*sql.Tx, error) {
	tx, err := j.read.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	return tx, translate(err)
}
