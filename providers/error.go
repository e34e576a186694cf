package providers

import "errors"

// ErrorKind says what a person should do about an error.
type ErrorKind string

// The kinds of error.
const (
	// Input: something typed or configured is wrong; Field says which.
	Input ErrorKind = "input"
	// Credentials: a key is missing or refused; a manager is needed.
	Credentials ErrorKind = "credentials"
	// Uncertain: it may have happened. Never shown as an error message, but
	// as the state Unknown.
	Uncertain ErrorKind = "unknown"
	// ProviderFault: the provider answered with a fault of its own.
	ProviderFault ErrorKind = "provider"
	// Forbidden: this person may not do this.
	Forbidden ErrorKind = "forbidden"
	// Conflict: it contradicts what is recorded (a reference used before with
	// other parameters, a code whose payment is not known yet).
	Conflict ErrorKind = "conflict"
	// Internal: a fault of this program or this machine (disk, memory).
	Internal ErrorKind = "internal"
)

// Error is an error that staff may read: one sentence, and a hint what to do.
// It never holds a secret or personal data.
type Error struct {
	Kind  ErrorKind
	Field string // which input, for kind Input: amount, code, mobile, email, currency, …
	Text  string // one sentence without a full stop
	Hint  string // what to do, may be empty
	Err   error  // the cause, for errors.Is; may be nil
}

// Error gives the sentence.
func (e *Error) Error() string { return e.Text }

// Unwrap gives the cause.
func (e *Error) Unwrap() error { return e.Err }

// Invalid is an error of kind Input.
func Invalid(field, text, hint string) *Error {
	return &Error{Kind: Input, Field: field, Text: text, Hint: hint}
}

// KindOf is the kind of the first *Error in err's chain, or Internal.
func KindOf(err error) ErrorKind {
	var e *Error
	if errors.As(err, &e) {
		return e.Kind
	}
	return Internal
}

// HintOf is the hint of the first *Error in err's chain, or nothing.
func HintOf(err error) string {
	var e *Error
	if errors.As(err, &e) {
		return e.Hint
	}
	return ""
}
