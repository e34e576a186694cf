package providers

// CallCodes are the rows of a provider's table that one call can be answered
// with, for the page of all codes and for tests. For a decision only Lookup
// counts.
type CallCodes struct {
	Call  string // the provider's name of the call, or what every call means
	About string // what the shop does with it, a few words
	Codes []Code // in the order of the provider's documentation
	// FirstOnly names the codes that decide for a first send alone: in answer to
	// a repeat they say nothing about it, and it stays not known.
	FirstOnly []string
}
