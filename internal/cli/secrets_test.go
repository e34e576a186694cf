package cli

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// secret is something that must be found nowhere, by the name under which a
// test tells of it.
type secret struct{ name, value string }

// forms are the shapes in which a secret could be lying about: as it is, in
// capitals, escaped for an address or for JSON, in hexadecimal, in base64
// wherever it begins in what was encoded, and two bytes a character.
func (s secret) forms() map[string][]byte {
	v := s.value
	quoted, _ := json.Marshal(v)
	all := map[string]string{
		"as it is": v, "in small letters": strings.ToLower(v), "in capitals": strings.ToUpper(v),
		"in an address": url.QueryEscape(v), "in a path": url.PathEscape(v), "in JSON": strings.Trim(string(quoted), `"`),
		"in hexadecimal": hex.EncodeToString([]byte(v)), "in HEXADECIMAL": strings.ToUpper(hex.EncodeToString([]byte(v))),
		"in wide characters": strings.Join(strings.Split(v, ""), "\x00"), "backwards": backwards(v),
	}
	for _, before := range []string{"", "x", "xx"} {
		for kind, e := range map[string]*base64.Encoding{"in base64": base64.RawStdEncoding, "in base64 for addresses": base64.RawURLEncoding} {
			// Whole groups alone: the others depend on what stands beside it.
			from := (len(before) + 2) / 3 * 4
			to := (len(before) + len(v)) / 3 * 4
			all[kind+" behind "+before] = e.EncodeToString([]byte(before + v))[from:to]
		}
	}
	found := map[string][]byte{}
	for form, text := range all {
		found[form] = []byte(text)
	}
	return found
}

func backwards(text string) string {
	b := []byte(text)
	slices.Reverse(b)
	return string(b)
}

// leftBehind is everything that a run leaves: by where it lies, what it is.
type leftBehind map[string][]byte

// folder takes every file below dir.
func (l leftBehind) folder(t *testing.T, dir string) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil || !e.Type().IsRegular() {
			return err
		}
		data, err := os.ReadFile(path)
		name, _ := filepath.Rel(dir, path)
		l[name] = data
		l["the name of "+name] = []byte(name)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// betrayed names each place where a secret is found.
func (l leftBehind) betrayed(secrets []secret) []string {
	var found []string
	for where, data := range l {
		for _, s := range secrets {
			for form, text := range s.forms() {
				if bytes.Contains(data, text) {
					found = append(found, s.name+" "+form+": "+where)
				}
			}
		}
	}
	slices.Sort(found)
	return found
}

func TestASecretIsFoundInEveryShapeAndPlace(t *testing.T) {
	key := secret{"the key", "B17f$59-B4/A7^DC"}
	for form, text := range key.forms() {
		if len(text) < len(key.value)-3 {
			t.Errorf("%s it is %q: other things look like this", form, text)
		}
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, "log"), slices.Concat([]byte("so it was \x00"), text, []byte("…")), 0o600); err != nil {
			t.Fatal(err)
		}
		all := leftBehind{}
		all.folder(t, dir)
		if len(all.betrayed([]secret{key})) == 0 {
			t.Errorf("%s it was not found", form)
		}
		if found := all.betrayed([]secret{{"another", "0a1b2c3d-0000-4000"}}); len(found) > 0 {
			t.Errorf("found what is not there: %q", found)
		}
	}
	in := base64.StdEncoding.EncodeToString([]byte(`{"key":"` + key.value + `"}`))
	if len((leftBehind{"a body": []byte(in)}).betrayed([]secret{key})) == 0 {
		t.Error("not found in the midst of something in base64")
	}
}
