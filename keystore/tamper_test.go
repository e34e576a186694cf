package keystore

import (
	"bytes"
	"errors"
	"math/rand/v2"
	"path/filepath"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"cashdesk/internal/figures"
	"cashdesk/providers"
)

// tampered is a file with something done to it that nobody may miss; "" where
// chance gave the same bytes again.
func tampered(r *rand.Rand, whole, other []byte) (how string, data []byte) {
	data = bytes.Clone(whole)
	at := r.IntN(len(data))
	switch r.IntN(6) {
	case 0, 1:
		how = "flipped"
		data[at] ^= 1 << r.IntN(8)
	case 2:
		how = "overwritten"
		for i := range data[at:min(at+1+r.IntN(40), len(data))] {
			data[at+i] = byte(r.Uint32())
		}
	case 3:
		how, data = "cut", data[:at]
	case 4:
		how = "moved"
		to := r.IntN(len(data))
		data[at], data[to] = data[to], data[at]
	case 5: // the beginning of one keystore's file, the end of another's
		how = "joined"
		data = append(data[:min(at, len(other))], other[min(at, len(other)):]...)
	}
	if bytes.Equal(data, whole) {
		return "", nil
	}
	return how, data
}

// opens says whether both files, as they are, give a keystore. A refusal that
// is no sentence with a hint is an error.
func opens(t *testing.T, identityFile, file []byte, phrase string) bool {
	identity, err := unsealIdentity(IdentityFileName, identityFile, phrase)
	if err == nil {
		_, _, err = unseal(FileName, file, identity)
	}
	if err == nil {
		return true
	}
	known := errors.Is(err, ErrDamaged) || errors.Is(err, ErrIdentity) || errors.Is(err, ErrPassphrase)
	if !known || providers.HintOf(err) == "" {
		t.Errorf("refused with %v", err)
	}
	return false
}

// TestNoKeystoreThatWasTamperedWithOpens: what one joins out of two keystores,
// cuts, moves and overwrites is refused, unless it is one of the two as it was.
func TestNoKeystoreThatWasTamperedWithOpens(t *testing.T) {
	begun := time.Now()
	tries := figures.Tries(3_000)
	var files [2][2][]byte // two keystores of one passphrase, each with its two files
	for i := range files {
		s, dir := create(t)
		if err := s.Set(XaiGateAPIKey, NewSecret(apiKey)); err != nil {
			t.Fatal(err)
		}
		files[i] = [2][]byte{read(t, filepath.Join(dir, IdentityFileName)), read(t, filepath.Join(dir, FileName))}
		if !opens(t, files[i][0], files[i][1], passphrase) {
			t.Fatal("as it is it does not open")
		}
	}
	var next, opened atomic.Uint64
	var counted sync.Map
	var all sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		all.Go(func() {
			for n := next.Add(1); n <= tries; n = next.Add(1) {
				r := rand.New(rand.NewPCG(3, n))
				which := r.IntN(2)
				pair := files[0]
				how, data := tampered(r, pair[which], files[1][which])
				if how == "" {
					how, data = "swapped", files[1][which]
				}
				if pair[which] = data; opens(t, pair[0], pair[1], passphrase) {
					opened.Add(1)
					t.Errorf("try %d: %s, and it opens", n, how)
				}
				count, _ := counted.LoadOrStore(how, new(atomic.Uint64))
				count.(*atomic.Uint64).Add(1)
			}
		})
	}
	all.Wait()
	var among []figures.Count
	for _, how := range []string{"flipped", "overwritten", "cut", "moved", "joined", "swapped"} {
		if count, ok := counted.Load(how); ok {
			among = append(among, figures.Count{N: count.(*atomic.Uint64).Load(), What: how})
		}
	}
	figures.Write(t, figures.Row{What: "keystores tampered with", Tried: tries, Among: among,
		Wrong: []figures.Count{{N: opened.Load(), What: "opened"}}, Took: time.Since(begun)})
}

func TestAFileThatAsksForAllTheMemoryThereIsIsRefused(t *testing.T) {
	_, dir := create(t)
	path := filepath.Join(dir, IdentityFileName)
	head, rest, found := bytes.Cut(read(t, path), []byte(" 2\n")) // the work factor
	if !found {
		t.Fatal("the work factor is not where it was")
	}
	write(t, path, slices.Concat(head, []byte(" 21\n"), rest))
	_, err := reopen(dir)
	wants(t, err, ErrDamaged, providers.Credentials)
}
