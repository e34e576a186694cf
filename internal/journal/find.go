package journal

import (
	"context"
	"database/sql"
	"errors"
	"strconv"
	"time"

	"cashdesk/providers"
)

// lateMoney is how long after an invoice's expiry money may still come.
const lateMoney = 24 * time.Hour

// querier is a database or a transaction.
type querier interface {
	rowQuerier
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
}

// rowQuerier is what can be asked for one row.
type rowQuerier interface {
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

// collect reads all attempts of a query, and the numbers of their rows.
func collect(ctx context.Context, q querier, text string, args ...any) ([]providers.Attempt, []int64, error) {
	rows, err := q.QueryContext(ctx, text, args...)
	if err != nil {
		return nil, nil, translate(err)
	}
	defer rows.Close()
	var attempts []providers.Attempt
	var numbers []int64
	for rows.Next() {
		row, a, err := scanAttempt(rows)
		if err != nil {
			return nil, nil, translate(err)
		}
		attempts, numbers = append(attempts, a), append(numbers, row)
	}
	return attempts, numbers, translate(rows.Err())
}

func (j *Journal) one(ctx context.Context, what, condition string, args ...any) (providers.Attempt, error) {
	_, a, err := scanAttempt(j.found.QueryRowContext(ctx, selectAttempt+condition, args...))
	if errors.Is(err, sql.ErrNoRows) {
		return providers.Attempt{}, notFound(what)
	}
	return a, translate(err)
}

func (j *Journal) some(ctx context.Context, condition string, args ...any) ([]providers.Attempt, error) {
	attempts, _, err := collect(ctx, j.found, selectAttempt+condition, args...)
	return attempts, err
}

// Attempt gives an attempt by its id, or ErrNotFound.
func (j *Journal) Attempt(ctx context.Context, id string) (providers.Attempt, error) {
	return j.one(ctx, "such attempt", "WHERE a.id = ?", id)
}

// ByReference gives the attempt that was sent under a reference, or ErrNotFound.
func (j *Journal) ByReference(ctx context.Context, reference string) (providers.Attempt, error) {
	return j.one(ctx, "payment with this reference", "WHERE a.reference = ?", reference)
}

// BySale gives the attempts of a sale, oldest first.
func (j *Journal) BySale(ctx context.Context, sale string) ([]providers.Attempt, error) {
	return j.some(ctx, "WHERE a.sale = ? ORDER BY a.row", sale)
}

// ByCode gives the attempts made with a pre-approval code, newest first. Codes
// are the same with and without their 6199.
func (j *Journal) ByCode(ctx context.Context, code string) ([]providers.Attempt, error) {
	if code == "" {
		return nil, nil
	}
	return j.some(ctx, "WHERE a.row IN (SELECT row FROM people WHERE bare_code = ? AND bare_code <> '') ORDER BY a.row DESC", providers.BareCode(code))
}

// ByProviderRef gives the attempts that hold a provider's reference, oldest
// first: a purchase number must not belong to two sales.
func (j *Journal) ByProviderRef(ctx context.Context, p providers.Provider, ref string) ([]providers.Attempt, error) {
	if ref == "" {
		return nil, nil
	}
	// What a manager wrote down of a refund may be the name of its sale.
	return j.some(ctx, "WHERE a.provider_ref = ? AND a.provider_ref <> '' AND a.provider = ? AND a.kind <> 'refund' ORDER BY a.row", ref, string(p))
}

// Unfinished gives what somebody or something still has to look after, oldest
// first: what was recorded, sent, is not known, open or partly paid; what
// expired less than 24 hours ago; what was contradicted, or may have been paid
// twice.
func (j *Journal) Unfinished(ctx context.Context) ([]providers.Attempt, error) {
	return j.some(ctx, `WHERE a.row IN (
		SELECT row FROM attempts WHERE state IN ('recorded', 'sent', 'unknown', 'open', 'partly_paid')
		UNION SELECT row FROM attempts INDEXED BY attempts_expired WHERE state = 'expired' AND iif(expires_at = 0, answered_at, expires_at) > ?
		UNION SELECT row FROM attempts WHERE contradicted = 1
		UNION SELECT row FROM attempts WHERE possible_double = 1
	) ORDER BY a.row`, nanos(j.now().Add(-lateMoney)))
}

// Recent gives the attempts in a state that were recorded at since or later,
// newest first, at most limit of them.
func (j *Journal) Recent(ctx context.Context, s providers.State, since time.Time, limit int) ([]providers.Attempt, error) {
	// By the time alone: in an old shop most are approved. A limit that is not
	// in the text would have the query compiled anew each time.
	return j.some(ctx, "WHERE a.created_at >= ? AND +a.state = ? ORDER BY +a.row DESC LIMIT "+strconv.Itoa(limit), nanos(storable(since)), string(s))
}

const selectLine = "SELECT e.seq, e.at, e.type, e.attempt, e.payload, e.digest, e.mac, p.salt, p.data, p.kept, p.record" +
	" FROM events e LEFT JOIN personal p ON p.seq = e.seq "

// first reads the event that recorded an attempt, which gave the attempt's row
// its number; ErrNotFound if there is no such attempt.
func first(ctx context.Context, q rowQuerier, id string) (line, personal, error) {
	l, p, err := scanLine(q.QueryRowContext(ctx, selectLine+"WHERE e.seq = (SELECT row FROM attempts WHERE id = ?)", id))
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return l, p, notFound("such attempt")
	case err == nil && l.attempt != id:
		err = damaged(errors.New("the row of an attempt has the number of another's event"))
	}
	return l, p, translate(err)
}

