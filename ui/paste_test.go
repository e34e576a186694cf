package ui

import (
	"io"
	"strings"
	"testing"
	"time"
)

// reads is a keyboard: one read after the other, each so much later.
type reads struct {
	now   time.Time
	next  []string
	after time.Duration
}

func (r *reads) Read(buf []byte) (int, error) {
	if len(r.next) == 0 {
		return 0, io.EOF
	}
	r.now = r.now.Add(r.after)
	n := copy(buf, r.next[0])
	r.next = r.next[1:]
	return n, nil
}

func TestAPasteThatNeverEndsTakesNoKeyboardAway(t *testing.T) {
	for _, c := range []struct {
		after time.Duration
		reads []string
		want  string
	}{
		{time.Second, []string{"\x1b[200~61", "\x11", "5"}, "\x1b[200~61|\x1b[201~\x11|5"},
		{time.Second, []string{"\x1b[200~61\x1b[201~", "5"}, "\x1b[200~61\x1b[201~|5"},
		{time.Second, []string{"\x1b[200~61", "7\x1b[201~", "5"}, "\x1b[200~61|7\x1b[201~|5"},
		{time.Second, []string{"\x1b[200~61\x1b[2", "01~", "5"}, "\x1b[200~61\x1b[2|01~|5"},
		{time.Millisecond, []string{"\x1b[200~long", " and", " longer\x1b[201~"}, "\x1b[200~long| and| longer\x1b[201~"},
		{time.Second, []string{"\x1b[200~1", "\x1b[200~2", "3"}, "\x1b[200~1|\x1b[201~\x1b[200~2|\x1b[201~3"},
	} {
		r := &reads{next: c.reads, after: c.after}
		p := &pastes{Reader: r, now: func() time.Time { return r.now }}
		var got []string
		buf := make([]byte, 256)
		for {
			n, err := p.Read(buf)
			if err != nil {
				break
			}
			got = append(got, string(buf[:n]))
		}
		if joined := strings.Join(got, "|"); joined != c.want {
			t.Errorf("%q was read as %q, want %q", c.reads, joined, c.want)
		}
	}
}
