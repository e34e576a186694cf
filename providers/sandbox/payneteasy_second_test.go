package sandbox

import (
	"bytes"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"math/bits"
	"os/exec"
	"strings"
	"testing"
)

// The signature of a begun transfer is the one thing that a connecting party's
// server must get exactly right. It is made here a second time, from the two
// standards alone, and a third time by another program where that is installed.

// secondSHA1 is SHA-1 as FIPS 180-4 writes it.
func secondSHA1(message []byte) []byte {
	length := uint64(len(message)) * 8
	message = append(bytes.Clone(message), 0x80)
	for len(message)%64 != 56 {
		message = append(message, 0)
	}
	message = binary.BigEndian.AppendUint64(message, length)
	h := [5]uint32{0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0}
	for ; len(message) > 0; message = message[64:] {
		var w [80]uint32
		for t := range w {
			if t < 16 {
				w[t] = binary.BigEndian.Uint32(message[4*t:])
			} else {
				w[t] = bits.RotateLeft32(w[t-3]^w[t-8]^w[t-14]^w[t-16], 1)
			}
		}
		a, b, c, d, e := h[0], h[1], h[2], h[3], h[4]
		for t := range w {
			f, k := b^c^d, uint32(0xca62c1d6)
			switch {
			case t < 20:
				f, k = b&c|^b&d, 0x5a827999
			case t < 40:
				k = 0x6ed9eba1
			case t < 60:
				f, k = b&c|b&d|c&d, 0x8f1bbcdc
			}
			a, b, c, d, e = bits.RotateLeft32(a, 5)+f+e+k+w[t], a, bits.RotateLeft32(b, 30), c, d
		}
		for i, v := range []uint32{a, b, c, d, e} {
			h[i] += v
		}
	}
	var sum []byte
	for _, v := range h {
		sum = binary.BigEndian.AppendUint32(sum, v)
	}
	return sum
}

// secondMAC is HMAC as RFC 2104 writes it, for keys of at most one block.
func secondMAC(key, text []byte) string {
	inner, outer := make([]byte, 64), make([]byte, 64)
	copy(inner, key)
	copy(outer, key)
	for i := range inner {
		inner[i] ^= 0x36
		outer[i] ^= 0x5c
	}
	return strings.ToUpper(hex.EncodeToString(secondSHA1(append(outer, secondSHA1(append(inner, text...))...))))
}

// begunMAC is the second implementation's signature for a begun transfer.
func begunMAC(t *testing.T, key, token, centis string, begun payneteasyBegun) string {
	t.Helper()
	raw, err := hex.DecodeString(strings.ReplaceAll(key, "-", ""))
	if err != nil {
		t.Fatal(err)
	}
	text := fmt.Sprintf("%s%s%s%s%s%s%s", token, "SN-0001", begun.EndpointID, begun.Session.Nonce, begun.InvoiceID, centis, "EUR")
	second := secondMAC(raw, []byte(text))
	if third, installed := opensslMAC(t, raw, text); installed && third != second {
		t.Fatalf("openssl makes %s, the second implementation %s", third, second)
	}
	return second
}

// opensslMAC asks the openssl program, where there is one.
func opensslMAC(t *testing.T, key []byte, text string) (mac string, installed bool) {
	t.Helper()
	program, err := exec.LookPath("openssl")
	if err != nil {
		return "", false
	}
	c := exec.CommandContext(t.Context(), program, "dgst", "-sha1", "-mac", "HMAC", "-macopt", "hexkey:"+hex.EncodeToString(key))
	c.Stdin = strings.NewReader(text)
	out, err := c.Output()
	if err != nil {
		t.Logf("openssl does not help: %v", err)
		return "", false
	}
	fields := strings.Fields(string(out))
	return strings.ToUpper(fields[len(fields)-1]), true
}

func TestASecondImplementationMakesTheSameSignatures(t *testing.T) {
	for _, row := range [][2]string{{"", "da39a3ee5e6b4b0d3255bfef95601890afd80709"}, {"abc", "a9993e364706816aba3e25717850c26c9cd0d89d"},
		{strings.Repeat("a", 1000), "291e9a6c66994949b57ba5e650361e98fc36b1ba"}} {
		if have := hex.EncodeToString(secondSHA1([]byte(row[0]))); have != row[1] {
			t.Fatalf("SHA-1 of %.10q is %s, want %s", row[0], have, row[1])
		}
	}
	s := open(t, Options{})
	token := s.newToken()
	s.post(ratePath, jsonText(t, rateOf(token, "SN-0001")))
	for _, centis := range []string{"1", "10000", "12550", "2000000"} {
		g := s.post(initiatePath, jsonText(t, transferOf(centis, map[string]any{"session": map[string]any{"accessToken": token}})))
		begun := begunIn(t, g)
		if want := begunMAC(t, PayneteasyControlKey, token, centis, begun); begun.Session.Signature != want {
			t.Errorf("%s cents are signed %s, want %s", centis, begun.Session.Signature, want)
		}
		if begunMAC(t, PayneteasyControlKey, token, centis+"0", begun) == begun.Session.Signature || begunMAC(t, "ABCD", token, centis, begun) == begun.Session.Signature {
			t.Error("the signature fits another amount or another key")
		}
	}
}
