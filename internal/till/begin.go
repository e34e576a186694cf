package till

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"strconv"

	"cashdesk/internal/journal"
	"cashdesk/providers"
)

// Draft is a payment that somebody at the counter wants to begin.
type Draft struct {
	// Sale is the reference of the sale; empty for a new one. Set it to begin
	// the next attempt of a sale whose last one was declined.
	Sale         string
	Provider     providers.Provider
	Kind         providers.Kind
	Amount       providers.Amount
	FinanceMinor int64
	Code         string
	Mobile       string
	Email        string
	Items        []string
	Description  string
	// FromBIN and ToBIN are the first six digits of the cards of a transfer, where
	// the settings ask for them; they go out with it and are kept nowhere.
	FromBIN, ToBIN string
	// AcceptOtherCode: the person was warned that the code has an unusual shape.
	AcceptOtherCode bool
	// OtherCustomers answers the guard's question "is this the customer whose
	// payment is not known yet?" with no, for the attempts named here. Each one
	// is asked about: it may be the second of two that waits for this customer.
	OtherCustomers []string
	// SameCustomer answers it with yes for the one that was asked about: a
	// manager agreed, and why. The payment becomes the next attempt of its sale.
	SameCustomer *Permit
	// InviteAgain: the person was told of *InvitedError, and means it.
	InviteAgain bool
}

// Check says what is wrong with a draft, without recording or sending
// anything; nil if it could begin now.
func (t *Till) Check(ctx context.Context, s Session, d Draft) error {
	_, _, err := t.prepare(ctx, s, &d)
	return err
}

// Begin records a payment and starts sending it in the background; what comes
// of it arrives as an Update. The attempt is in the journal when Begin
// returns. Errors are about the draft (nothing was recorded), among them
// *InUseError, *SameAmountError and *InvitedError, which ask a person.
func (t *Till) Begin(ctx context.Context, s Session, d Draft) (providers.Attempt, error) {
	a, err := t.record(ctx, s, d)
	for tries := 0; errors.Is(err, journal.ErrMoved) && tries < recordTries; tries++ {
		a, err = t.record(ctx, s, d) // what was recorded meanwhile may be this customer's
	}
	return a, uncharged(err)
}

// recordTries is how often a payment is looked at anew because other processes
// recorded others just before it, or asked for another key.
const recordTries = 50

// uncharged says of a full disk what matters at the counter: nothing was sent.
func uncharged(err error) error {
	if !errors.Is(err, journal.ErrFull) {
		return err
	}
	return &providers.Error{Kind: providers.KindOf(err), Text: "the disk with the journal is full: nothing was sent and nothing was charged", Hint: providers.HintOf(err), Err: err}
}

// record is Begin, with the journal's own words where it fails.
func (t *Till) record(ctx context.Context, s Session, d Draft) (providers.Attempt, error) {
	t.begin.Lock()
	defer t.begin.Unlock()
	head, err := t.config.Journal.Head(ctx)
	if err != nil {
		return providers.Attempt{}, err
	}
	order, request, err := t.prepare(ctx, s, &d)
	if err != nil {
		return providers.Attempt{}, err
	}
	a := providers.Attempt{
		ID: t.config.NewID(), Sale: d.Sale, Reference: order.Reference,
		Provider: d.Provider, Kind: d.Kind, Amount: d.Amount, FinanceMinor: d.FinanceMinor,
		Operator: s.Operator, Session: s.ID, Counter: t.config.Counter, Test: t.config.Test,
		Personal: providers.Personal{PreApproval: order.Code, Mobile: order.Mobile, Email: order.Email},
	}
	if a.ReceiptDue, err = t.receiptDue(ctx, d); err != nil {
		return providers.Attempt{}, err
	}
	if a.Sale == "" {
		a.Sale = a.Reference
	}
	a, release, err := t.claimed(a.ID, func() (providers.Attempt, error) {
		return t.config.Journal.RecordAfter(ctx, head, a, bodyOf(request))
	})
	if err != nil {
		return providers.Attempt{}, err
	}
	t.remember(a.ID)
	if d.SameCustomer != nil {
		err := t.vouchFor(ctx, s, a, release, d.SameCustomer.By, "same customer as a payment that is not known yet: "+d.SameCustomer.Reason)
		if err != nil {
			return providers.Attempt{}, err
		}
	}
	t.config.Notify(Update{Attempt: a})
	t.driveClaimed(a, &request, release)
	return a, nil
}

// bodyOf is what the journal keeps of a request.
func bodyOf(r providers.Request) journal.Body {
	body := journal.Body{Call: r.Call, Record: r.Record, Hash: hash(r.Body)}
	if r.Keep {
		body.Kept = r.Body
	}
	return body
}

// vouchFor has the journal keep the word of whoever agreed to an attempt that
// was just recorded. Without it, it must not be sent: what was recorded is given
// up, and its claim with it, however long the journal takes for it.
func (t *Till) vouchFor(ctx context.Context, s Session, a providers.Attempt, release func(), by, note string) error {
	_, err := t.config.Journal.Append(ctx, providers.Event{Type: providers.EventNoted, Attempt: a.ID, By: by, Session: s.ID, Note: note})
	if err != nil {
		t.work.Go(func() {
			defer release()
			t.save(t.running(), a, providers.Event{Type: providers.EventCancelled, Attempt: a.ID, Note: "not sent: the journal could not be written"})
		})
	}
	return err
}

