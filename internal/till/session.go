package till

import (
	"context"
	"time"

	"cashdesk/keystore"
	"cashdesk/providers"
)

// Session runs from one operator's sign-in to sign-out.
type Session struct {
	ID       string
	Operator string // id
	Name     string // as shown
	Role     keystore.Role
	Since    time.Time

	all bool // it sees everybody's payments: see SeeAll
}

// Manager says that the session is a manager's.
func (s Session) Manager() bool { return s.Role == keystore.Manager }

// Person is somebody who can sign in.
type Person struct {
	ID, Name string
	Manager  bool
}

// People lists who can sign in, for the sign-in screen.
func (t *Till) People() []Person {
	var all []Person
	for _, m := range t.config.Staff.Staff() {
		if !m.Disabled {
			all = append(all, Person{ID: m.ID, Name: m.Name, Manager: m.Role == keystore.Manager})
		}
	}
	return all
}

// SignIn begins a session. The try is journalled before the PIN is looked at.
func (t *Till) SignIn(ctx context.Context, id, pin string) (Session, error) {
	member, err := t.checkPIN(ctx, id, pin)
	if err != nil {
		return Session{}, err
	}
	return t.openSession(ctx, member)
}

// SignInTrusted begins a session without a PIN: for the demo, whose keystore
// exists only in memory.
func (t *Till) SignInTrusted(ctx context.Context, id string) (Session, error) {
	member, ok := t.config.Staff.Member(id)
	if !ok {
		return Session{}, unknownPerson()
	}
	return t.openSession(ctx, member)
}

func (t *Till) openSession(ctx context.Context, m keystore.Member) (Session, error) {
	s := Session{ID: t.config.NewID(), Operator: m.ID, Name: m.Name, Role: m.Role, Since: t.config.Clock.Now()}
	_, err := t.config.Journal.Append(ctx, providers.Event{Type: providers.EventSignIn, By: s.Operator, Session: s.ID, Version: t.config.Version})
	if err != nil {
		return Session{}, err
	}
	return s, nil
}

// Unlock lets a session go on whose screen was locked: with the PIN of whoever
// it belongs to, under the same rules as a sign-in.
func (t *Till) Unlock(ctx context.Context, s Session, pin string) error {
	_, err := t.checkPIN(ctx, s.Operator, pin)
	return err
}

// SignOut ends a session. What is open stays with the counter.
func (t *Till) SignOut(ctx context.Context, s Session) error {
	_, err := t.config.Journal.Append(ctx, providers.Event{Type: providers.EventSignOut, By: s.Operator, Session: s.ID})
	return err
}
