package cli

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"cashdesk/internal/till"
	"cashdesk/providers"
	"cashdesk/screens/desk"
)

// resultVersion is the version of the JSON that the commands about a payment
// print; it grows when a field changes its meaning or goes. docs/commands.md
// describes it.
const resultVersion = 1

// result is what a command tells of a payment, for a shop's own software.
// Nothing of the customer is in it.
type result struct {
	Version           int           `json:"version"`
	Reference         string        `json:"reference"` // of the sale; of a refund, its own
	Provider          string        `json:"provider"`
	Kind              string        `json:"kind"`
	State             string        `json:"state"`
	Code              string        `json:"code"`
	MoneyConfirmed    bool          `json:"money_confirmed"`
	Doubt             string        `json:"doubt,omitempty"` // why a manager must look
	Amount            *resultAmount `json:"amount,omitempty"`
	Financed          *resultAmount `json:"financed,omitempty"`  // the part of the amount that the provider pays
	Received          string        `json:"received,omitempty"`  // decimal text
	Shortfall         string        `json:"shortfall,omitempty"` // decimal text
	ProviderReference string        `json:"provider_reference,omitempty"`
	Link              string        `json:"link,omitempty"`
	ExpiresAt         string        `json:"expires_at,omitempty"` // RFC 3339
	Say               string        `json:"say"`                  // to the customer
	Next              string        `json:"next"`                 // what to do next
	Message           string        `json:"message"`              // one line for staff
	Test              bool          `json:"test"`
	At                string        `json:"at"` // RFC 3339: when it was begun

	exit    int
	attempt providers.Attempt
}

type resultAmount struct {
	Minor    int64  `json:"minor"`
	Currency string `json:"currency"`
}

func resultOf(a providers.Amount) *resultAmount {
	return &resultAmount{Minor: a.Minor, Currency: a.Currency.Code}
}

// result tells how an attempt stands.
func (c *clerk) result(ctx context.Context, a providers.Attempt) result {
	zone := c.settings.Shop.TimeZone
	w := c.wentBack(ctx, a, c.words(a))
	r := result{
		Version: resultVersion, Reference: nameOf(a), Provider: string(a.Provider), Kind: string(a.Kind),
		State: string(standing(a)), Code: a.Code, MoneyConfirmed: a.State == providers.Approved, Doubt: doubt(a),
		Amount:   resultOf(a.Amount),
		Received: a.Received, Shortfall: a.Shortfall, ProviderReference: a.ProviderRef, Link: a.Link,
		Say: w.Customer, Next: w.Next, Message: w.Staff, Test: a.Test,
		At: a.CreatedAt.In(zone).Format(time.RFC3339), exit: exitOf[standing(a)], attempt: a,
	}
	if part, inPart := financed(a); inPart {
		r.Financed = resultOf(part)
	}
	if !a.ExpiresAt.IsZero() {
		r.ExpiresAt = a.ExpiresAt.In(zone).Format(time.RFC3339)
	}
	extra := c.remarks[a.ID]
	r.Message, r.Next = strings.TrimSpace(r.Message+" "+extra.message), strings.TrimSpace(r.Next+" "+extra.next)
	if c.numbered {
		r = receiptResult(r, a)
	}
	return r
}

// nameOf is the reference by which a shop's software knows a payment: the
// sale's, and a refund's own.
func nameOf(a providers.Attempt) string {
	if a.Kind.Returns() || a.Sale == "" {
		return a.Reference
	}
	return a.Sale
}

// words are the till's, and what only a command without a screen has to say.
func (c *clerk) words(a providers.Attempt) providers.Words {
	w := c.till.Words(a)
	switch a.State {
	case providers.Recorded, providers.Sent:
		w = providers.Words{
			Staff:    "Not known yet: the answer has not come.",
			Customer: "I do not know yet whether it worked. Please do not pay again.",
			Next:     "Keep the goods here." + goesOn(a),
		}
		if a.Kind.Returns() {
			w.Customer, w.Next = "I do not know yet whether it went through. We are looking it up.", strings.TrimSpace(goesOn(a))
		}
	case providers.Unknown:
		if a.Kind != providers.Invite && !a.Closed {
			w.Next += goesOn(a)
		}
	}
	if _, unsaved := c.held(a.ID); unsaved {
		w.Staff = "Not saved, write it down: " + w.Staff
		w.Next = "Free space on this machine's disk, then `cashdesk resolve " + nameOf(a) + "`. " + w.Next
	}
	return w
}

