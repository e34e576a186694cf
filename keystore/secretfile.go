package keystore

import (
	"errors"
	"strings"

	"cashdesk/providers"
)

// SecretFromFile reads a secret that a file keeps on its first line (a PIN, the
// passphrase), under the same rules as the keystore's own files; a credential
// handed over by systemd is accepted as systemd makes it.
func SecretFromFile(path string) (Secret, error) {
	data, err := readPrivate(path, checkIdentityFile)
	if errors.Is(err, ErrNone) {
		return Secret{}, providers.Invalid("file", "there is no file "+path, "write the secret into it, and chmod 600 it")
	}
	if err != nil {
		return Secret{}, err
	}
	line, _, _ := strings.Cut(string(data), "\n")
	line = strings.TrimSuffix(line, "\r")
	if line == "" {
		return Secret{}, providers.Invalid("file", "there is nothing on the first line of "+path, "write the secret there")
	}
	return NewSecret(line), nil
}
