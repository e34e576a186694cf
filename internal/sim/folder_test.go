package sim

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"sync"

	"cashdesk/internal/journal"
)

// The names of a run's files, in its folder.
const (
	journalName = "journal.db"
	anchorName  = "anchor.json"
)

// template is an empty journal, made once by the journal itself: a seed begins
// with a copy, since creating the schema takes longer than the whole story.
var template = sync.OnceValues(func() (string, error) {
	dir, err := os.MkdirTemp(fastDir(), "cashdesk-sim-template-")
	if err != nil {
		return "", err
	}
	j, err := journal.Open(context.Background(), filepath.Join(dir, journalName), journal.Options{Key: journalKey, Mode: journal.Test})
	if err != nil {
		return "", err
	}
	return dir, j.Close()
})

// fastDir is a folder in memory, where there is one.
func fastDir() string {
	if _, err := os.Stat("/dev/shm"); err == nil {
		return "/dev/shm"
	}
	return ""
}

// folder makes a run's folder with a copy of what an earlier one left. The
// reserve is a file of holes: it has the size that the journal looks for.
func folder(from string) (string, error) {
	dir, err := os.MkdirTemp(fastDir(), "cashdesk-sim-")
	if err != nil {
		return "", err
	}
	for _, name := range []string{journalName, journalName + "-wal", anchorName} {
		data, err := os.ReadFile(filepath.Join(from, name))
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return "", err
		}
		if err := os.WriteFile(filepath.Join(dir, name), data, 0o600); err != nil {
			return "", err
		}
	}
	reserve, err := os.OpenFile(filepath.Join(dir, journalName+".reserve"), os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return "", err
	}
	return dir, errors.Join(reserve.Truncate(8<<20), reserve.Close())
}
