package journal

import (
	"context"
	"database/sql"
	"errors"

	"cashdesk/providers"
)

// Why a refund or its undoing is not recorded; nothing was written.
var (
	// ErrRemaining: more than what remains of the sale.
	ErrRemaining = errors.New("more than remains of the sale")
	// ErrPending: a refund of this sale, or a request about it, is not known yet.
	ErrPending = errors.New("a refund of the sale is not known yet")
	// ErrUndone: it is undone already, or being undone.
	ErrUndone = errors.New("refund undone already")
)

// Refunds are what was given back of a sale, or is being given back.
type Refunds struct {
	All   []providers.Attempt // oldest first, whatever became of them
	undos []providers.Attempt
}

// counts says that a refund or an undoing may have happened, or still may. One
// that an answer says was made counts until a manager has settled which is true.
func counts(a providers.Attempt) bool {
	return a.State == providers.Approved || a.Doubted || pending(a)
}

// pending says that nobody knows yet, or that an answer came which says
// otherwise: until a manager has looked at that, it may have been made after all.
func pending(a providers.Attempt) bool {
	switch a.State {
	case providers.Recorded, providers.Sent, providers.Unknown:
		return true
	case providers.Approved:
		return false
	}
	return a.Contradicted
}

// Undo is the undoing of a refund that was approved, or may still be; empty if
// there is none.
func (r Refunds) Undo(id string) providers.Attempt {
	for _, u := range r.undos {
		if u.Of == id && counts(u) {
			return u
		}
	}
	return providers.Attempt{}
}

// Undone says that a refund was undone, for certain.
func (r Refunds) Undone(id string) bool { return r.Undo(id).Undid() }

// Gone is how many minor units went back, or may have.
func (r Refunds) Gone() int64 {
	var minor int64
	for _, a := range r.All {
		if counts(a) && !r.Undone(a.ID) {
			minor += a.Amount.Minor
		}
	}
	return minor
}

// Waits says why the next refund has to wait: nobody knows of the one before. It
// is nil where nothing is in its way.
func (r Refunds) Waits() error {
	a := r.Pending()
	switch {
	case a.ID == "":
		return nil
	case a.Contradicted:
		return fault(providers.Conflict, ErrPending, "a refund of "+a.Amount.String()+" of this sale may have been made after all",
			"a manager looks at it before the next one", nil)
	}
	return fault(providers.Conflict, ErrPending, "a refund of "+a.Amount.String()+" of this sale is not known yet",
		"wait until it is known, or undo it, before the next one", nil)
}

// Pending is the refund that nobody knows of yet; empty if there is none.
func (r Refunds) Pending() providers.Attempt {
	for _, a := range r.All {
		if pending(a) && !r.Undone(a.ID) {
			return a
		}
	}
	return providers.Attempt{}
}

// Refunds gives the refunds of an attempt, with what became of each.
func (j *Journal) Refunds(ctx context.Context, id string) (Refunds, error) {
	r, err := refundsOf(ctx, j.found, id)
	return r, translate(err)
}

func refundsOf(ctx context.Context, q querier, id string) (Refunds, error) {
	all, _, err := collect(ctx, q, selectAttempt+"WHERE a.of = ?1 AND a.of <> '' OR a.of <> '' AND a.of IN"+
		" (SELECT id FROM attempts WHERE of = ?1 AND of <> '') ORDER BY a.row", id)
	var r Refunds
	for _, a := range all {
		if a.Kind == providers.UndoRefund {
			r.undos = append(r.undos, a)
		} else {
			r.All = append(r.All, a)
		}
	}
	return r, err
}

