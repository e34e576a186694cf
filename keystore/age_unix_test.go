//go:build unix

package keystore

import (
	"bufio"
	"encoding/json"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/creack/pty"
)

func TestTheRealAgeOpensTheKeystoreByHand(t *testing.T) {
	program, err := exec.LookPath("age")
	if err != nil {
		t.Skip("the age program is not installed (apt install age)")
	}
	s, dir := create(t)
	if err := s.Set(XaiGateAPIKey, NewSecret(apiKey)); err != nil {
		t.Fatal(err)
	}
	out := filepath.Join(t.TempDir(), "plain")
	cmd := exec.Command(program, "-d", "-o", out, "-i", IdentityFileName, FileName)
	cmd.Dir = dir
	terminal, err := pty.Start(cmd)
	if err != nil {
		t.Fatal(err)
	}
	defer terminal.Close()
	// age asks on the terminal; what is typed before it asks would be lost.
	asked := bufio.NewReader(terminal)
	if prompt, err := asked.ReadString(':'); err != nil {
		t.Fatalf("it asked %q, then %v", prompt, err)
	}
	if _, err := terminal.WriteString(passphrase + "\n"); err != nil {
		t.Fatal(err)
	}
	rest := make(chan string)
	go func() {
		var said strings.Builder
		_, _ = asked.WriteTo(&said)
		rest <- said.String()
	}()
	if err := cmd.Wait(); err != nil {
		t.Fatalf("age failed: %v, saying %q", err, <-rest)
	}
	var file struct {
		Contents struct {
			Secrets map[string]string `json:"secrets"`
		} `json:"contents"`
	}
	if err := json.Unmarshal(read(t, out), &file); err != nil {
		t.Fatal(err)
	}
	if file.Contents.Secrets[XaiGateAPIKey] != apiKey {
		t.Error("the decrypted file does not hold the key that was set")
	}
}