// prepare checks everything that can be checked before a payment is recorded,
// and gives the draft its sale if that is somebody else's.
func (t *Till) prepare(ctx context.Context, s Session, d *Draft) (providers.Order, providers.Request, error) {
	none := func(err error) (providers.Order, providers.Request, error) {
		return providers.Order{}, providers.Request{}, err
	}
	if err := t.require(ctx, s, Charge); err != nil {
		return none(err)
	}
	if err := t.noteKeys(ctx); err != nil {
		return none(err)
	}
	if why := t.blocked(ctx, d.Provider); why != nil {
		return none(why)
	}
	if err := t.guard(ctx, *d); err != nil {
		return none(err)
	}
	if err := t.join(ctx, d); err != nil {
		return none(err)
	}
	reference, err := t.nextReference(ctx, *d)
	if err != nil {
		return none(err)
	}
	order := providers.Order{
		Kind: d.Kind, Reference: reference, Amount: d.Amount, FinanceMinor: d.FinanceMinor,
		Code: d.Code, Mobile: d.Mobile, Email: d.Email, Operator: s.Operator,
		Items: d.Items, Description: d.Description, AcceptOtherCode: d.AcceptOtherCode,
		FromBIN: d.FromBIN, ToBIN: d.ToBIN,
	}
	request, err := t.gateways[d.Provider].Prepare(order)
	if err != nil {
		return none(err)
	}
	return order, request, nil
}

// join makes a payment that a manager agreed to the next attempt of the sale
// that is not known yet, so that two approvals of it are noticed. What is known
// meanwhile is not charged again on that word.
func (t *Till) join(ctx context.Context, d *Draft) error {
	if !agreed(*d) {
		return nil
	}
	same, err := t.waiting(ctx, *d)
	if err != nil {
		return err
	}
	if same.ID == "" {
		return conflict("the earlier payment of this amount is known by now", "look at it before you take another payment")
	}
	d.Sale = same.Sale
	return nil
}

// nextReference is the attempt's own reference: the sale's for the first
// attempt, then … A sale that may be paid already gets none, unless a
// manager agreed: *ReferenceError.
func (t *Till) nextReference(ctx context.Context, d Draft) (string, error) {
	if d.Sale == "" {
		return t.config.NewID(), nil
	}
	earlier, err := t.config.Journal.BySale(ctx, d.Sale)
	if err != nil && !errors.Is(err, journal.ErrNotFound) {
		return "", err
	}
	tries := 0
	for _, a := range earlier {
		if a.Kind.Returns() { // money that went back is no try to take it
			continue
		}
		if err := t.standsInTheWay(a, d); err != nil {
			return "", err
		}
		tries++
	}
	if tries == 0 {
		return d.Sale, t.unusedReference(ctx, d.Sale)
	}
	for {
		tries++
		reference := d.Sale + "-" + strconv.Itoa(tries)
		var taken *ReferenceError // by a sale that somebody named so
		if err := t.unusedReference(ctx, reference); !errors.As(err, &taken) {
			return reference, err
		}
	}
}

// standsInTheWay says why a sale gets no further attempt because of this one, or
// nil.
func (t *Till) standsInTheWay(a providers.Attempt, d Draft) error {
	switch {
	case a.Amount != d.Amount:
		return used(a, "this reference was used for "+a.Amount.String(), "start a new sale")
	case a.Contradicted && a.State != providers.Approved:
		// It may be paid after all, whatever its state says.
		return used(a, "this sale is "+a.State.Word()+", but an answer came later that says otherwise", "a manager must look at it before another payment is taken")
	case a.State == providers.Approved || t.mayBePaid(a) && !agreed(d):
		return used(a, "this sale is "+a.State.Word()+" already", "look at it before you take another payment")
	}
	return nil
}

// unusedReference refuses a reference that an attempt of another sale has.
func (t *Till) unusedReference(ctx context.Context, reference string) error {
	a, err := t.config.Journal.ByReference(ctx, reference)
	switch {
	case errors.Is(err, journal.ErrNotFound):
		return nil
	case err != nil:
		return err
	}
	return used(a, "this reference belongs to another sale", "start a new sale")
}

// blocked says why no new payment can begin with a provider now, or nil.
func (t *Till) blocked(ctx context.Context, p providers.Provider) error {
	why := t.config.Unavailable(p)
	if why == "" && t.gateways[p] == nil {
		why = "it is not set up"
	}
	if why != "" {
		return &providers.Error{Kind: providers.Credentials, Text: fmt.Sprintf("%s cannot be used: %s", p.Title(), why), Hint: "a manager can mend this in the settings"}
	}
	t.mu.Lock()
	unsaved := t.unsaved
	t.mu.Unlock()
	if unsaved > 0 {
		return &providers.Error{Kind: providers.Internal, Text: "a result could not be saved yet, so no new payment begins", Hint: "free space on this machine's disk"}
	}
	if p != providers.Oxipay {
		return nil
	}
	if busy, err := t.registering(ctx); err != nil || busy {
		return errors.Join(err, conflict("this device is being registered at Oxipay right now", "wait for the answer"))
	}
	waiting, err := t.config.Journal.Unfinished(ctx)
	if err != nil {
		return err
	}
	for _, a := range waiting {
		if a.Provider == p && suspects(a) {
			return &providers.Error{Kind: providers.Credentials, Text: "Oxipay answered that our key may be wrong", Hint: "call a manager: F2, F4 keys sets the right one, or F4 there registers this device for a new one; without a screen `cashdesk keys register`"}
		}
	}
	return nil
}

func conflict(text, hint string) error {
	return &providers.Error{Kind: providers.Conflict, Text: text, Hint: hint}
}

func hash(body []byte) string {
	sum := sha256.Sum256(body)
	return hex.EncodeToString(sum[:])
}
