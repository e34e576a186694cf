package signin

import "cashdesk/providers"

// errNobody is shown in a shop without staff: only the command line can add
// the first one.
var errNobody = &providers.Error{
	Kind: providers.Credentials, Text: "nobody can sign in yet",
	Hint: "leave with Ctrl+Q, then: cashdesk staff add",
}
