package sim

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"cashdesk/internal/journal"
)

// The names of a run's files, in its folder.
const (
	journalName = "journal.db"
	anchorName  = "anchor.json"
)

// root is the folder that everything of this process is in, and template one
// with an empty journal, made once by the journal itself: a seed begins with a
// copy, since creating the schema takes longer than the whole story.
var root, template string

// rootKey names, for a process that another one started, the folder of that.
const rootKey = "CASHDESK_SIM_ROOT"

// makeRoot makes both, in memory where that is possible.
func makeRoot() (err error) {
	in := os.Getenv(rootKey)
	if _, err := os.Stat("/dev/shm"); err == nil && in == "" {
		in = "/dev/shm"
	}
	if root, err = os.MkdirTemp(in, "cashdesk-sim-"); err != nil {
		return err
	}
	template = filepath.Join(root, "template")
	j, err := journal.Open(context.Background(), filepath.Join(template, journalName), journal.Options{Key: journalKey, Mode: journal.Test})
	if err != nil {
		return err
	}
	return j.Close()
}

// folder makes a run's folder with a copy of what an earlier one left. The
// reserve is a file of holes: it has the size that the journal looks for.
func folder(from string) (string, error) {
	dir, err := os.MkdirTemp(root, "run-")
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
