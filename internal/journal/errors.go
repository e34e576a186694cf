package journal

import (
	"context"
	"errors"
	"fmt"
	"syscall"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"cashdesk/providers"
)

// The journal's own errors. Each comes wrapped in a *providers.Error with a
// sentence and a hint.
var (
	// ErrInUse: another process is the counter on this journal.
	ErrInUse = errors.New("journal in use")
	// ErrNewer: a newer program wrote the file; it was not touched.
	ErrNewer = errors.New("journal of a newer program")
	// ErrDamaged: the file is not a whole journal any more.
	ErrDamaged = errors.New("journal damaged")
	// ErrMode: the journal is live and test was asked for, or the reverse.
	ErrMode = errors.New("journal of another mode")
	// ErrKey: the journal was written with another key.
	ErrKey = errors.New("journal of another key")
	// ErrNotFound: there is no such attempt.
	ErrNotFound = errors.New("no such attempt")
	// ErrFull: the disk is full; nothing was written.
	ErrFull = errors.New("disk full")
	// ErrExists: an attempt with this id or reference is recorded already, or has
	// the reference as its receipt number.
	ErrExists = errors.New("attempt recorded already")
	// ErrStep: the event does not fit the attempt as it stands (providers.Life);
	// nothing was written.
	ErrStep = errors.New("step not allowed")
)

func fault(kind providers.ErrorKind, sentinel error, text, hint string, cause error) error {
	err := sentinel
	if cause != nil {
		err = fmt.Errorf("%w: %w", sentinel, cause)
	}
	return &providers.Error{Kind: kind, Text: text, Hint: hint, Err: err}
}

func damaged(cause error) error {
	return fault(providers.Internal, ErrDamaged,
		"the journal is damaged: take no payments with it",
		"keep a copy of the file as it is and put back the newest backup", cause)
}

func notFound(what string) error {
	return fault(providers.Input, ErrNotFound, "the journal has no "+what, "", nil)
}

// translate turns what SQLite says into an error that staff can read. Errors
// that are readable already, and an ended context, pass through.
func translate(err error) error {
	if err == nil {
		return nil
	}
	var readable *providers.Error
	if errors.As(err, &readable) || errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	if errors.Is(err, syscall.ENOSPC) {
		return full(err)
	}
	var fromSQLite *sqlite.Error
	if !errors.As(err, &fromSQLite) {
		return cannot(err)
	}
	// The low byte is the class; the rest says where it happened.
	switch fromSQLite.Code() & 0xff {
	case sqlite3.SQLITE_FULL:
		return full(err)
	case sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB:
		return damaged(err)
	case sqlite3.SQLITE_INTERRUPT:
		return fmt.Errorf("%w: %w", context.Canceled, err)
	case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED:
		return &providers.Error{Kind: providers.Internal, Text: "another program holds the journal for too long",
			Hint: "close other programs that use the journal, then try again", Err: err}
	case sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM, sqlite3.SQLITE_CANTOPEN:
		return &providers.Error{Kind: providers.Internal, Text: "the journal cannot be written here",
			Hint: "check who owns the file and its folder, and that the disk is not read-only", Err: err}
	}
	return cannot(err)
}

func full(cause error) error {
	return fault(providers.Internal, ErrFull, "the disk with the journal is full: nothing was saved",
		"make room on the disk, then try again", cause)
}

func cannot(err error) error {
	return &providers.Error{Kind: providers.Internal, Text: "the journal could not be read or written",
		Hint: "check the disk; history verify says whether the journal is whole", Err: err}
}