func goesOn(a providers.Attempt) string {
	return " A running counter goes on asking; without one, `cashdesk resolve " + nameOf(a) + "` does."
}

// failedResult is what is told where nothing was begun: refused, for certain.
// Of a command that only asks, it is not known how the payment stands.
func failedResult(err error, f *payFlags) result {
	r := result{
		Version: resultVersion, State: string(providers.Refused), Say: f.nothingDone(),
		// The settings tell each mistake on a line of its own.
		Next: providers.HintOf(err), Message: strings.Join(strings.Fields(err.Error()), " "),
	}
	at := time.Now()
	if f.shop != nil {
		r.Test, at = f.shop.Test(), at.In(f.shop.Shop.TimeZone)
	}
	r.At = at.Format(time.RFC3339)
	if f.asks {
		r.State = string(providers.Unknown)
	}
	if f.asks || begunBefore(err) {
		r.Say = "One moment, please. I am looking it up."
	}
	return r
}

// nothingDone says to the customer that a command did nothing.
func (f *payFlags) nothingDone() string {
	switch f.command {
	case "refund":
		return "That did not work. Nothing has gone back just now."
	case "reverse":
		return "That did not work. No refund has been undone just now."
	}
	return "That did not work. No money has moved just now."
}

// begunBefore says that an earlier payment stands in the way, by which the
// customer may well have paid.
func begunBefore(err error) bool {
	var used *till.InUseError
	var reference *till.ReferenceError
	return errors.As(err, &used) || errors.As(err, &reference)
}

// tell prints what became of the payments, and has the command end with the
// code of the one that is furthest from paid.
func (p *program) tell(asJSON bool, all []result) error {
	out := p.reply()
	if len(all) == 0 && !asJSON {
		_, err := fmt.Fprintln(out, "Nothing is open or not known.")
		return err
	}
	for i, r := range all {
		p.code = worse(p.code, r.exit)
		if !asJSON {
			if i > 0 {
				fmt.Fprintln(out)
			}
			if err := r.print(out); err != nil {
				return untold(r, err)
			}
			continue
		}
		encoder := json.NewEncoder(out)
		encoder.SetEscapeHTML(false) // links stay as they are
		if err := encoder.Encode(r); err != nil {
			return untold(r, err)
		}
	}
	return nil
}

// untold says of an answer that could not be written what it would have said: the
// payment stands, whoever hears of it.
func untold(r result, err error) error {
	if r.Reference == "" {
		return err
	}
	return &providers.Error{
		Kind: providers.Internal, Err: err, Text: fmt.Sprintf("the answer could not be written (%s): %s is %s", err, r.Reference, providers.State(r.State).Word()),
		Hint: "`cashdesk status " + r.Reference + "` tells it",
	}
}

// worse is the exit code of two payments together: what is not known first.
func worse(a, b int) int {
	for _, code := range []int{exitUnknown, exitOpen, exitDeclined, exitRefused, exitOver, exitBegun} {
		if a == code || b == code {
			return code
		}
	}
	return exitOK
}

// kindWords stand before the state of what is no payment.
var kindWords = map[providers.Kind]string{providers.Refund: "refund ", providers.UndoRefund: "undoing of a refund "}

// print tells a person: the result first, then what to say.
func (r result) print(w io.Writer) error {
	a := r.attempt
	var line []string
	if r.Test {
		line = append(line, "TEST")
	}
	line = append(line, kindWords[a.Kind]+providers.State(r.State).Word(), a.Amount.String(), a.Provider.Title())
	if r.Code != "" {
		line = append(line, r.Code)
	}
	line = append(line, "reference "+r.Reference)
	if a.ProviderRef != "" {
		line = append(line, desk.PurchaseWord(a.Provider)+" "+a.ProviderRef)
	}
	_, err := fmt.Fprintf(w, "%s\n%s %s\n", strings.Join(line, "  "), r.Message, r.Next)
	if err == nil && r.Say != "" {
		_, err = fmt.Fprintf(w, "Tell the customer: %s\n", r.Say)
	}
	if err == nil && r.Link != "" && !a.State.Final() {
		_, err = fmt.Fprintf(w, "Link: %s\n", r.Link)
	}
	return err
}
