package keystore

import (
	"bytes"
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"filippo.io/age"
)

// contents is what the keystore holds, as it is written into the file.
type contents struct {
	Generation int               `json:"generation"` // one more with each change
	JournalKey []byte            `json:"journal_key"`
	Secrets    map[string]string `json:"secrets"`
	Staff      []person          `json:"staff"`
}

// sealedFile is the plain text of keystore.age. age does not say who wrote a
// file, so the MAC does: only who holds the identity can make one.
type sealedFile struct {
	Format   int             `json:"format"`
	Contents json.RawMessage `json:"contents"`
	MAC      string          `json:"mac"`
}

const (
	format     = 1
	macPurpose = "cashdesk keystore contents v1"
	ageMagic   = "age-encryption.org/v1\n"

	// maxWorkFactor is what a file may ask of the machine before it is known to
	// be ours: a gigabyte for some seconds. age's own 22 asks four times that.
	maxWorkFactor = 20
)

// seal gives the file, and the MAC that stands in it.
func seal(c contents, identity *age.X25519Identity) (data []byte, mac string, err error) {
	inner, err := json.Marshal(c)
	if err != nil {
		return nil, "", err
	}
	sum, err := macOf(inner, identity)
	if err != nil {
		return nil, "", err
	}
	mac = hex.EncodeToString(sum)
	plain, err := json.Marshal(sealedFile{Format: format, Contents: inner, MAC: mac})
	if err != nil {
		return nil, "", err
	}
	data, err = encrypt(plain, identity.Recipient())
	return data, mac, err
}

// unseal gives what a file holds, and its MAC, which was right.
func unseal(path string, data []byte, identity *age.X25519Identity) (c contents, mac string, err error) {
	plain, err := decrypt(data, identity)
	if noMatch := new(age.NoIdentityMatchError); errors.As(err, &noMatch) {
		return c, "", fault(ErrIdentity, "this identity does not open "+path, "the two keystore files must be of one keystore; put both back from one backup")
	}
	if err != nil {
		return c, "", damaged(path, "is damaged: it was cut short or changed")
	}
	var file sealedFile
	if err := json.Unmarshal(plain, &file); err != nil {
		return c, "", damaged(path, "does not hold a keystore")
	}
	if file.Format != format {
		return c, "", fault(ErrDamaged, fmt.Sprintf("%s has format %d, this program knows format %d", path, file.Format, format), "use the newer cashdesk that wrote it")
	}
	want, err := macOf(file.Contents, identity)
	if err != nil {
		return c, "", err
	}
	if got, err := hex.DecodeString(file.MAC); err != nil || !hmac.Equal(got, want) {
		return c, "", damaged(path, "was not written by cashdesk with this keystore's identity")
	}
	if err := json.Unmarshal(file.Contents, &c); err != nil {
		return c, "", damaged(path, "does not hold a keystore")
	}
	return c, file.MAC, nil
}

func macOf(inner []byte, identity *age.X25519Identity) ([]byte, error) {
	key, err := hkdf.Key(sha256.New, []byte(identity.String()), nil, macPurpose, sha256.Size)
	if err != nil {
		return nil, err
	}
	mac := hmac.New(sha256.New, key)
	mac.Write(inner)
	return mac.Sum(nil), nil
}

func sealIdentity(identity *age.X25519Identity, passphrase string, workFactor int) ([]byte, error) {
	recipient, err := age.NewScryptRecipient(passphrase)
	if err != nil {
		return nil, err
	}
	if workFactor > 0 {
		recipient.SetWorkFactor(workFactor)
	}
	return encrypt([]byte(identity.String()+"\n"), recipient)
}

func unsealIdentity(path string, data []byte, passphrase string) (*age.X25519Identity, error) {
	wrong := fault(ErrPassphrase, "the passphrase is wrong", "try again; capital letters and the keyboard's language matter")
	if passphrase == "" {
		return nil, wrong
	}
	key, err := age.NewScryptIdentity(passphrase)
	if err != nil {
		return nil, wrong
	}
	key.SetMaxWorkFactor(maxWorkFactor)
	plain, err := decrypt(data, key)
	if noMatch := new(age.NoIdentityMatchError); errors.As(err, &noMatch) {
		return nil, wrong
	}
	if err != nil {
		return nil, damaged(path, "is damaged: it was cut short or changed")
	}
	identity, err := age.ParseX25519Identity(strings.TrimSpace(string(plain)))
	if err != nil {
		return nil, damaged(path, "does not hold an identity")
	}
	return identity, nil
}

func encrypt(plain []byte, to age.Recipient) ([]byte, error) {
	var out bytes.Buffer
	w, err := age.Encrypt(&out, to)
	if err != nil {
		return nil, err
	}
	if _, err := w.Write(plain); err != nil {
		return nil, err
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

func decrypt(data []byte, with age.Identity) ([]byte, error) {
	r, err := age.Decrypt(bytes.NewReader(data), with)
	if err != nil {
		return nil, err
	}
	return io.ReadAll(r)
}
