package journal

import (
	"context"
	"crypto/hmac"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"path/filepath"
	"strings"
	"time"

	"github.com/gofrs/flock"

	"cashdesk/providers"
)

// Open opens the journal at path, and creates it (and its folder) if there is
// none. It refuses rather than guesses: ErrInUse, ErrNewer, ErrDamaged,
// ErrMode, ErrKey. A refused file is not changed.
func Open(ctx context.Context, path string, o Options) (*Journal, error) {
	if len(o.Key) != 32 || o.Mode != Live && o.Mode != Test {
		return nil, &providers.Error{Kind: providers.Internal, Text: "a journal needs a key of 32 bytes and a mode"}
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	path, err := filepath.Abs(path)
	if err != nil {
		return nil, translate(err)
	}
	if err := makeFolder(filepath.Dir(path)); err != nil {
		return nil, &providers.Error{Kind: providers.Internal, Text: "the folder of the journal cannot be made",
			Hint: "check who owns " + filepath.Dir(path), Err: err}
	}
	j := &Journal{path: path, opt: o}
	if err := j.open(ctx); err != nil {
		j.release()
		return nil, translate(err)
	}
	return j, nil
}

func (j *Journal) open(ctx context.Context) error {
	if err := j.takeCounter(); err != nil {
		return err
	}
	exists, err := look(j.path)
	if err == nil && !exists {
		err = create(ctx, j.path, j.opt)
	}
	if err != nil {
		return err
	}
	if err := j.connect(); err != nil {
		return err
	}
	if err := j.checkFacts(ctx); err != nil {
		return err
	}
	if err := migrate(ctx, j.write, j.path, j.now(), scripts()); err != nil {
		return err
	}
	forgetCopies(j.path, j.now())
	// A full disk does not keep the history from being read; the next sale
	// asks for the reserve again, and says so.
	_ = j.keepReserve()
	if j.opt.Counter {
		j.sweepClaims()
	}
	_, err = j.Changed(ctx) // from here on it counts
	return err
}

// takeCounter takes the lock that makes this process the counter.
func (j *Journal) takeCounter() error {
	if !j.opt.Counter {
		return nil
	}
	lock := flock.New(j.path+".counter", flock.SetPermissions(0o600))
	held, err := lock.TryLock()
	if err != nil {
		return err
	}
	if !held {
		return fault(providers.Conflict, ErrInUse, "another counter is running on this journal",
			"use the one that is open, or close it first", nil)
	}
	j.lock = lock
	return nil
}

// connect opens one connection that writes and a few that only read.
func (j *Journal) connect() (err error) {
	if j.write, err = sql.Open("sqlite", dsn(j.path, "journal_mode(WAL)")); err != nil {
		return err
	}
	j.write.SetMaxOpenConns(1)
	j.written = newCompiled(j.write)
	if j.read, err = sql.Open("sqlite", dsn(j.path, "query_only(1)")); err != nil {
		return err
	}
	j.read.SetMaxOpenConns(4)
	j.read.SetMaxIdleConns(4)
	j.found = newCompiled(j.read)
	return nil
}

// dsn names the file to SQLite, with everything that each connection needs.
func dsn(path string, pragmas ...string) string {
	pragmas = append([]string{
		// Long, because SQLite queues nobody: on a busy machine a writer can
		// lose the race for the lock many times in a row.
		"busy_timeout(20000)",
		"synchronous(FULL)",
		"secure_delete(1)",
		// On macOS an ordinary fsync does not reach the disk.
		"fullfsync(1)",
		"checkpoint_fullfsync(1)",
	}, pragmas...)
	slashed := filepath.ToSlash(path)
	if !strings.HasPrefix(slashed, "/") {
		slashed = "/" + slashed // C:/… of Windows
	}
	q := url.Values{"_pragma": pragmas, "_txlock": {"immediate"}, "_defensive": {"1"}}
	return (&url.URL{Scheme: "file", Path: slashed, RawQuery: q.Encode()}).String()
}

// checkFacts compares the file's mode and key with those asked for.
func (j *Journal) checkFacts(ctx context.Context) error {
	var id, mode, kept []byte
	err := j.write.QueryRowContext(ctx, `SELECT
		(SELECT value FROM facts WHERE name = 'id'),
		(SELECT value FROM facts WHERE name = 'mode'),
		(SELECT value FROM facts WHERE name = 'check')`).Scan(&id, &mode, &kept)
	if err != nil {
		return err
	}
	if len(id) == 0 || len(mode) == 0 || len(kept) == 0 {
		return damaged(errors.New("facts are missing"))
	}
	if string(mode) != j.opt.Mode {
		return fault(providers.Conflict, ErrMode, fmt.Sprintf("this is a %s journal, and %s is asked for", mode, j.opt.Mode),
			"a journal never changes its mode: name another file in the settings", nil)
	}
	if !hmac.Equal(kept, check(j.opt.Key, string(id), j.opt.Mode)) {
		return fault(providers.Credentials, ErrKey, "the journal was written with another key",
			"use the keystore that belongs to it", nil)
	}
	j.id = string(id)
	return nil
}

// Close writes the anchor, and gives the file and the counter's lock free.
func (j *Journal) Close() error {
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	err := j.anchorHead(ctx)
	return errors.Join(err, j.release())
}

func (j *Journal) release() error {
	var errs []error
	defer j.letAll() // when nothing can be written any more
	for _, db := range []*sql.DB{j.read, j.write} {
		if db != nil {
			errs = append(errs, db.Close())
		}
	}
	if j.lock != nil {
		errs = append(errs, j.lock.Unlock())
	}
	return errors.Join(errs...)
}
