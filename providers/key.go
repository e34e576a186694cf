package providers

// Secret reads a key where it is kept; empty when none is held, or when nobody
// said where.
func Secret(read func() string) string {
	if read == nil {
		return ""
	}
	return read()
}

// KeyTrouble is an error of kind Credentials about the key of that name: what is
// wrong with it, and the command that sets it. The key itself is never in it.
func KeyTrouble(name, text string) *Error {
	return &Error{Kind: Credentials, Text: text, Hint: "cashdesk keys set " + name}
}
