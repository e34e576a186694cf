package keystore

import (
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"fmt"
	"slices"
	"strings"

	"golang.org/x/crypto/argon2"

	"cashdesk/providers"
)

// The shape of a PIN.
const (
	MinPIN = 4
	MaxPIN = 8
)

// One argon2id pass over 96 MiB took 79 ms on a small two-core machine: a
// person does not notice it, someone trying all PINs of a stolen file does.
const (
	pinMemoryKiB = 96 << 10
	pinPasses    = 1
	pinThreads   = 1
	pinHashLen   = 32
	pinSaltLen   = 16
)

// CheckPINForm says whether a text may be the PIN of the member with this id:
// 4 to 8 digits that are not among the first that anybody would try.
// There is no default PIN.
func CheckPINForm(id, pin string) error {
	no := func(text string) error {
		return providers.Invalid("pin", text, fmt.Sprintf("take %d to %d digits that nobody would guess", MinPIN, MaxPIN))
	}
	if len(pin) < MinPIN || len(pin) > MaxPIN || strings.Trim(pin, "0123456789") != "" {
		return no("a PIN has 4 to 8 digits")
	}
	switch {
	case strings.Contains(id, pin), len(id) >= 3 && strings.Contains(pin, id):
		return no("the PIN is the id, or a part of it")
	case repeats(pin):
		return no("the PIN only repeats itself")
	case runs(pin, 1), runs(pin, -1):
		return no("the PIN only counts up or down")
	case slices.Contains(popular, pin):
		return no("this PIN is one that many people choose")
	}
	return nil
}

// popular are the PINs without a rule of their own among the ones that people
// choose most: the columns of a keypad, its corners, pairs, round years.
var popular = []string{"2580", "0852", "1470", "3690", "1379", "1397", "1122", "2000", "2001", "1004", "112233"}

// repeats says that a PIN is one short piece over and over: 0000, 1212, 123123.
func repeats(pin string) bool {
	for n := 1; n <= len(pin)/2; n++ {
		if len(pin)%n == 0 && strings.Repeat(pin[:n], len(pin)/n) == pin {
			return true
		}
	}
	return false
}

// runs says that each digit is the one before it plus step, 0 following 9.
func runs(pin string, step int) bool {
	for i := 1; i < len(pin); i++ {
		if int(pin[i]-'0') != (int(pin[i-1]-'0')+step+10)%10 {
			return false
		}
	}
	return true
}

// hashPIN gives the hash in the usual text form, parameters and salt in it.
func hashPIN(pin string, memoryKiB uint32) string {
	if memoryKiB == 0 {
		memoryKiB = pinMemoryKiB
	}
	salt := make([]byte, pinSaltLen)
	_, _ = rand.Read(salt)
	hash := argon2.IDKey([]byte(pin), salt, pinPasses, memoryKiB, pinThreads, pinHashLen)
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, memoryKiB, pinPasses, pinThreads,
		base64.RawStdEncoding.EncodeToString(salt), base64.RawStdEncoding.EncodeToString(hash))
}

// matchesPIN compares in constant time. A hash that cannot be read matches nothing.
func matchesPIN(hash, pin string) bool {
	part := strings.Split(hash, "$")
	if len(part) != 6 || part[1] != "argon2id" {
		return false
	}
	var version int
	var memory, passes uint32
	var threads uint8
	if _, err := fmt.Sscanf(part[2], "v=%d", &version); err != nil || version != argon2.Version {
		return false
	}
	if _, err := fmt.Sscanf(part[3], "m=%d,t=%d,p=%d", &memory, &passes, &threads); err != nil || passes == 0 || threads == 0 {
		return false
	}
	salt, err := base64.RawStdEncoding.DecodeString(part[4])
	if err != nil {
		return false
	}
	want, err := base64.RawStdEncoding.DecodeString(part[5])
	if err != nil || len(want) != pinHashLen {
		return false
	}
	got := argon2.IDKey([]byte(pin), salt, passes, memory, threads, pinHashLen)
	return subtle.ConstantTimeCompare(got, want) == 1
}
