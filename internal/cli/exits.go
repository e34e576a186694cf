package cli

import (
	"errors"

	"cashdesk/internal/till"
	"cashdesk/providers"
)

// The exit codes of the commands about a payment, besides those of every
// command. 0 says that the money is approved, or that a command which moves
// none did its work.
const (
	exitDeclined  = 3
	exitRefused   = 4 // not accepted, by the provider or here; nothing happened
	exitUnknown   = 5 // not known yet
	exitOpen      = 6 // an invoice that can be paid
	exitBegun     = 7 // invited, handed over: no money is confirmed here
	exitOver      = 8 // expired, cancelled
	exitReference = 9 // the reference was used before, with other parameters
)

// exitOf is the exit code for a payment's state.
var exitOf = map[providers.State]int{
	providers.Approved: exitOK, providers.Declined: exitDeclined, providers.Refused: exitRefused,
	providers.Recorded: exitUnknown, providers.Sent: exitUnknown, providers.Unknown: exitUnknown,
	providers.Open: exitOpen, providers.PartlyPaid: exitOpen,
	providers.HandedOver: exitBegun, providers.Invited: exitBegun,
	providers.Expired: exitOver, providers.Cancelled: exitOver,
}

// ended is an error with the exit code that it ends a command with.
type ended struct {
	code int
	err  error
}

// Error is the error's own sentence.
func (e *ended) Error() string { return e.err.Error() }

// Unwrap gives the error.
func (e *ended) Unwrap() error { return e.err }

// ends gives an error its exit code.
func ends(code int, err error) error {
	if err == nil {
		return nil
	}
	return &ended{code: code, err: err}
}

// refusedHere gives an error of the till the exit code of a payment command:
// what the till refuses by its guards and rights is no fault of the command
// line's, and another code than a wrong word there.
func refusedHere(err error) error {
	var used *till.InUseError
	var same *till.SameAmountError
	var invited *till.InvitedError
	var reference *till.ReferenceError
	switch {
	case err == nil:
		return nil
	case errors.As(err, &reference):
		return ends(exitReference, err)
	case errors.As(err, &used):
		return ends(exitRefused, usedError(used))
	case errors.As(err, &same):
		return ends(exitRefused, sameError(same))
	case errors.As(err, &invited):
		return ends(exitRefused, &providers.Error{Kind: providers.Conflict, Text: err.Error(), Err: err, Hint: "nothing was sent now; --again sends another SMS"})
	case errors.Is(err, providers.ErrUnusualCode):
		return &providers.Error{Kind: providers.Input, Field: "code", Text: err.Error(), Err: err,
			Hint: "check it with the customer; --accept-unusual-code sends it as it is"}
	}
	switch providers.KindOf(err) {
	case providers.Forbidden, providers.Conflict:
		return ends(exitRefused, err)
	}
	return err
}

func usedError(e *till.InUseError) error {
	hint := "nothing was charged now; the customer can make a new code. The earlier sale is " + e.Attempt.Sale
	if e.Attempt.State != providers.Approved {
		hint = "nothing was charged now; `cashdesk status " + e.Attempt.Sale + "` says how the earlier one stands"
	}
	return &providers.Error{Kind: providers.Conflict, Text: e.Error(), Hint: hint, Err: e}
}

func sameError(e *till.SameAmountError) error {
	return &providers.Error{
		Kind: providers.Conflict, Text: e.Error(), Err: e,
		Hint: "nothing was begun. For certainly another customer add --other-customer " + e.Attempt.Reference +
			"; for the same one a manager adds --same-customer and --reason",
	}
}

// riskHint says how a payment is asked about although that may charge.
func riskHint(a providers.Attempt) string {
	if a.Closed || a.KeySuspected {
		return "A manager can have it asked about all the same with --sure and --reason, or settle it against the provider's portal."
	}
	return "--sure asks about it all the same; or a manager settles it against the provider's portal."
}
