package journal

import (
	"fmt"
	"os"
	"testing"

	"cashdesk/providers"
)

func TestAfterACrashEveryCommittedEventIsThere(t *testing.T) {
	j := fresh(t)
	for n := range 20 {
		a := approve(t, j, record(t, j, sale(n)).ID, fmt.Sprintf("PN-%d", n))
		if n%5 != 0 {
			continue
		}
		// What a killed process leaves behind is the file and its log.
		after := open(t, copyFiles(t, j.Path()), options())
		if got, err := after.Attempt(t.Context(), a.ID); err != nil || got != a {
			t.Fatalf("after crash %d: %+v, %v; want %+v", n, got, err, a)
		}
		if r := mustVerify(t, after); !r.OK() || r.Events != int64(3*(n+1)) {
			t.Fatalf("after crash %d: %+v", n, r)
		}
	}
}

func TestATornLogLosesOnlyItsEndAndKeepsTheChain(t *testing.T) {
	j := fresh(t)
	for n := range 6 {
		approve(t, j, record(t, j, sale(n)).ID, fmt.Sprintf("PN-%d", n))
	}
	info, err := os.Stat(j.Path() + "-wal")
	if err != nil {
		t.Fatal(err)
	}
	before := int64(18)
	for cut := info.Size(); cut > 0; cut -= info.Size()/25 + 13 {
		path := copyFiles(t, j.Path())
		if err := os.Truncate(path+"-wal", cut); err != nil {
			t.Fatal(err)
		}
		after := open(t, path, options())
		r := mustVerify(t, after)
		if !r.OK() || r.Events > before {
			t.Fatalf("cut at %d: %d events of %d, %+v", cut, r.Events, before, r.Faults)
		}
		before = r.Events
		// It goes on from there.
		if got := record(t, after, sale(100)); got.State != providers.Recorded {
			t.Fatalf("cut at %d: %+v", cut, got)
		}
		after.Close()
	}
	if before == 18 {
		t.Error("no cut took anything away: the test is weak")
	}
}

func TestATornFirstPageInTheLogIsNotTakenForANewerProgram(t *testing.T) {
	j := fresh(t)
	approve(t, j, record(t, j, sale(1)).ID, "PN-1")
	path := copyFiles(t, j.Path())
	log, err := os.ReadFile(path + "-wal")
	if err != nil {
		t.Fatal(err)
	}
	// A power cut between two commits: a frame of the first page with the right
	// salts, whose page never reached the disk whole.
	frame := make([]byte, 24+4096)
	frame[3] = 1
	copy(frame[8:16], log[16:24])
	for i := range frame[24:] {
		frame[24+i] = byte(i)
	}
	write(t, path+"-wal", append(log, frame...))
	after := open(t, path, options())
	if r := mustVerify(t, after); !r.OK() || r.Events != 3 {
		t.Errorf("%+v", r)
	}
}
