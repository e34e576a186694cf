package till

import (
	"fmt"

	"cashdesk/providers"
)

// Words says what an attempt means to people: the provider's words, and over
// them what only the till knows (closed, settled by hand, contradicted).
func (t *Till) Words(a providers.Attempt) providers.Words {
	w := providers.Words{Staff: a.State.Word()}
	if g := t.gateways[a.Provider]; g != nil {
		w = g.Explain(a)
	}
	switch {
	case a.PossibleDouble:
		w.Staff = "Possible double payment: another attempt for this sale is approved too."
		w.Next = "Call a manager: one of the two may have to be refunded."
	case a.Contradicted:
		w.Staff = fmt.Sprintf("It is %s, but an answer came later that says otherwise.", a.State.Word())
		w.Next = "Call a manager: look at the timeline and at the provider's portal."
	case a.Closed && a.State == providers.Approved && !a.Settled:
		w.Staff = "Approved after the sale was closed."
		w.Customer = "Your payment did go through after all. We will refund it if you paid otherwise."
		w.Next = "Call a manager: refund it unless the customer took the goods on this payment."
	case a.Closed && a.State == providers.Unknown:
		w.Staff = "Closed while not known. Nothing is sent for it any more."
		w.Next = "A manager settles it against the provider's portal."
	case a.Settled && a.State == providers.Approved:
		w.Staff = "Settled by a manager: paid."
	case a.Settled:
		w.Staff = "Settled by a manager: not paid."
	}
	return w
}
