package sandbox

import (
	"encoding/hex"
	"fmt"
	"io"
)

// random gives n random bytes; mu is held.
func (s *Server) random(n int) []byte {
	b := make([]byte, n)
	if _, err := io.ReadFull(s.options.Rand, b); err != nil {
		panic(fmt.Sprintf("sandbox: no randomness: %v", err))
	}
	return b
}

// digits gives n digits, the first not 0, that were not given before; mu is
// held. They are random and not counted, so that a sandbox started anew does
// not repeat the numbers that a counter's books already hold.
func (s *Server) digits(n int) string {
	for {
		b := s.random(n)
		for i := range b {
			b[i] = '0' + b[i]%10
		}
		if b[0] != '0' && !s.issued[string(b)] {
			s.issued[string(b)] = true
			return string(b)
		}
	}
}

// uuid gives a random UUID; mu is held.
func (s *Server) uuid() string {
	b := s.random(16)
	b[6] = b[6]&0x0f | 0x40
	b[8] = b[8]&0x3f | 0x80
	h := hex.EncodeToString(b)
	return h[:8] + "-" + h[8:12] + "-" + h[12:16] + "-" + h[16:20] + "-" + h[20:]
}
