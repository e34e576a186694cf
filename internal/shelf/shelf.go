// Package shelf keeps small things in files of a folder: what a provider told
// and what is nice to have when it does not answer. Nothing of it is secret, and
// all of it may be lost.
package shelf

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"time"

	"github.com/natefinch/atomic"
)

// mostKept is the size of the largest file that is read back.
const mostKept = 1 << 20

// Folder is the path of the folder, which is made when something is kept first.
type Folder string

// Keep writes data under a name, in place of what was there.
func (f Folder) Keep(name string, data []byte) error {
	path, err := f.path(name)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(string(f), 0o700); err != nil {
		return err
	}
	return atomic.WriteFile(path, bytes.NewReader(data))
}

// Kept reads what was kept under a name, and when that was; os.ErrNotExist if
// nothing was.
func (f Folder) Kept(name string) (data []byte, at time.Time, err error) {
	path, err := f.path(name)
	if err != nil {
		return nil, time.Time{}, err
	}
	info, err := os.Stat(path)
	if err != nil {
		return nil, time.Time{}, err
	}
	if !info.Mode().IsRegular() || info.Size() > mostKept {
		return nil, time.Time{}, errors.New("this is nothing that was kept: " + path)
	}
	data, err = os.ReadFile(path)
	return data, info.ModTime(), err
}

func (f Folder) path(name string) (string, error) {
	if name == "" || name != filepath.Base(name) || !filepath.IsLocal(name) {
		return "", errors.New("nothing can be kept under this name: " + name)
	}
	return filepath.Join(string(f), name+".json"), nil
}
