package sandbox

import (
	"slices"
	"time"
)

// Kind is what there is to say about a FaultKind.
type Kind struct {
	Fault FaultKind
	About string // one sentence, without its full stop
	// Wire says that the fault is in how bytes travel, not in which bytes: it
	// needs a real HTTP server around the handler.
	Wire bool
	// Instead says that the provider's own answer is not in what is sent, so
	// that it can also be played for a request which never reached it.
	Instead bool
	// Takes is how long the fault lasts unless Fault.For says otherwise; 0 for
	// one that is there at once.
	Takes time.Duration

	needs trait // what an answer must have to be spoilt in this way
}

// How long the slow faults take unless they are told.
const (
	usualDelay = 5 * time.Second
	usualDrip  = 10 * time.Second
)

var kinds = []Kind{
	{Fault: Delay, Takes: usualDelay, About: "the true answer, late"},
	{Fault: HoldAnswer, Instead: true, About: "no answer: the connection stays open and silent until the client gives up"},
	{Fault: LoseAnswer, Wire: true, Instead: true, About: "the connection is cut before the first byte of the answer"},
	{Fault: CutAnswer, Wire: true, About: "the connection is cut in the middle of the answer"},
	{Fault: CutAfter, Wire: true, About: "the connection is cut after the last byte of the body, where the answer's end should come"},
	{Fault: HalfBody, About: "a whole HTTP answer with half of the body in it"},
	{Fault: Drip, Wire: true, Takes: usualDrip, About: "the true answer, one byte at a time"},
	{Fault: HugeBody, About: "ten MiB of JSON that begin like the true answer"},
	{Fault: Twice, About: "the body two times in one answer"},
	{Fault: Duplicated, Wire: true, About: "the whole HTTP answer two times on one connection, the second unasked"},
	{Fault: HTML, Instead: true, About: "a web page with status 200, as a hot spot's log-in gives it"},
	{Fault: HTML500, Instead: true, About: "a web server's page with status 500"},
	{Fault: BadGateway, Instead: true, About: "a proxy's page with status 502"},
	{Fault: Unavailable, Instead: true, About: "a proxy's page with status 503"},
	{Fault: TooMany, Instead: true, About: "a page with status 429 and Retry-After: 30"},
	{Fault: Redirect, Instead: true, About: "a 307 to the same call, with ?redirected in its address"},
	{Fault: WrongTypes, About: "the true answer with its values in other JSON types: text as lists, numbers as text, objects as lists"},
	{Fault: WrongSignature, needs: signed, About: "the true answer, signed with another key"},
	{Fault: Unsigned, needs: signed, About: "the true answer without its signature"},
	{Fault: UnknownCode, needs: coded, About: "the true answer with a code that nobody documented, rightly signed where answers are"},
	{Fault: UnknownStatus, needs: stated, About: "the true answer with a status that nobody documented, rightly signed where answers are"},
	{Fault: Replayed, About: "the true answer to the last other request of the same call, if there was one"},
	{Fault: Foreign, About: "a good and valid answer, to a sale that this counter never made"},
	{Fault: Forgotten, needs: remembers, About: "identical bytes are not known again: the code counts as used"},
}

// Kinds lists every fault there is, NoFault excepted.
func Kinds() []Kind { return slices.Clone(kinds) }

// kindOf finds what there is to say about a fault; nil for NoFault and for what
// is none.
func kindOf(k FaultKind) *Kind {
	for i := range kinds {
		if kinds[i].Fault == k {
			return &kinds[i]
		}
	}
	return nil
}

// Spoils says whether the fault can be played for a call at all: an answer
// that carries no signature cannot have a wrong one.
func (k Kind) Spoils(c Call) bool { return k.needs&^c.traits == 0 }
