package till

import (
	"context"
	"slices"

	"cashdesk/providers"
)

// ReferenceError says that a sale's reference was used before, with other
// parameters or for what may be paid already.
type ReferenceError struct {
	Attempt providers.Attempt // the one that stands in the way
	Text    string
	Hint    string
}

// Error says what stands in the way.
func (e *ReferenceError) Error() string { return e.Text }

// Unwrap gives the kind and the hint.
func (e *ReferenceError) Unwrap() error { return conflict(e.Text, e.Hint) }

func used(a providers.Attempt, text, hint string) error {
	return &ReferenceError{Attempt: a, Text: text, Hint: hint}
}

// BeginOnce is Begin for who names the sale by a reference of their own: the same
// one again, with the same parameters, is not begun again but answered with the
// attempt that there is, whichever process began it and however it stands. begun
// says that this call began it. Of two processes that come at the same moment
// one begins it.
func (t *Till) BeginOnce(ctx context.Context, s Session, d Draft) (a providers.Attempt, begun bool, err error) {
	if a, same, err := t.Same(ctx, s, d); same || err != nil {
		return a, false, err
	}
	a, err = t.Begin(ctx, s, d)
	if err == nil {
		return a, true, nil
	}
	// Another process may have begun it since: that is why this one may not.
	if a, same, unread := t.Same(ctx, s, d); same && unread == nil {
		return a, false, nil
	}
	return a, false, err
}

// Same finds the attempt of the draft's sale that is the same as the draft; the
// newest, if there are several. Without a reference nothing is the same.
func (t *Till) Same(ctx context.Context, s Session, d Draft) (a providers.Attempt, same bool, err error) {
	if err := t.require(ctx, s, Charge); err != nil || d.Sale == "" {
		return a, false, err
	}
	all, err := t.config.Journal.BySale(ctx, d.Sale)
	if err != nil {
		return a, false, err
	}
	for _, a := range slices.Backward(all) {
		if d.is(a) {
			return a, true, nil
		}
	}
	return a, false, nil
}

// is says that a draft wants what an attempt is about. Personal data that was
// removed since is taken to be the same: a code of that time is not charged again.
func (d Draft) is(a providers.Attempt) bool {
	same := func(wanted, was string) bool { return wanted == was || a.Personal == (providers.Personal{}) }
	return a.Provider == d.Provider && a.Kind == d.Kind && a.Amount == d.Amount && a.FinanceMinor == d.FinanceMinor &&
		same(providers.BareCode(d.Code), providers.BareCode(a.Personal.PreApproval)) &&
		same(d.Mobile, a.Personal.Mobile) && same(d.Email, a.Personal.Email)
}
