package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestAFolderOfFramesBecomesPicturesAndTexts(t *testing.T) {
	in, out := t.TempDir(), t.TempDir()
	for _, name := range []string{"sale-dark.ans", "sale-light.ans"} {
		if err := os.WriteFile(filepath.Join(in, name), []byte("\x1b[1mAmount\x1b[0m  \n 1.00\n"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := run(in, out); err != nil {
		t.Fatal(err)
	}
	read := func(name string) []byte {
		data, err := os.ReadFile(filepath.Join(out, name))
		if err != nil {
			t.Fatal(err)
		}
		return data
	}
	if got := string(read("sale-dark.txt")); got != "Amount\n 1.00\n" {
		t.Errorf("text %q", got)
	}
	dark, light := read("sale-dark.png"), read("sale-light.png")
	if !bytes.HasPrefix(dark, []byte("\x89PNG")) || bytes.Equal(dark, light) {
		t.Error("the dark and the light picture are no two pictures")
	}
}

func TestNothingToDrawIsAnError(t *testing.T) {
	empty := t.TempDir()
	for _, folders := range [][2]string{{"", ""}, {empty, ""}, {"", empty}, {empty, empty}, {filepath.Join(empty, "none"), empty}} {
		if err := run(folders[0], folders[1]); err == nil {
			t.Errorf("%q was accepted", folders)
		}
	}
	if err := os.WriteFile(filepath.Join(empty, "bad.ans"), []byte("漢"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := run(empty, empty); err == nil || !strings.Contains(err.Error(), "bad") {
		t.Errorf("a frame that cannot be drawn: %v", err)
	}
}
