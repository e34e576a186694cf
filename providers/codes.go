package providers

// Class is what a code means for the counter.
type Class string

// The classes of code.
const (
	ClassApproved Class = "approved" // money moved
	ClassDeclined Class = "declined" // a certain no
	ClassRefused  Class = "refused"  // not accepted; nothing happened
	ClassUnknown  Class = "unknown"  // it may have happened
	ClassPending  Class = "pending"  // wait, then ask again
	ClassOpen     Class = "open"     // an invoice that can be paid
	ClassPartly   Class = "partly paid"
	ClassExpired  Class = "expired"
	ClassBegun    Class = "begun" // invited or handed over: no money confirmed here
	ClassDone     Class = "done"  // a call without money succeeded
)

// Retry says whether to try again, and how.
type Retry string

// The ways to try again.
const (
	RetryNever   Retry = "no"           // the same answer would come
	RetryNewCode Retry = "new code"     // the customer makes a new code first
	RetrySame    Retry = "same request" // cashdesk repeats the identical bytes by itself
	RetryLater   Retry = "later"        // in a while, as a new attempt
	RetryFixed   Retry = "corrected"    // after the input was corrected
	RetryManager Retry = "manager"      // after a manager mended the set-up
)

// Words are what a result says to people.
type Words struct {
	Staff    string // what happened, one line
	Customer string // what to tell the customer
	Next     string // what to do next
	// Private says that the reason is not for the queue to read: Customer is
	// neutral, and the provider's message sits behind a key.
	Private bool
}

// Code is one row of a provider's table of codes.
type Code struct {
	Code   string
	Status string // the status that it must come with, where the provider has one
	Class  Class
	Words
	Retry Retry
}
