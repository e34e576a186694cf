package ui

import (
	"bytes"
	"io"
	"os"
	"time"
)

// The marks that a terminal puts around pasted text.
var (
	pasteBegins = []byte("\x1b[200~")
	pasteEnds   = []byte("\x1b[201~")
)

// pasteFor is how long the rest of a paste is waited for. A terminal sends all of it
// at once.
const pasteFor = 500 * time.Millisecond

// pastes is a keyboard on which every paste ends. bubbletea reads on until the end of
// one comes: a barcode that holds the mark of a beginning would swallow every key.
type pastes struct {
	io.Reader
	now  func() time.Time
	open time.Time // when something of a paste last came; zero when none is open
	tail []byte    // of the last read: a mark may be cut
	next []byte    // to be read before anything else
}

// Read reads keys, with the end of a paste before them where that never came.
func (p *pastes) Read(buf []byte) (int, error) {
	if len(p.next) > 0 {
		n := copy(buf, p.next)
		p.next = p.next[n:]
		return n, nil
	}
	n, err := p.Reader.Read(buf)
	if n == 0 {
		return n, err
	}
	late := !p.open.IsZero() && p.now().Sub(p.open) >= pasteFor
	if late && !bytes.Contains(append(p.tail, buf[:n]...), pasteEnds) {
		p.next = append(append(p.next, pasteEnds...), buf[:n]...)
		p.open, p.tail = time.Time{}, nil
	}
	p.follow(buf[:n])
	if len(p.next) > 0 {
		return p.Read(buf) // an error comes again
	}
	return n, err
}

// follow notes whether a paste is open after these bytes.
func (p *pastes) follow(chunk []byte) {
	all := append(append([]byte(nil), p.tail...), chunk...)
	p.tail = all[max(len(all)-len(pasteEnds)+1, 0):]
	begin, end := bytes.LastIndex(all, pasteBegins), bytes.LastIndex(all, pasteEnds)
	switch {
	case begin > end, end < 0 && !p.open.IsZero():
		p.open = p.now()
	default:
		p.open = time.Time{}
	}
}

// keyboard is an input that bubbletea takes for the terminal that it is.
type keyboard struct {
	*os.File
	pastes *pastes
}

// Read reads keys.
func (k keyboard) Read(buf []byte) (int, error) { return k.pastes.Read(buf) }

// typed is the input for bubbletea.
func typed(in io.Reader) io.Reader {
	p := &pastes{Reader: in, now: time.Now}
	if f, ok := in.(*os.File); ok {
		return keyboard{File: f, pastes: p}
	}
	return p
}
