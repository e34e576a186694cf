package cli

import "cashdesk/providers"

// The words of the JSON's field doubt: why a manager must look at a payment.
const (
	doubtContradicted = "contradicted"    // an answer came that says otherwise
	doubtDouble       = "possible_double" // another attempt for the sale is approved too
)

// standing is the state as a command tells it. What is on its way is not known; nor
// is what was a no until an answer came that says otherwise, for as long as no manager
// has settled it. An approval stands, whatever came after it: doubt says that.
func standing(a providers.Attempt) providers.State {
	switch {
	case a.State == providers.Recorded, a.State == providers.Sent:
		return providers.Unknown
	case a.State != providers.Approved && (a.Contradicted || a.Doubted):
		return providers.Unknown
	}
	return a.State
}

// doubt says why a manager must look at an attempt; empty if none must.
func doubt(a providers.Attempt) string {
	switch {
	case a.PossibleDouble:
		return doubtDouble
	case a.Contradicted, a.Doubted:
		return doubtContradicted
	}
	return ""
}

// financed is the part of the amount that the provider pays, where the customer
// pays the rest otherwise.
func financed(a providers.Attempt) (part providers.Amount, inPart bool) {
	part, rest := a.Financed()
	return part, rest.Minor > 0 && !a.Kind.Returns()
}
