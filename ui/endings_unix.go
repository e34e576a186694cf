//go:build !windows

package ui

import (
	"os"
	"syscall"
)

// endings are the signals that end the program in good order.
var endings = []os.Signal{syscall.SIGTERM, syscall.SIGHUP, syscall.SIGINT}
