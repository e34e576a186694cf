package journal

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"

	"cashdesk/providers"
)

// Record writes an attempt down, before anything of it is sent. It takes the
// attempt's ID, Of, Sale, Reference, Provider, Kind, Amount, FinanceMinor,
// Operator, Session, Counter, ReceiptDue and Personal; everything else begins empty, Test
// is the journal's mode, CreatedAt its clock. An id or reference that was used
// before is ErrExists.
func (j *Journal) Record(ctx context.Context, a providers.Attempt, body Body) (providers.Attempt, error) {
	return j.recordIf(ctx, a, body, nil)
}

func (j *Journal) recordIf(ctx context.Context, a providers.Attempt, body Body, holds condition) (providers.Attempt, error) {
	if a.ID == "" || a.Reference == "" {
		return providers.Attempt{}, fault(providers.Internal, ErrStep, "an attempt needs an id and a reference", "", nil)
	}
	if len(body.Kept) > 0 && body.Hash != hashOf(body.Kept) {
		return providers.Attempt{}, fault(providers.Internal, ErrStep, "the bytes to be kept are not those of the hash", "", nil)
	}
	e := providers.Event{
		Type: providers.EventRecorded, Attempt: a.ID, BodyHash: body.Hash,
		By: a.Operator, Session: a.Session,
	}
	e.Recorded = &providers.Attempt{
		ID: a.ID, Sale: a.Sale, Reference: a.Reference, Provider: a.Provider, Kind: a.Kind,
		Amount: a.Amount, FinanceMinor: a.FinanceMinor, Operator: a.Operator, Session: a.Session,
		Counter: a.Counter, Test: j.opt.Mode == Test, Personal: a.Personal, Of: a.Of, ReceiptDue: a.ReceiptDue,
	}
	return j.commit(ctx, e, body, holds)
}

// Append writes an event, and with it the row of its attempt, in one
// transaction that is on the disk when Append returns. The journal sets the
// event's time, number and version. What providers.Life does not allow, and a
// BodyHash other than the recorded one, is refused with ErrStep and nothing is
// written. For an event of the counter the
// attempt returned is empty.
func (j *Journal) Append(ctx context.Context, e providers.Event) (providers.Attempt, error) {
	return j.appendIf(ctx, e, nil)
}

func (j *Journal) appendIf(ctx context.Context, e providers.Event, holds condition) (providers.Attempt, error) {
	if e.Type == providers.EventRecorded {
		return providers.Attempt{}, fault(providers.Internal, ErrStep, "an attempt is recorded with its request or not at all", "", nil)
	}
	e.Recorded = nil
	e.ExpiresAt = storable(e.ExpiresAt)
	return j.commit(ctx, e, Body{}, holds)
}

// ofCounter are the events that belong to no attempt.
var ofCounter = map[providers.EventType]bool{
	providers.EventOpened: true, providers.EventSignIn: true, providers.EventSignOut: true,
	providers.EventPINTry: true, providers.EventPINRight: true,
	providers.EventDenied: true, providers.EventKeySet: true, providers.EventNoted: true,
	providers.EventAllowed: true, providers.EventKeySeen: true, providers.EventPINServed: true,
	providers.EventRegistering: true, providers.EventKeyRemoved: true, providers.EventStaff: true,
	providers.EventKeystore: true, providers.EventKeystoreDoubted: true,
}

// condition is asked in a transaction before anything is written in it: an error
// leaves it all as it was. Nil asks nothing.
type condition func(ctx context.Context, tx writer) error

// commitOnce does all of an event in one transaction. It begins IMMEDIATE (see
// dsn), so that nobody can write between the reading of the chain's head and
// the new line after it.
func (j *Journal) commitOnce(ctx context.Context, e providers.Event, body Body, holds condition) (providers.Attempt, error) {
	tx, err := j.written.begin(ctx)
	if err != nil {
		return providers.Attempt{}, translate(err)
	}
	defer rollback(tx.Tx)
	head, err := j.head(ctx, tx)
	if err != nil {
		return providers.Attempt{}, translate(err)
	}
	if holds != nil {
		if err := holds(ctx, tx); err != nil {
			return providers.Attempt{}, translate(err)
		}
	}
	e.Seq, e.At = head.seq+1, j.now()
	if e.Version == "" {
		e.Version = j.opt.Version
	}
	after, err := j.apply(ctx, tx, e)
	if err != nil {
		return providers.Attempt{}, translate(err)
	}
	next, err := j.writeEvent(ctx, tx, head, e, body)
	if err != nil {
		return providers.Attempt{}, translate(err)
	}
	if err := tx.Commit(); err != nil {
		return providers.Attempt{}, translate(err)
	}
	j.anchorAfter(next, e.Type)
	return after, nil
}

// head is the newest line, or what stands for it in an empty journal.
func (j *Journal) head(ctx context.Context, tx writer) (line, error) {
	var l line
	err := tx.QueryRowContext(ctx, "SELECT seq, mac FROM events ORDER BY seq DESC LIMIT 1").Scan(&l.seq, &l.mac)
	if errors.Is(err, sql.ErrNoRows) {
		return line{mac: j.genesis()}, nil
	}
	return l, err
}

// writeEvent adds the line after head.
func (j *Journal) writeEvent(ctx context.Context, tx writer, head line, e providers.Event, body Body) (line, error) {
	data, err := encode(e, body.Call)
	if err != nil {
		return line{}, err
	}
	s := side{Message: e.Message}
	if e.Recorded != nil {
		p := e.Recorded.Personal
		s = side{PreApproval: p.PreApproval, Mobile: p.Mobile, Email: p.Email, Message: p.Message}
	}
	private, err := newPersonal(s, body)
	if err != nil {
		return line{}, err
	}
	l := line{seq: e.Seq, at: nanos(e.At), kind: string(e.Type), attempt: e.Attempt, payload: data, digest: private.digest()}
	l.mac = l.sum(j.opt.Key, head.mac)
	_, err = tx.ExecContext(ctx, "INSERT INTO events (seq, at, type, attempt, payload, digest, mac) VALUES (?, ?, ?, ?, ?, ?, ?)",
		l.seq, l.at, l.kind, l.attempt, string(l.payload), l.digest, l.mac)
	if err != nil || private.salt == nil {
		return l, err
	}
	_, err = tx.ExecContext(ctx, "INSERT INTO personal (seq, salt, data, kept, record) VALUES (?, ?, ?, ?, ?)",
		l.seq, private.salt, private.data, notNull(private.kept), notNull(private.record))
	return l, err
}

// notNull makes of no bytes an empty value, which the driver would store as NULL.
func notNull(b []byte) []byte {
	if b == nil {
		return []byte{}
	}
	return b
}

func hashOf(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}
