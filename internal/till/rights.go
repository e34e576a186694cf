package till

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"cashdesk/keystore"
	"cashdesk/providers"
)

// Right is something that not everybody may do.
type Right string

// The rights.
const (
	Charge     Right = "take payments"
	CloseSale  Right = "close a sale that is not known yet"
	AllHistory Right = "see everybody's payments"
	Unmask     Right = "see personal data"
	Settle     Right = "settle a payment that is not known"
	Refund     Right = "refund a sale, or undo a refund"
	Override   Right = "override a block"
	Keys       Right = "change keys"
	Health     Right = "see settings and health"
)

// rights is the table of who may do what; a role that is not named may not.
var rights = map[Right][]keystore.Role{
	Charge:     {keystore.Operator, keystore.Manager},
	CloseSale:  {keystore.Operator, keystore.Manager},
	AllHistory: {keystore.Manager},
	Unmask:     {keystore.Manager},
	Settle:     {keystore.Manager},
	Refund:     {keystore.Manager},
	Override:   {keystore.Manager},
	Keys:       {keystore.Manager},
	Health:     {keystore.Manager},
}

// May says whether a session's operator has a right: as the staff stands now,
// since somebody may have left, or have got another role, after signing in.
func (t *Till) May(s Session, r Right) bool {
	member, ok := t.config.Staff.Member(s.Operator)
	return ok && mayNow(member, r)
}

func mayNow(m keystore.Member, r Right) bool {
	return !m.Disabled && slices.Contains(rights[r], m.Role)
}

// Permit is the proof that somebody with the right agreed, and why.
type Permit struct {
	right  Right
	By     string // operator id
	Reason string
}

// Manager is who agrees to something that the session's operator may not do
// alone. It stays empty when the session is a manager's own.
type Manager struct {
	ID, PIN string
	vouched vouched
}

// vouched says for what, and in which session, the PIN was found right.
type vouched struct {
	right   Right
	session string
}

// Vouch checks the PIN of the manager who is to agree, before anybody is asked why.
// What comes back stands for them in Permit, without the PIN.
func (t *Till) Vouch(ctx context.Context, s Session, r Right, m Manager) (Manager, error) {
	member, err := t.checkPIN(ctx, m.ID, m.PIN)
	if err != nil {
		return Manager{}, errors.Join(err, t.refuse(ctx, s, r))
	}
	if !mayNow(member, r) {
		return Manager{}, t.forbid(ctx, s, r)
	}
	return Manager{ID: member.ID, vouched: vouched{r, s.ID}}, nil
}

// CheckReason says what is wrong with a reason: it stands in the journal for good,
// and on the screen while it is typed.
func CheckReason(reason string) error {
	const hint = "a few words for whoever reads this later"
	bare := strings.Join(strings.Fields(reason), "")
	switch {
	case bare == "":
		return providers.Invalid("reason", "a reason is needed", hint)
	case len(bare) >= keystore.MinPIN && len(bare) <= keystore.MaxPIN && strings.Trim(bare, "0123456789") == "":
		return providers.Invalid("reason", "that looks like a PIN, which does not belong here", hint)
	}
	return nil
}

// Permit asks for a right. A manager's session has it; in an operator's, a
// manager gives id and PIN. The journal keeps who agreed, when and why, and
// every refusal.
func (t *Till) Permit(ctx context.Context, s Session, r Right, m Manager, reason string) (Permit, error) {
	if err := CheckReason(reason); err != nil {
		return Permit{}, err
	}
	p := Permit{right: r, By: s.Operator, Reason: reason}
	if !t.May(s, r) {
		if m.vouched != (vouched{r, s.ID}) {
			var err error
			if m, err = t.Vouch(ctx, s, r, m); err != nil {
				return Permit{}, err
			}
		}
		if member, ok := t.config.Staff.Member(m.ID); !ok || !mayNow(member, r) { // they may have left since
			return Permit{}, t.forbid(ctx, s, r)
		}
		p.By = m.ID
	}
	_, err := t.config.Journal.Append(ctx, providers.Event{Type: providers.EventAllowed, By: p.By, Session: s.ID, Note: string(r) + ": " + reason})
	if err != nil {
		return Permit{}, err
	}
	return p, nil
}

func forbidden(r Right) error {
	return &providers.Error{Kind: providers.Forbidden, Text: fmt.Sprintf("only a manager may %s", r), Hint: "ask a manager to enter their PIN"}
}

// require is the check of a right that the session itself must have.
func (t *Till) require(ctx context.Context, s Session, r Right) error {
	if t.May(s, r) {
		return nil
	}
	return t.forbid(ctx, s, r)
}

// need is the check of a right that takes somebody's word and reason.
func (t *Till) need(ctx context.Context, s Session, p Permit, r Right) error {
	if p.right == r {
		return nil
	}
	return t.forbid(ctx, s, r)
}

// allow is the check of a right that a manager's session has without a reason,
// and anybody else on a manager's word.
func (t *Till) allow(ctx context.Context, s Session, p Permit, r Right) error {
	if t.May(s, r) {
		return nil
	}
	return t.need(ctx, s, p, r)
}

// forbid refuses, and the journal knows.
func (t *Till) forbid(ctx context.Context, s Session, r Right) error {
	if err := t.refuse(ctx, s, r); err != nil {
		return err
	}
	if m, ok := t.config.Staff.Member(s.Operator); !ok || m.Disabled {
		return &providers.Error{Kind: providers.Forbidden, Text: s.Name + " no longer works at this counter", Hint: "hand over: somebody else signs in"}
	}
	return forbidden(r)
}

func (t *Till) refuse(ctx context.Context, s Session, r Right) error {
	_, err := t.config.Journal.Append(ctx, providers.Event{Type: providers.EventDenied, By: s.Operator, Session: s.ID, Note: string(r)})
	return err
}
