package keystore

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"filippo.io/age"

	"cashdesk/providers"
)

func read(t *testing.T, path string) []byte {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func write(t *testing.T, path string, data []byte) {
	t.Helper()
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
}

// reopen is what the next start does.
func reopen(dir string) (*Store, error) {
	locked, err := Open(dir, quick)
	if err != nil {
		return nil, err
	}
	return locked.Unlock(passphrase)
}

func TestNoFlippedBitAndNoCutGoesUnnoticed(t *testing.T) {
	_, dir := create(t)
	for _, name := range []string{IdentityFileName, FileName} {
		path := filepath.Join(dir, name)
		whole := read(t, path)
		check := func(what string, at int, data []byte) {
			write(t, path, data)
			s, err := reopen(dir)
			// A flip in the sealed key itself looks like a wrong passphrase.
			known := errors.Is(err, ErrDamaged) || errors.Is(err, ErrIdentity) || errors.Is(err, ErrPassphrase)
			if s != nil || !known || providers.HintOf(err) == "" {
				t.Errorf("%s %s at %d: %v", name, what, at, err)
			}
		}
		for i := range whole {
			flipped := slices.Clone(whole)
			flipped[i] ^= 1
			check("flipped", i, flipped)
			check("cut", i, whole[:i])
		}
		check("extended", len(whole), append(slices.Clone(whole), 0))
		check("blown up", maxFile, append(slices.Clone(whole), make([]byte, maxFile)...))
		write(t, path, whole)
	}
	if _, err := reopen(dir); err != nil {
		t.Errorf("put back as it was, it does not open: %v", err)
	}
}

func TestAKeystoreWrittenBySomebodyElseIsRefused(t *testing.T) {
	s, dir := create(t)
	// Who knows the recipient can seal anything to it, but cannot make the MAC.
	forged := []byte(`{"format":1,"contents":{"generation":9,"journal_key":"","secrets":{},"staff":[]},"mac":"00"}`)
	var sealed bytes.Buffer
	w, err := age.Encrypt(&sealed, s.identity.Recipient())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Write(forged); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(dir, FileName), sealed.Bytes())
	_, err = reopen(dir)
	wants(t, err, ErrDamaged, providers.Credentials)
}

func TestAnOlderCopyPutBackWhileTheCounterRunsIsNoticed(t *testing.T) {
	s, dir := create(t)
	older := read(t, filepath.Join(dir, FileName))
	if err := s.Set(XaiGateAPIKey, NewSecret(apiKey)); err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(dir, FileName), older)
	wants(t, s.Reload(), ErrOlder, providers.Credentials)
	wants(t, s.Set(OxaPayMerchantKey, NewSecret("MERCHANT-1")), ErrOlder, providers.Credentials)
	if !s.Has(XaiGateAPIKey) || s.Has(OxaPayMerchantKey) || s.Generation() != 2 {
		t.Errorf("the counter took %v of generation %d", s.Names(), s.Generation())
	}
	if !bytes.Equal(older, read(t, filepath.Join(dir, FileName))) {
		t.Error("a refused change was written")
	}
}

func TestAnotherCopyOfTheSameNumberIsNotTakenByTheRunningCounter(t *testing.T) {
	s, dir := create(t)
	path := filepath.Join(dir, FileName)
	first := read(t, path)
	if err := unlock(t, dir, passphrase).Set(OxaPayMerchantKey, NewSecret("SOMEBODYS-1")); err != nil {
		t.Fatal(err)
	}
	another := read(t, path)
	write(t, path, first)
	if err := s.Set(XaiGateAPIKey, NewSecret(apiKey)); err != nil {
		t.Fatal(err)
	}
	mine := s.Fingerprint()
	write(t, path, another)
	wants(t, s.Reload(), ErrOlder, providers.Credentials)
	if s.Has(OxaPayMerchantKey) || !s.Has(XaiGateAPIKey) || s.Fingerprint() != mine {
		t.Errorf("the counter took %v", s.Names())
	}
	other := unlock(t, dir, passphrase)
	if other.Generation() != s.Generation() || other.Fingerprint() == mine || len(mine) != fingerprintLen {
		t.Errorf("generation %d and %d, fingerprints %q and %q", s.Generation(), other.Generation(), mine, other.Fingerprint())
	}
}

func TestFilesOfTwoKeystoresDoNotOpenTogether(t *testing.T) {
	_, dir := create(t)
	_, other := create(t)
	write(t, filepath.Join(dir, FileName), read(t, filepath.Join(other, FileName)))
	_, err := reopen(dir)
	wants(t, err, ErrIdentity, providers.Credentials)
}

func TestAMissingKeystoreAndHalfAKeystoreAreToldApart(t *testing.T) {
	_, err := Open(filepath.Join(t.TempDir(), "none"), quick)
	wants(t, err, ErrNone, providers.Credentials)
	for _, name := range []string{IdentityFileName, FileName} {
		_, dir := create(t)
		if err := os.Remove(filepath.Join(dir, name)); err != nil {
			t.Fatal(err)
		}
		_, err := Open(dir, quick)
		wants(t, err, ErrDamaged, providers.Credentials)
		if errors.Is(err, ErrNone) {
			t.Errorf("without %s a new keystore would be offered", name)
		}
		_, err = Create(dir, passphrase, quick)
		wants(t, err, ErrExists, providers.Credentials)
	}
}

func TestAChangeThatCannotBeWrittenDidNotHappen(t *testing.T) {
	s, dir := create(t)
	if err := os.RemoveAll(dir); err != nil {
		t.Fatal(err)
	}
	err := s.Set(XaiGateAPIKey, NewSecret(apiKey))
	if providers.KindOf(err) != providers.Internal || providers.HintOf(err) == "" {
		t.Errorf("without its folder: %v", err)
	}
	if s.Has(XaiGateAPIKey) || s.Generation() != 1 {
		t.Error("the counter believes in a change that is not on disk")
	}
}

func TestAChangeWaitsForAnotherProcessAndThenSaysSo(t *testing.T) {
	s, _ := create(t)
	s.patience = time.Millisecond
	other := &Store{dir: s.dir, patience: time.Millisecond}
	release, err := other.lock()
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Set(XaiGateAPIKey, NewSecret(apiKey)); !errors.Is(err, context.DeadlineExceeded) || s.Has(XaiGateAPIKey) {
		t.Errorf("while another changes it: %v", err)
	}
	release()
	if err := s.Set(XaiGateAPIKey, NewSecret(apiKey)); err != nil {
		t.Errorf("afterwards: %v", err)
	}
}
