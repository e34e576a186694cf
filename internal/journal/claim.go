package journal

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"

	"github.com/gofrs/flock"

	"cashdesk/providers"
)

// claimTries is how often a claim is tried whose file its last holder removed
// just then. Each try needs another holder that ends in that very moment.
const claimTries = 100

// Claim takes the lock that says who drives an attempt. ok is false when another
// process has it, or this one has it already. The operating system gives it free
// when its holder dies, however that happens; release does, and so does Close.
// It is safe to release more than once.
func (j *Journal) Claim(id string) (release func(), ok bool, err error) {
	if id == "" || id == "." || id != filepath.Base(id) || !filepath.IsLocal(id) {
		return nil, false, fault(providers.Internal, ErrStep, "an attempt with this id cannot be claimed", "", nil)
	}
	path := filepath.Join(j.claimsPath(), id)
	for range claimTries {
		lock := flock.New(path, flock.SetPermissions(0o600))
		held, err := lock.TryLock()
		switch {
		case errors.Is(err, fs.ErrNotExist):
			err = os.MkdirAll(j.claimsPath(), 0o700)
		case err == nil && !held:
			return nil, false, nil
		case err == nil && stands(lock, path):
			return j.hold(lock), true, nil
		}
		if err := errors.Join(err, lock.Unlock()); err != nil {
			return nil, false, translate(err)
		}
	}
	return nil, false, nil
}

func (j *Journal) claimsPath() string { return j.path + ".claims" }

// stands says that a locked file is still the one of that name. Its last holder
// may have removed it between our opening and our locking: then the lock is on a
// file that nobody finds any more, and somebody else can hold one beside it.
func stands(lock *flock.Flock, path string) bool {
	locked, err := lock.Stat()
	if err != nil {
		return false
	}
	named, err := os.Stat(path)
	return err == nil && os.SameFile(locked, named)
}

// hold keeps a claim until it is released.
func (j *Journal) hold(lock *flock.Flock) (release func()) {
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.claims == nil {
		j.claims = map[*flock.Flock]bool{}
	}
	j.claims[lock] = true
	return func() { j.let(lock) }
}

// let gives a claim free and removes its file.
func (j *Journal) let(lock *flock.Flock) {
	j.mu.Lock()
	held := j.claims[lock]
	delete(j.claims, lock)
	j.mu.Unlock()
	if !held {
		return
	}
	// A file that cannot be removed is only litter: the lock is what counts.
	if runtime.GOOS == "windows" {
		// An open file cannot be removed there, so not ours before it is closed,
		// nor that of whoever opened it since.
		_ = lock.Unlock()
		_ = os.Remove(lock.Path())
		return
	}
	// Under the lock: whoever opened it before finds by its name that it is gone.
	_ = os.Remove(lock.Path())
	_ = lock.Unlock()
}

// letAll gives every claim free, as the end of the process would.
func (j *Journal) letAll() {
	j.mu.Lock()
	var all []*flock.Flock
	for lock := range j.claims {
		all = append(all, lock)
	}
	j.mu.Unlock()
	for _, lock := range all {
		j.let(lock)
	}
}

// sweepClaims removes the files that killed processes left.
func (j *Journal) sweepClaims() {
	entries, err := os.ReadDir(j.claimsPath())
	if err != nil {
		return
	}
	for _, e := range entries {
		if release, ok, _ := j.Claim(e.Name()); ok {
			release()
		}
	}
}
