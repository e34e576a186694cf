package providers

import "time"

// Signature says what the check of a reply's MAC gave.
type Signature string

// The results of a signature check.
const (
	SignatureNone    Signature = ""        // this call's replies carry none, or no key is held
	SignatureValid   Signature = "valid"   // it verifies
	SignatureWrong   Signature = "wrong"   // it is there and does not verify
	SignatureMissing Signature = "missing" // it should be there and is not
)

// Answer is what one exchange with a provider told the till. It is complete:
// where something is not sure, State is Unknown and Reason says why.
type Answer struct {
	State     State
	Code      string // the provider's code as it came, may be empty
	Reason    Reason // why it is not sure, or why nothing happened
	Signature Signature
	Message   string // the provider's own text, cleaned by CleanText; personal data
	// ProviderRef is x_purchase_number, trackId, invoiceNo or invoiceId.
	ProviderRef string
	Link        string    // where the customer pays, or is handed over; already checked
	ExpiresAt   time.Time // when the provider lets an invoice expire, zero if unknown
	Received    string    // decimal text in major units: what has come so far
	Shortfall   string    // decimal text: what is missing of the price
	Coin        string    // what came in a coin that the invoice does not take: "0.0021 BTC"
	// CommissionMin and CommissionMax are decimal text in major units.
	CommissionMin, CommissionMax string
	Confirming                   bool          // money was seen but is not yet safe
	RetryAfter                   time.Duration // the provider asked for this pause
	ServerDate                   time.Time     // the HTTP Date header, zero if absent
	HTTPStatus                   int           // 0 when no reply came
	KeySuspected                 bool          // the reply says, unverifiably, that our key is wrong
	NoEcho                       bool          // tracking data did not come back
}

// OfSend is the answer as one to a first send or to a resend. A refusal of a
// resend says nothing about the first send, so it is Unknown; the reason stays
// where nothing left at all.
func (a Answer) OfSend(resend bool) Answer {
	if !resend || a.State != Refused {
		return a
	}
	a.State = Unknown
	if a.Reason != Unreachable && a.Reason != NoKey {
		a.Reason = OnResend
	}
	return a
}

// Reason says why an answer is not sure, or why nothing happened.
type Reason string

// The reasons.
const (
	NoReason         Reason = ""
	TimedOut         Reason = "timed_out"        // no answer in time
	Cut              Reason = "cut"              // the connection broke after the request was handed over
	Unreachable      Reason = "unreachable"      // no connection was made: nothing was sent
	BadStatus        Reason = "bad_status"       // an HTTP status without a verified body
	BadBody          Reason = "bad_body"         // empty, cut, not JSON, or wrong types
	TooLarge         Reason = "too_large"        // more than 1 MiB
	Redirected       Reason = "redirected"       // the server pointed elsewhere; not followed
	BadSignature     Reason = "bad_signature"    // the MAC is there and wrong
	NoSignature      Reason = "no_signature"     // the MAC is missing
	Unlisted         Reason = "unlisted"         // a code or status that nobody documented
	Disagrees        Reason = "disagrees"        // status and code, or reply and request, do not fit together
	NotAskedFor      Reason = "not_asked_for"    // a valid answer of a flow that was not asked for (older journals)
	AwaitsBuyer      Reason = "awaits_buyer"     // the customer is asked to confirm on their phone
	WrongEcho        Reason = "wrong_echo"       // somebody else's tracking data came back
	NoPurchaseNumber Reason = "no_purchase_no"   // approved, but without a purchase number
	PurchaseReused   Reason = "purchase_reused"  // the purchase number belongs to another sale
	OnResend         Reason = "on_resend"        // a code that says nothing about the first send
	SuspectedKey     Reason = "key_suspected"    // the key may be wrong or the device registered elsewhere
	KeyChanged       Reason = "key_changed"      // it was signed with a key that is no longer in use
	NoKey            Reason = "no_key"           // no usable key is held here, so nothing was sent
	Interrupted      Reason = "interrupted"      // the program stopped while waiting
	ServerFault      Reason = "server_fault"     // the provider says that it failed
	Throttled        Reason = "throttled"        // asked too often
	NotFound         Reason = "not_found"        // looked up, and certainly not there
	LinkRefused      Reason = "link_refused"     // the link is not one that may be shown
	AccessDenied     Reason = "access_denied"    // 403: token or serial number not known
	ProviderSaidNo   Reason = "provider_said_no" // a refusal with a code of its own
)

// Staff is the reason as one clause for staff: "no answer in time".
func (r Reason) Staff() string { return reasonStaff[r] }

// Reasons lists every reason, for tests and documents.
func Reasons() []Reason {
	return []Reason{
		TimedOut, Cut, Unreachable, BadStatus, BadBody, TooLarge, Redirected,
		BadSignature, NoSignature, Unlisted, Disagrees, NotAskedFor, AwaitsBuyer, WrongEcho,
		NoPurchaseNumber, PurchaseReused, OnResend, SuspectedKey, KeyChanged, NoKey, Interrupted,
		ServerFault, Throttled, NotFound, LinkRefused, AccessDenied, ProviderSaidNo,
	}
}

var reasonStaff = map[Reason]string{
	NoReason:         "",
	TimedOut:         "no answer in time",
	Cut:              "the connection broke before the answer came",
	Unreachable:      "no connection; nothing was sent",
	BadStatus:        "an answer that cannot be trusted (HTTP status)",
	BadBody:          "an answer that cannot be read",
	TooLarge:         "an answer that is far too long",
	Redirected:       "the server pointed to another address",
	BadSignature:     "an answer with a wrong signature",
	NoSignature:      "an answer without a signature",
	Unlisted:         "an answer with a code that nobody has documented",
	Disagrees:        "an answer that does not fit what was asked",
	NotAskedFor:      "an answer to something that was not asked",
	AwaitsBuyer:      "the customer has to confirm on their phone",
	WrongEcho:        "an answer to another request",
	NoPurchaseNumber: "approved, but without a purchase number",
	PurchaseReused:   "approved with the purchase number of another sale",
	OnResend:         "an answer that says nothing about the first request",
	SuspectedKey:     "the signing key may be wrong",
	KeyChanged:       "it was signed with a key that is no longer in use",
	NoKey:            "its key is not set here",
	Interrupted:      "the program stopped while waiting for the answer",
	ServerFault:      "the provider reported a fault of its own",
	Throttled:        "the provider asks for a pause",
	NotFound:         "the provider does not know it",
	LinkRefused:      "the provider's link is not one that may be shown",
	AccessDenied:     "the server does not know this access token or device",
	ProviderSaidNo:   "the provider did not accept it",
}
