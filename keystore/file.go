package keystore

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/natefinch/atomic"
)

// The files of a keystore, in its folder.
const (
	// IdentityFileName holds the identity, sealed with the passphrase.
	IdentityFileName = "keystore.key.age"
	// FileName holds secrets and staff, sealed to the identity's recipient.
	FileName = "keystore.age"

	lockName = "keystore.lock"
)

// maxFile is far above any keystore: a larger file is not one.
const maxFile = 1 << 20

// readPrivate reads a file that only this user may read or change. It looks
// before it opens (a FIFO would block) and again afterwards, so that what was
// checked is what is read.
func readPrivate(path string, check func(string, fs.FileInfo) error) ([]byte, error) {
	before, err := os.Lstat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, none(filepath.Dir(path))
	}
	if err != nil {
		return nil, unreadable(path, err)
	}
	if err := check(path, before); err != nil {
		return nil, err
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, unreadable(path, err)
	}
	defer f.Close()
	after, err := f.Stat()
	if err != nil || !os.SameFile(before, after) {
		return nil, fault(ErrOpenAccess, path+" was replaced while it was read", "find out who did that")
	}
	data, err := io.ReadAll(io.LimitReader(f, maxFile+1))
	if err != nil {
		return nil, unreadable(path, err)
	}
	if len(data) > maxFile {
		return nil, damaged(path, "is far too large to be a keystore")
	}
	return data, nil
}

func unreadable(path string, err error) error {
	return machine(err, "cannot read "+path, "check the disk and who owns the file")
}

// checkFile refuses what is not a plain file of this user's alone.
func checkFile(path string, info fs.FileInfo) error {
	if info.Mode()&fs.ModeSymlink != 0 {
		return fault(ErrOpenAccess, path+" is a symbolic link", "put the file itself there")
	}
	if !info.Mode().IsRegular() {
		return fault(ErrOpenAccess, path+" is not a file", "move it away")
	}
	return checkPrivate(path, info, 0o600)
}

// checkFolder refuses a folder in which others could swap the files.
func checkFolder(dir string) error {
	info, err := os.Lstat(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return none(dir)
	}
	if err != nil {
		return unreadable(dir, err)
	}
	if info.Mode()&fs.ModeSymlink != 0 {
		return fault(ErrOpenAccess, dir+" is a symbolic link", "name the folder itself in the settings")
	}
	if !info.IsDir() {
		return fault(ErrOpenAccess, dir+" is not a folder", "name another folder in the settings")
	}
	return checkPrivate(dir, info, 0o700)
}

// exists says that something is there, or that nobody can tell that it is not.
func exists(path string) bool {
	_, err := os.Lstat(path)
	return !errors.Is(err, fs.ErrNotExist)
}

// writePrivate replaces a file as a whole, or leaves it as it was.
func writePrivate(path string, data []byte) error {
	err := atomic.WriteFile(path, bytes.NewReader(data))
	if err == nil {
		err = syncFolder(filepath.Dir(path))
	}
	if err != nil {
		return machine(err, fmt.Sprintf("cannot write %s", path), "check that the disk has room and can be written; the file is as it was")
	}
	return nil
}
