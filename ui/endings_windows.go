package ui

import (
	"os"
	"syscall"
)

// endings are the signals that end the program in good order; Windows turns the
// closing of the window into SIGTERM.
var endings = []os.Signal{os.Interrupt, syscall.SIGTERM}
