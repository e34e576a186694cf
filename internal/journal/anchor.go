package journal

import (
	"bytes"
	"context"
	"crypto/hmac"
	"database/sql"
	"encoding/binary"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/natefinch/atomic"

	"cashdesk/providers"
)

// anchorEvery is after how many events the anchor is written anew.
const anchorEvery = 100

// ErrAnchor: the journal does not reach the anchor that was written for it. An
// older copy was put back, or its end was cut off.
var ErrAnchor = errors.New("journal behind its anchor")

// anchor is the content of the anchor file: how far the chain had come.
type anchor struct {
	Journal string    `json:"journal"`
	Seq     int64     `json:"seq"`
	MAC     []byte    `json:"mac"`
	At      time.Time `json:"at"`
	Seal    []byte    `json:"seal"`
}

func (a anchor) seal(key []byte) []byte {
	var seq [8]byte
	binary.BigEndian.PutUint64(seq[:], uint64(a.Seq))
	return mac(key, "anchor", []byte(a.Journal), seq[:], a.MAC)
}

// CheckAnchor compares the journal with its anchor file: nil if there is none
// or the journal holds what it says, ErrAnchor if not.
func (j *Journal) CheckAnchor(ctx context.Context) error {
	_, err := j.checkedAnchor(ctx, j.read)
	return err
}

// checkedAnchor reads the anchor and finds its place in the chain.
func (j *Journal) checkedAnchor(ctx context.Context, q querier) (anchor, error) {
	var a anchor
	if j.opt.Anchor == "" {
		return a, nil
	}
	data, err := os.ReadFile(j.opt.Anchor)
	if errors.Is(err, fs.ErrNotExist) {
		return a, nil
	}
	if err != nil {
		return a, &providers.Error{Kind: providers.Internal, Text: "the journal's anchor file cannot be read",
			Hint: "check " + j.opt.Anchor, Err: err}
	}
	if err := json.Unmarshal(data, &a); err != nil || !hmac.Equal(a.Seal, a.seal(j.opt.Key)) {
		return a, j.astray("the anchor file was changed or belongs to another keystore")
	}
	if a.Journal != j.id {
		return a, j.astray("the anchor file belongs to another journal: this one may be new in the place of an older one")
	}
	var held []byte
	err = q.QueryRowContext(ctx, "SELECT mac FROM events WHERE seq = ?", a.Seq).Scan(&held)
	if errors.Is(err, sql.ErrNoRows) || err == nil && !hmac.Equal(held, a.MAC) {
		return a, j.astray("the journal does not reach its anchor: an older copy was put back, or its end was cut off")
	}
	return a, translate(err)
}

func (j *Journal) astray(text string) error {
	return fault(providers.Internal, ErrAnchor, text,
		"find out why; when a manager has accepted it, remove "+j.opt.Anchor+" and a new one is written", nil)
}

// anchorAfter writes the anchor after an event, when it is due. An anchor that
// cannot be written does not undo what was recorded: Verify and Close tell.
func (j *Journal) anchorAfter(l line, by providers.EventType) {
	if l.seq%anchorEvery != 0 && by != providers.EventSignOut {
		return
	}
	_ = j.writeAnchor(context.Background(), l) // see above
}

// anchorHead writes the anchor for the newest event.
func (j *Journal) anchorHead(ctx context.Context) error {
	if j.opt.Anchor == "" {
		return nil
	}
	var l line
	err := j.read.QueryRowContext(ctx, "SELECT seq, mac FROM events ORDER BY seq DESC LIMIT 1").Scan(&l.seq, &l.mac)
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	if err != nil {
		return translate(err)
	}
	return j.writeAnchor(ctx, l)
}

// writeAnchor writes the anchor at l, unless the one that is there is ahead or
// speaks against this journal: it is then the only witness.
func (j *Journal) writeAnchor(ctx context.Context, l line) error {
	if j.opt.Anchor == "" {
		return nil
	}
	there, err := j.checkedAnchor(ctx, j.read)
	if err != nil {
		return err
	}
	if there.Seq >= l.seq {
		return nil
	}
	a := anchor{Journal: j.id, Seq: l.seq, MAC: l.mac, At: j.now()}
	a.Seal = a.seal(j.opt.Key)
	data, err := json.Marshal(a)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(j.opt.Anchor), 0o700); err != nil {
		return unanchored(err)
	}
	if err := atomic.WriteFile(j.opt.Anchor, bytes.NewReader(append(data, '\n'))); err != nil {
		return unanchored(err)
	}
	return nil
}

func unanchored(err error) error {
	return &providers.Error{Kind: providers.Internal, Text: "the journal's anchor file cannot be written",
		Hint: "check the folder that the settings name for it", Err: err}
}