// mayReturn refuses a refund, or the undoing of one, that does not fit how its
// sale stands in this moment: two that begin at once cannot both be recorded.
// Nothing is sent of one that is written down by hand.
func mayReturn(ctx context.Context, tx writer, a providers.Attempt, byHand bool) error {
	_, of, err := scanAttempt(tx.QueryRowContext(ctx, selectAttempt+"WHERE a.id = ?", a.Of))
	if errors.Is(err, sql.ErrNoRows) {
		return notFound("such attempt")
	}
	if err != nil {
		return err
	}
	if a.Sale != of.Sale || a.Provider != of.Provider || a.Amount.Currency != of.Amount.Currency || a.Amount.Minor < 1 {
		return fault(providers.Internal, ErrStep, "a refund must be of the sale that it names", "", nil)
	}
	if a.Kind == providers.UndoRefund {
		return mayUndo(ctx, tx, a, of)
	}
	confirmed := of.State == providers.Approved && of.Kind != providers.Invite && !of.Kind.Returns()
	if of.Contradicted && !of.PossibleDouble || !confirmed && !(byHand && of.Returnable().Minor > 0) {
		return fault(providers.Conflict, ErrStep, "only a sale that is approved can be refunded", "look at it again in the history", nil)
	}
	all, err := refundsOf(ctx, tx, of.ID)
	if err != nil {
		return err
	}
	if err := all.Waits(); err != nil {
		return err
	}
	left := providers.Amount{Minor: of.Returnable().Minor - all.Gone(), Currency: of.Amount.Currency}
	if a.Amount.Minor <= left.Minor {
		return nil
	}
	text := "only " + left.String() + " of this sale can still be refunded"
	if left.Minor <= 0 {
		text = "this sale is refunded already"
	}
	return &providers.Error{Kind: providers.Conflict, Field: "amount", Text: text, Err: ErrRemaining}
}

// mayUndo refuses the undoing of a refund about which a request is on its way:
// what arrives after the undoing would be a new refund.
func mayUndo(ctx context.Context, tx writer, a, of providers.Attempt) error {
	known := of.State == providers.Approved || of.State == providers.Unknown && of.Closed
	if of.Kind != providers.Refund || of.Sends == 0 || !known || a.Amount != of.Amount {
		return fault(providers.Conflict, ErrStep, "only a refund that was sent from here and is closed or approved can be undone", "look at it again in the history", nil)
	}
	all, err := refundsOf(ctx, tx, of.Of)
	if err != nil {
		return err
	}
	if all.Undo(of.ID).ID != "" {
		return fault(providers.Conflict, ErrUndone, "this refund is undone already, or is being undone", "look at the undoing in the history", nil)
	}
	var last string
	// An answer that came after a manager had settled it is a contradiction.
	err = tx.QueryRowContext(ctx, "SELECT type FROM events WHERE attempt = ? AND attempt <> ''"+
		" AND type IN ('sent', 'resent', 'answered', 'interrupted', 'contradicted') ORDER BY seq DESC LIMIT 1", of.ID).Scan(&last)
	if err != nil {
		return err
	}
	if last == string(providers.EventSent) || last == string(providers.EventResent) {
		return fault(providers.Conflict, ErrPending, "this refund is being asked about right now", "wait for the answer, then undo it", nil)
	}
	return nil
}

// notUndone refuses to send a refund again once it is being undone: it would be
// a new one.
func notUndone(ctx context.Context, tx writer, before providers.Attempt) error {
	all, err := refundsOf(ctx, tx, before.Of)
	if err == nil && all.Undo(before.ID).ID != "" {
		err = fault(providers.Conflict, ErrStep, "this refund is being undone: it is not sent again", "look at the undoing in the history", nil)
	}
	return err
}

// nobodyWaits refuses to forget what a refund or an undoing that is not known
// yet is about.
func nobodyWaits(ctx context.Context, tx writer, id string) error {
	var waiting int
	err := tx.QueryRowContext(ctx, "SELECT count(*) FROM attempts WHERE of = ? AND of <> '' AND state IN ('recorded', 'sent', 'unknown')", id).Scan(&waiting)
	if err == nil && waiting > 0 {
		err = fault(providers.Conflict, ErrStep, "a refund of this payment is not known yet: its data is still needed", "", nil)
	}
	return err
}

// undone names those of the attempts that are refunds and were undone, as Undid
// says it of the undoing.
func undone(ctx context.Context, q querier, all []providers.Attempt) (map[string]bool, error) {
	var found map[string]bool
	for _, a := range all {
		if a.Kind != providers.Refund {
			continue
		}
		var n int
		err := q.QueryRowContext(ctx, "SELECT count(*) FROM attempts WHERE of = ? AND of <> '' AND kind = 'undo_refund' AND state = 'approved' AND contradicted = 0", a.ID).Scan(&n)
		if err != nil {
			return nil, translate(err)
		}
		if n > 0 {
			if found == nil {
				found = map[string]bool{}
			}
			found[a.ID] = true
		}
	}
	return found, nil
}
