//go:build unix

package crash

import (
	"bufio"
	"encoding/json"
	"errors"
	"os"
	"runtime"
	"strings"
	"testing"
)

// plan is what the tracer does with a life of the program; its fields are
// those of the tracer's own Plan.
type plan struct {
	Calls []string
	Under string
	Not   string
	Log   string
	Data  bool
	Sent  bool
	At    int
	Until int
	Do    string
	Errno int
}

// op is a call that the tracer saw; its fields are those of the tracer's Op.
type op struct {
	N                     int
	Call, Path, To        string
	Offset, Length, Flags int64
	Data                  []byte
	Done                  string
}

// writes are the calls that change what is on the disk, or make it last.
var writes = []string{
	"write", "pwrite64", "fsync", "fdatasync", "ftruncate", "fallocate",
	"unlink", "unlinkat", "rename", "renameat", "renameat2", "link", "linkat",
}

// deeds are the ways in which a life ends at a call.
var deeds = []string{"kill before", "kill half", "kill after"}

func (p plan) String() string {
	text, err := json.Marshal(p)
	if err != nil {
		panic(err) // it holds nothing that cannot be written
	}
	return string(text)
}

// logged reads what the tracer wrote down. Its last line may be half, when it
// was killed too.
func logged(path string) ([]op, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var all []op
	lines := bufio.NewReader(f)
	for {
		line, err := lines.ReadBytes('\n')
		if err != nil {
			return all, nil
		}
		var o op
		if err := json.Unmarshal(line, &o); err != nil {
			return all, err
		}
		all = append(all, o)
	}
}

// canTrace skips where the tracer cannot work.
func canTrace() error {
	if runtime.GOOS != "linux" || runtime.GOARCH != "amd64" {
		return errors.New("the tracer knows Linux on amd64 only")
	}
	by, err := tracer()
	if err != nil {
		return err
	}
	log, err := os.CreateTemp(workshop, "log-")
	if err != nil {
		return err
	}
	log.Close()
	defer os.Remove(log.Name())
	said, err := command(by, plan{Calls: []string{"write"}, Under: "/", Log: log.Name()}.String(), "/bin/true")
	if err != nil {
		return errors.New("nothing may be traced here: " + strings.TrimSpace(said))
	}
	return nil
}

func needTracer(t *testing.T) {
	t.Helper()
	if err := canTrace(); err != nil {
		t.Skip(err)
	}
}
