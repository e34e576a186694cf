package providers

import "time"

// EventType says what happened to an attempt, or at the counter.
type EventType string

// The events of an attempt's life.
const (
	EventRecorded     EventType = "recorded"     // written down; nothing sent
	EventSent         EventType = "sent"         // about to send for the first time
	EventResent       EventType = "resent"       // about to send the same bytes again
	EventAnswered     EventType = "answered"     // an answer, or the certainty that none came
	EventWatched      EventType = "watched"      // a look at an invoice that brought news
	EventInterrupted  EventType = "interrupted"  // found without an answer after a restart
	EventCancelled    EventType = "cancelled"    // given up before it was sent
	EventClosed       EventType = "closed"       // a person closed it while unknown: no more resends
	EventUnresolvable EventType = "unresolvable" // it cannot be resolved from here: another key is in use since
	EventSettled      EventType = "settled"      // a manager decided it by hand, with a reason
	EventContradicted EventType = "contradicted" // evidence against a final state
	EventReviewed     EventType = "reviewed"     // a manager closed a contradiction, with a reason
	EventAside        EventType = "aside"        // an invoice was put aside
	EventNoted        EventType = "noted"        // something worth keeping that changes nothing

	EventElsewhere      EventType = "elsewhere"       // a manager recorded a refund that was made at the provider
	EventReceipt        EventType = "receipt"         // the shop's receipt number was given (Receipt)
	EventReceiptStored  EventType = "receipt_stored"  // the provider has the receipt number
	EventReceiptRefused EventType = "receipt_refused" // the provider did not take it (Code)
)

// The events of the counter, which belong to no attempt.
const (
	EventOpened    EventType = "opened"     // the program opened the journal
	EventSignIn    EventType = "sign_in"    // a session began
	EventSignOut   EventType = "sign_out"   // a session ended
	EventPINTry    EventType = "pin_try"    // written before a PIN is checked
	EventPINRight  EventType = "pin_right"  // the PIN was right
	EventPINServed EventType = "pin_served" // how much of a lock has run so far (Took)
	EventDenied    EventType = "denied"     // somebody without the right asked for something
	EventAllowed   EventType = "allowed"    // somebody with the right agreed to something, and why
	EventKeySet    EventType = "key_set"    // a secret is another one from here on (its name, never its value)
	EventKeySeen   EventType = "key_seen"   // which secret is in use, by a mark that does not tell it (Fingerprint)

	EventKeyRemoved  EventType = "key_removed" // a secret was removed (its name)
	EventStaff       EventType = "staff"       // somebody was added, removed, or got a new PIN
	EventRegistering EventType = "registering" // this device asks for a new key; without To it began, with To it ended
	// EventKeystore notes which keystore is in use, at a start and after each
	// change; EventKeystoreDoubted that it is not the one that was noted last.
	EventKeystore        EventType = "keystore"
	EventKeystoreDoubted EventType = "keystore_doubted"
)

// Event is one line of the journal. To and the fields after it change the
// attempt's row; empty ones leave it as it is.
type Event struct {
	Seq     int64     `json:"-"`
	At      time.Time `json:"-"`
	Type    EventType `json:"-"`
	Attempt string    `json:"-"` // ULID, empty for events of the counter

	By      string `json:"by,omitempty"`      // operator
	Session string `json:"session,omitempty"` // session
	Note    string `json:"note,omitempty"`    // a reason given by a person, or a detail
	Version string `json:"version,omitempty"` // of the program that wrote it

	To            State     `json:"to,omitempty"`
	Code          string    `json:"code,omitempty"`
	Reason        Reason    `json:"reason,omitempty"`
	Signature     Signature `json:"signature,omitempty"`
	HTTPStatus    int       `json:"http_status,omitempty"`
	ProviderRef   string    `json:"provider_ref,omitempty"`
	Link          string    `json:"link,omitempty"`
	ExpiresAt     time.Time `json:"expires_at,omitzero"`
	Received      string    `json:"received,omitempty"`
	Shortfall     string    `json:"shortfall,omitempty"`
	Coin          string    `json:"coin,omitempty"`
	Receipt       string    `json:"receipt,omitempty"`
	CommissionMin string    `json:"commission_min,omitempty"`
	CommissionMax string    `json:"commission_max,omitempty"`
	Confirming    bool      `json:"confirming,omitempty"`
	KeySuspected  bool      `json:"key_suspected,omitempty"`
	NoEcho        bool      `json:"no_echo,omitempty"`
	Says          State     `json:"says,omitempty"`   // what the evidence says that it is (EventContradicted)
	Double        bool      `json:"double,omitempty"` // another attempt of the sale is approved too
	// BodyHash is the hex SHA-256 of the bytes sent (EventSent, EventResent).
	BodyHash string        `json:"body_hash,omitempty"`
	Took     time.Duration `json:"took,omitempty"` // from send to answer

	// Generation and Fingerprint tell one state of the keystore from another
	// (EventKeystore, EventKeystoreDoubted).
	Generation  int    `json:"generation,omitempty"`
	Fingerprint string `json:"fingerprint,omitempty"`

	// Message is the provider's text. It is personal data: the journal keeps
	// it in its side table.
	Message string `json:"-"`
	// Recorded is the whole attempt, for EventRecorded only.
	Recorded *Attempt `json:"recorded,omitempty"`
}

// FromAnswer makes the event that an answer becomes.
func FromAnswer(t EventType, id string, a Answer) Event {
	return Event{
		Type: t, Attempt: id, To: a.State, Code: a.Code, Reason: a.Reason,
		Signature: a.Signature, HTTPStatus: a.HTTPStatus,
		ProviderRef: a.ProviderRef, Link: a.Link, ExpiresAt: a.ExpiresAt,
		Received: a.Received, Shortfall: a.Shortfall, Coin: a.Coin,
		CommissionMin: a.CommissionMin, CommissionMax: a.CommissionMax,
		Confirming: a.Confirming, KeySuspected: a.KeySuspected, NoEcho: a.NoEcho,
		Message: a.Message,
	}
}
