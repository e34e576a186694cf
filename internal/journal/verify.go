package journal

import (
	"cmp"
	"context"
	"crypto/hmac"
	"errors"
	"fmt"
	"slices"
)

// Report is what Verify found.
type Report struct {
	Events   int64   // events checked
	Attempts int64   // attempts rebuilt and compared
	First    int64   // sequence number of the first bad event, 0 if none
	Removed  int64   // events whose personal data was removed after its time
	Anchored int64   // sequence number in the anchor file, 0 if there is none
	Faults   []Fault // bad events first, in their order; at most 100
}

// Fault is one thing that is wrong with a journal.
type Fault struct {
	Seq     int64  // the event, 0 if it is not one event
	Attempt string // the attempt, may be empty
	Text    string // one sentence without a full stop
}

// OK says that nothing is wrong.
func (r Report) OK() bool { return len(r.Faults) == 0 }

const maxFaults = 100

// verifier walks one journal, all of it as of one moment.
type verifier struct {
	j    *Journal
	tx   querier
	r    Report
	last int64 // sequence number of the newest event
	// broken: an event itself is missing or was changed. gone are the events
	// whose personal data is not as removals say.
	broken bool
	gone   []Fault
}

// Verify checks the whole journal: the chain with its gaps and personal data,
// every attempt's row and wording against its events, the anchor, and SQLite's
// own structure. What is wrong is in the report; the error is only for a check
// that could not be finished.
func (j *Journal) Verify(ctx context.Context) (Report, error) {
	tx, err := j.begin(ctx)
	if err != nil {
		return Report{}, err
	}
	defer rollback(tx)
	v := verifier{j: j, tx: tx}
	err = v.run(ctx, append(v.contents(), v.structure))
	return v.r, err
}

// contents are the steps that look at what the tables hold.
func (v *verifier) contents() []func(context.Context) error {
	return []func(context.Context) error{v.facts, v.chain, v.rows, v.strays, v.anchor}
}

// run takes the steps one after the other and puts what they found in order.
func (v *verifier) run(ctx context.Context, steps []func(context.Context) error) error {
	for _, step := range steps {
		err := translate(step(ctx))
		if errors.Is(err, ErrDamaged) {
			v.add(0, "", "a part of the file cannot be read")
			continue
		}
		if err != nil {
			return err
		}
	}
	v.addGone()
	slices.SortStableFunc(v.r.Faults, func(a, b Fault) int { return cmp.Compare(uint64(a.Seq-1), uint64(b.Seq-1)) })
	return nil
}

func (v *verifier) add(seq int64, attempt, text string) {
	if seq > 0 && (v.r.First == 0 || seq < v.r.First) {
		v.r.First = seq
	}
	if len(v.r.Faults) < maxFaults {
		v.r.Faults = append(v.r.Faults, Fault{Seq: seq, Attempt: attempt, Text: text})
	}
}

// chain follows the events from the first to the last.
func (v *verifier) chain(ctx context.Context) error {
	// The types are asked for because a changed type can leave the bytes alone.
	rows, err := v.tx.QueryContext(ctx, "SELECT typeof(seq) || typeof(at) || typeof(type) || typeof(attempt) ||"+
		" typeof(payload) || typeof(digest) || typeof(mac), EXISTS (SELECT 1 FROM events f WHERE f.attempt = l.attempt"+
		" AND f.attempt <> '' AND f.seq > l.seq AND f.type = 'forgotten'), * FROM ("+selectLine+") l ORDER BY seq")
	if err != nil {
		return err
	}
	defer rows.Close()
	next, before := int64(1), v.j.genesis()
	for rows.Next() {
		var types string
		var removed bool
		var l line
		var p personal
		err := rows.Scan(&types, &removed, &l.seq, &l.at, &l.kind, &l.attempt, &l.payload, &l.digest, &l.mac, &p.salt, &p.data, &p.kept, &p.record)
		if err != nil {
			v.bad(next, "", fmt.Sprintf("event %d cannot be read", next))
			break
		}
		v.r.Events++
		if l.seq < next {
			v.bad(next, "", fmt.Sprintf("an event numbered %d stands before event %d", l.seq, next))
			continue
		}
		if l.seq > next {
			v.bad(next, "", missing(next, l.seq-1))
		}
		v.line(l, p, before, types, removed)
		v.last, next, before = l.seq, l.seq+1, l.mac
	}
	if err := translate(rows.Err()); errors.Is(err, ErrDamaged) {
		v.bad(next, "", fmt.Sprintf("the journal cannot be read from event %d on", next))
	} else if err != nil {
		return err
	}
	return nil
}