func scanLine(s scanner) (l line, p personal, err error) {
	err = s.Scan(&l.seq, &l.at, &l.kind, &l.attempt, &l.payload, &l.digest, &l.mac, &p.salt, &p.data, &p.kept, &p.record)
	return l, p, err
}

// events reads all events of a query.
func (j *Journal) events(ctx context.Context, condition string, args ...any) ([]providers.Event, error) {
	rows, err := j.found.QueryContext(ctx, selectLine+condition, args...)
	if err != nil {
		return nil, translate(err)
	}
	defer rows.Close()
	var events []providers.Event
	for rows.Next() {
		l, p, err := scanLine(rows)
		if err != nil {
			return nil, translate(err)
		}
		e, _, err := decode(l, p)
		if err != nil {
			return nil, damaged(err)
		}
		events = append(events, e)
	}
	return events, translate(rows.Err())
}

// Timeline gives the events of an attempt, oldest first, with the provider's
// texts; ErrNotFound if there is no such attempt.
func (j *Journal) Timeline(ctx context.Context, id string) ([]providers.Event, error) {
	if id == "" {
		return nil, notFound("such attempt")
	}
	events, err := j.events(ctx, "WHERE e.attempt = ? AND e.attempt <> '' ORDER BY e.seq", id)
	if err == nil && len(events) == 0 {
		return nil, notFound("such attempt")
	}
	return events, err
}

// CounterEvents gives the events of the counter that have one of the types,
// happened at since or later, and were made by the operator by (by anybody if
// that is ""), newest first, at most limit of them.
func (j *Journal) CounterEvents(ctx context.Context, types []providers.EventType, by string, since time.Time, limit int) ([]providers.Event, error) {
	var c conditions
	c.add("e.attempt = ''")
	oneOf(&c, "e.type", types)
	c.add("e.at >= ?", nanos(storable(since)))
	if by != "" {
		c.add("e.payload ->> '$.by' = ?", by)
	}
	return j.events(ctx, c.where()+"ORDER BY e.seq DESC LIMIT "+strconv.Itoa(limit), c.args...)
}

// Body gives what belongs to an attempt's request. Bytes that are not those
// that were recorded are never given out: ErrDamaged.
func (j *Journal) Body(ctx context.Context, id string) (Body, error) {
	l, p, err := first(ctx, j.found, id)
	if err != nil {
		return Body{}, err
	}
	e, call, err := decode(l, p)
	if err != nil {
		return Body{}, damaged(err)
	}
	if p.salt != nil && !p.matches(l.digest) || len(p.kept) > 0 && hashOf(p.kept) != e.BodyHash {
		return Body{}, damaged(errors.New("the bytes of a request were changed"))
	}
	return Body{Call: call, Kept: p.kept, Record: p.record, Hash: e.BodyHash}, nil
}

// Changed says whether another process, or another handle, wrote to the
// journal since the last call.
func (j *Journal) Changed(ctx context.Context) (bool, error) {
	var version int64
	// Asked on the one connection that writes: its own commits do not count.
	if err := j.write.QueryRowContext(ctx, "PRAGMA data_version").Scan(&version); err != nil {
		return false, translate(err)
	}
	j.mu.Lock()
	defer j.mu.Unlock()
	changed := version != j.version
	j.version = version
	return changed, nil
}
