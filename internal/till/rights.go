package till

import (
	"context"
	"fmt"

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
	Override   Right = "override a block"
	Keys       Right = "change keys"
)

// rights is the table of who may do what; a role that is not named may not.
var rights = map[Right][]keystore.Role{
	Charge:     {keystore.Operator, keystore.Manager},
	CloseSale:  {keystore.Operator, keystore.Manager},
	AllHistory: {keystore.Manager},
	Unmask:     {keystore.Manager},
	Settle:     {keystore.Manager},
	Override:   {keystore.Manager},
	Keys:       {keystore.Manager},
}

// May says whether a session's operator has a right.
func (t *Till) May(s Session, r Right) bool {
	for _, role := range rights[r] {
		if role == s.Role {
			return true
		}
	}
	return false
}

// Permit is the proof that somebody with the right agreed, and why.
type Permit struct {
	right  Right
	By     string // operator id
	Reason string
}

// Manager is who agrees to something that the session's operator may not do
// alone. It stays empty when the session is a manager's own.
type Manager struct{ ID, PIN string }

// Permit asks for a right. A manager's session has it; in an operator's, a
// manager gives id and PIN. The reason is kept in the journal, and so is a
// refusal.
func (t *Till) Permit(ctx context.Context, s Session, r Right, m Manager, reason string) (Permit, error) {
	if reason == "" {
		return Permit{}, providers.Invalid("reason", "a reason is needed", "a few words for whoever reads this later")
	}
	if t.May(s, r) {
		return Permit{right: r, By: s.Operator, Reason: reason}, nil
	}
	member, err := t.checkPIN(ctx, m.ID, m.PIN)
	if err != nil {
		return Permit{}, err
	}
	if !t.May(Session{Role: member.Role}, r) {
		if err := t.refuse(ctx, s, r); err != nil {
			return Permit{}, err
		}
		return Permit{}, forbidden(r)
	}
	return Permit{right: r, By: member.ID, Reason: reason}, nil
}

func forbidden(r Right) error {
	return &providers.Error{Kind: providers.Forbidden, Text: fmt.Sprintf("only a manager may %s", r), Hint: "ask a manager to enter their PIN"}
}

// require is the check of a right that needs no reason; a refusal is journalled.
func (t *Till) require(ctx context.Context, s Session, r Right) error {
	if t.May(s, r) {
		return nil
	}
	if err := t.refuse(ctx, s, r); err != nil {
		return err
	}
	return forbidden(r)
}

func (t *Till) refuse(ctx context.Context, s Session, r Right) error {
	_, err := t.config.Journal.Append(ctx, providers.Event{Type: providers.EventDenied, By: s.Operator, Session: s.ID, Note: string(r)})
	return err
}
