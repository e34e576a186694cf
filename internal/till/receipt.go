package till

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/oklog/ulid/v2"

	"cashdesk/providers"
)

// maxName is the longest name of a payment that every provider takes.
const maxName = 64

// plainName checks a name that somebody typed: a receipt number, or what a
// refund is called at the provider.
func plainName(field, text string) (string, error) {
	text = strings.TrimSpace(text)
	if text == "" || len(text) > maxName || !providers.PlainText(text) {
		return "", providers.Invalid(field, "this cannot be a "+field+" number", "1 to 64 letters, digits and signs on one line")
	}
	return text, nil
}

// Receipt gives an approved sale the number that the shop's own till made for
// it. The provider is told in the background, again and again until it has the
// number or refuses it; a refused one may be given anew.
func (t *Till) Receipt(ctx context.Context, s Session, attemptID, number string) (providers.Attempt, error) {
	if err := t.require(ctx, s, Charge); err != nil {
		return providers.Attempt{}, err
	}
	number, err := plainName("receipt", number)
	if err != nil {
		return providers.Attempt{}, err
	}
	a, err := t.config.Journal.Attempt(ctx, attemptID)
	if err != nil {
		return providers.Attempt{}, err
	}
	if err := t.receiptable(a); err != nil {
		return providers.Attempt{}, err
	}
	a, err = t.change(ctx, providers.Event{Type: providers.EventReceipt, Attempt: a.ID, By: s.Operator, Session: s.ID, Receipt: number})
	if err == nil {
		t.given.Store(a.ID, true)
		t.clerk.wake()
	}
	return a, err
}

// gave says that this till was given a sale's receipt number.
func (t *Till) gave(id string) bool {
	_, here := t.given.Load(id)
	return here
}

// receiptable says why a sale takes no receipt number, or nil.
func (t *Till) receiptable(a providers.Attempt) error {
	switch {
	case a.Kind != providers.Authorise || a.Provider != providers.Oxipay:
		return conflict("only an Oxipay sale takes a receipt number", "")
	case a.State != providers.Approved:
		return conflict("it is "+a.State.Word()+": only an approved sale takes a receipt number", "")
	case a.ReceiptStored:
		return conflict("it has the receipt number "+a.Receipt+" already", "")
	}
	return nil
}

// NoReceipt says why a sale takes no receipt number now, "" where it does.
func (t *Till) NoReceipt(a providers.Attempt) string {
	if err := t.receiptable(a); err != nil {
		return err.Error()
	}
	if a.Receipt != "" && a.ReceiptCode == "" {
		return "receipt number " + a.Receipt + " is still on its way to " + a.Provider.Title()
	}
	return ""
}

// ReceiptWords say what became of a sale's receipt number; empty where none is
// asked for and none was given.
func (t *Till) ReceiptWords(a providers.Attempt) providers.Words {
	title := a.Provider.Title()
	switch {
	case a.ReceiptStored:
		return providers.Words{Staff: title + " has the receipt number " + a.Receipt + "."}
	case a.ReceiptCode != "":
		w := providers.Words{Staff: title + " did not take the receipt number " + a.Receipt + ".", Next: "Give it another number."}
		if g := t.gateways[a.Provider]; g != nil {
			if code, listed := g.Lookup(a.ReceiptCode); listed {
				w = code.Words
			}
		}
		return w
	case a.Receipt != "":
		return providers.Words{Staff: "Receipt number " + a.Receipt + " is on its way to " + title + ".", Next: "It is sent again until it is there."}
	case a.ReceiptDue && a.State == providers.Approved:
		return providers.Words{Staff: "The receipt number is missing."}
	}
	return providers.Words{}
}

// ReceiptsDue lists the approved sales whose receipt number is missing, or was
// refused, oldest first. They belong to the counter.
func (t *Till) ReceiptsDue(ctx context.Context) ([]providers.Attempt, error) {
	all, err := t.config.Journal.ReceiptsDue(ctx)
	for i := range all {
		all[i].Personal = all[i].Personal.Masked()
	}
	return all, err
}

// receiptDue says that a draft's sale goes out under a reference that is only
// there until the shop's own till has made a number: nobody gave it one, now or
// when the sale was first tried, with whichever provider.
func (t *Till) receiptDue(ctx context.Context, d Draft) (bool, error) {
	if !t.config.ReceiptNumbers || d.Provider != providers.Oxipay || d.Sale == "" {
		return t.config.ReceiptNumbers && d.Provider == providers.Oxipay, nil
	}
	earlier, err := t.config.Journal.BySale(ctx, d.Sale)
	return slices.ContainsFunc(earlier, func(a providers.Attempt) bool { return a.ReceiptDue || a.ReceiptStored || namedHere(a) }), err
}

// namedHere says that an attempt's reference was made here together with its id:
// both are ULIDs of one moment. A shop's own reference may be a ULID too, but is
// hardly ever made in the same second.
func namedHere(a providers.Attempt) bool {
	name, err := ulid.ParseStrict(a.Reference)
	id, err2 := ulid.ParseStrict(a.ID)
	if err != nil || err2 != nil || a.Reference != a.Sale {
		return false
	}
	return id.Timestamp().Sub(name.Timestamp()).Abs() < time.Second
}
