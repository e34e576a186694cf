package sandbox

import (
	"net/http"
	"time"
)

// FaultKind is one way in which an answer goes wrong, by the name that a plan
// writes. Kinds says what each one does.
type FaultKind string

// The faults.
const (
	NoFault        FaultKind = ""
	Delay          FaultKind = "delay"
	HoldAnswer     FaultKind = "silent" // until Release
	LoseAnswer     FaultKind = "cut-before"
	CutAnswer      FaultKind = "cut-middle"
	CutAfter       FaultKind = "cut-after"
	HalfBody       FaultKind = "half-body"
	Drip           FaultKind = "drip"
	HugeBody       FaultKind = "huge-body"
	Twice          FaultKind = "body-twice"
	Duplicated     FaultKind = "duplicated"
	HTML           FaultKind = "html"
	HTML500        FaultKind = "500"
	BadGateway     FaultKind = "502"
	Unavailable    FaultKind = "503"
	TooMany        FaultKind = "429"
	Redirect       FaultKind = "redirect"
	WrongTypes     FaultKind = "wrong-types"
	WrongSignature FaultKind = "wrong-signature"
	Unsigned       FaultKind = "unsigned"
	UnknownCode    FaultKind = "unknown-code"
	UnknownStatus  FaultKind = "unknown-status"
	Replayed       FaultKind = "replayed"
	Foreign        FaultKind = "foreign"
	Forgotten      FaultKind = "forgotten"
)

// Fault is what goes wrong with one call. The kinds that cut a connection need
// a real HTTP server around the handler: they end it as http.ErrAbortHandler.
type Fault struct {
	Kind FaultKind
	// Unprocessed says that the request never reached the provider: nothing is
	// approved, burnt or created. Kinds that need a true answer give a 503
	// page then.
	Unprocessed bool
	// For is how long the provider takes before the fault is there; for Drip
	// how long the whole body takes. 0 leaves it to the kind.
	For time.Duration
}

// Played is a fault that was played, for whoever tells people about it. There
// is nothing in it that the client wrote.
type Played struct {
	At     time.Time
	Call   string // as Calls names it
	SHA256 string // of the request's body, as the ledger writes it
	Fault  Fault
	Why    string // the rule of the plan, or what else asked for it
}

// takes is how long the fault lasts.
func (f Fault) takes() time.Duration {
	if k := kindOf(f.Kind); f.For == 0 && k != nil {
		return k.Takes
	}
	return f.For
}

// String is the fault as a plan writes it.
func (f Fault) String() string {
	text := string(f.Kind)
	switch {
	case f.Kind == NoFault && f.Unprocessed:
		text = string(Unavailable) // what it looks like
	case f.Kind == NoFault:
		text = noFault
	}
	if f.For > 0 {
		text += ":" + f.For.String()
	}
	if f.Unprocessed {
		text += unprocessed
	}
	return text
}

// abort cuts the connection: nothing that was not flushed goes out, and the
// client sees it end.
func abort() { panic(http.ErrAbortHandler) }