// bad adds an event that is missing or was changed itself.
func (v *verifier) bad(seq int64, attempt, text string) {
	v.broken = true
	v.add(seq, attempt, text)
}

// astray keeps an event whose personal data is not as removals say.
func (v *verifier) astray(l line, what string) {
	if len(v.gone) < maxFaults {
		v.gone = append(v.gone, Fault{l.seq, l.attempt, fmt.Sprintf("the personal data of event %d %s", l.seq, what)})
	}
}

// addGone adds the events whose personal data is missing, or there again. In a
// broken chain it may be the removal that is missing: then the first event that
// was tampered with is not to be found among them.
func (v *verifier) addGone() {
	for _, f := range v.gone {
		if v.broken {
			f.Seq = 0
		}
		v.add(f.Seq, f.Attempt, f.Text)
	}
}

func missing(from, to int64) string {
	if from >= to {
		return fmt.Sprintf("event %d is missing", from)
	}
	return fmt.Sprintf("events %d to %d are missing", from, to)
}

// line checks one event and its personal data; removed says that a later
// event of its attempt removed that.
func (v *verifier) line(l line, p personal, before []byte, types string, removed bool) {
	switch {
	case types != "integerintegertexttexttextblobblob" || !hmac.Equal(l.mac, l.sum(v.j.opt.Key, before)):
		v.bad(l.seq, l.attempt, fmt.Sprintf("event %d was changed, or the one before it was", l.seq))
	case removed && p.salt != nil:
		v.astray(l, "was removed and is there again")
	case removed:
		if len(l.digest) > 0 {
			v.r.Removed++
		}
	case len(l.digest) > 0 && p.salt == nil:
		v.astray(l, "is missing")
	case !p.matches(l.digest):
		v.add(l.seq, l.attempt, fmt.Sprintf("the personal data of event %d was changed", l.seq))
	}
}

// strays finds what belongs to no attempt and no event.
func (v *verifier) strays(ctx context.Context) error {
	for _, table := range []string{"people", "wording"} {
		if err := v.count(ctx, table+" without an attempt", "SELECT count(*) FROM "+table+" WHERE row NOT IN (SELECT row FROM attempts)"); err != nil {
			return err
		}
	}
	err := v.count(ctx, "people without any data", "SELECT count(*) FROM people WHERE pre_approval || mobile || email || message = ''")
	if err != nil {
		return err
	}
	return v.count(ctx, "personal data without an event", "SELECT count(*) FROM personal WHERE seq NOT IN (SELECT seq FROM events)")
}

func (v *verifier) count(ctx context.Context, what, query string) error {
	var n int
	if err := v.tx.QueryRowContext(ctx, query).Scan(&n); err != nil {
		return err
	}
	if n > 0 {
		v.add(0, "", fmt.Sprintf("there are %d rows of %s", n, what))
	}
	return nil
}

// anchor compares the chain with how far it once was.
func (v *verifier) anchor(ctx context.Context) error {
	a, err := v.j.checkedAnchor(ctx, v.tx)
	v.r.Anchored = a.Seq
	if !errors.Is(err, ErrAnchor) {
		return err
	}
	if a.Journal == v.j.id && hmac.Equal(a.Seal, a.seal(v.j.opt.Key)) && v.last < a.Seq {
		v.bad(v.last+1, "", missing(v.last+1, a.Seq)+" at the end")
	}
	v.add(0, "", err.Error())
	return nil
}
