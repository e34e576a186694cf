package keystore

import (
	"errors"

	"cashdesk/providers"
)

// What can be wrong with a keystore, for errors.Is. The errors themselves are
// *providers.Error with a sentence and a hint.
var (
	ErrNone       = errors.New("there is no keystore")
	ErrExists     = errors.New("there is a keystore already")
	ErrPassphrase = errors.New("the passphrase does not open the keystore")
	ErrIdentity   = errors.New("the identity does not open the keystore")
	ErrOpenAccess = errors.New("others can read or change the keystore")
	ErrDamaged    = errors.New("the keystore is damaged")
	ErrOlder      = errors.New("the keystore is older than it was")
)

func fault(cause error, text, hint string) error {
	if cause == ErrPassphrase {
		return &providers.Error{Kind: providers.Input, Field: "passphrase", Text: text, Hint: hint, Err: cause}
	}
	return &providers.Error{Kind: providers.Credentials, Text: text, Hint: hint, Err: cause}
}

func none(dir string) error {
	return fault(ErrNone, "there is no keystore in "+dir, "`cashdesk keys set oxipay.signing_key` makes one")
}

func damaged(path, how string) error {
	return fault(ErrDamaged, path+" "+how, "put back a copy of both keystore files from a backup")
}

func machine(err error, text, hint string) error {
	return &providers.Error{Kind: providers.Internal, Text: text, Hint: hint, Err: err}
}
