package journal

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"

	"cashdesk/providers"
)

// application marks the file as ours in SQLite's header ("cash").
const application = 0x63617368

const (
	magic         = "SQLite format 3\x00"
	versionAt     = 60 // user_version, in SQLite's header
	applicationAt = 68
	headerSize    = 100
)

// look says whether there is a journal, without opening it by SQLite, which
// would already change it: a newer, cut or foreign file stays as it is.
func look(path string) (exists bool, err error) {
	log, err := os.Stat(path + "-wal")
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return false, err
	}
	orphan := err == nil && log.Size() > 0
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		if orphan {
			return false, damaged(errors.New("its file is gone, its write-ahead log is there"))
		}
		return false, nil
	}
	if err != nil {
		return false, err
	}
	defer f.Close()
	header := make([]byte, headerSize)
	if _, err := io.ReadFull(f, header); err != nil {
		return true, damaged(fmt.Errorf("its file is cut short: %w", err))
	}
	if !bytes.HasPrefix(header, []byte(magic)) || binary.BigEndian.Uint32(header[applicationAt:]) != application {
		return true, damaged(errors.New("its file is not a journal"))
	}
	version := binary.BigEndian.Uint32(header[versionAt:])
	if orphan {
		if version, err = versionInLog(path+"-wal", version); err != nil {
			return true, err
		}
	}
	if known := len(scripts()); version > uint32(known) {
		return true, fault(providers.Conflict, ErrNewer,
			fmt.Sprintf("a newer cashdesk wrote this journal (its version %d; this program knows %d)", version, known),
			"start the newer cashdesk, or name another journal in the settings", nil)
	}
	return true, nil
}

// makeFolder makes a folder and those above it that are missing, and has their
// names last through a power cut: a journal in a folder that is gone is gone.
func makeFolder(folder string) error {
	var above []string
	for at := folder; at != filepath.Dir(at); at = filepath.Dir(at) {
		if _, err := os.Stat(at); err == nil {
			break
		}
		above = append(above, filepath.Dir(at))
	}
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return err
	}
	for _, at := range above {
		_ = syncFolder(at) // somebody else's folder may not let itself be read
	}
	return nil
}

// syncFolder makes a new name in a folder last through a power cut.
func syncFolder(folder string) error {
	if runtime.GOOS == "windows" {
		return nil // folders cannot be synced there, and need not be
	}
	d, err := os.Open(folder)
	if err != nil {
		return err
	}
	defer d.Close()
	return d.Sync()
}
