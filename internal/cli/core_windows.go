package cli

// keepMemory has nothing to do: Go's programs switch the crash dumps of
// Windows off unless GOTRACEBACK=wer asks for them.
func keepMemory() {}
