package scanner

import "time"

// Config says how scans are told from typing.
type Config struct {
	// Prefix is what the shop's scanners are set up to send before a code.
	Prefix string
	// Local is true on a terminal of this machine, where no person types a
	// character in less than Gap. Over ssh and in tmux keys arrive in bursts too.
	Local bool
	// Gap is the longest pause inside a burst (30 ms when 0).
	Gap time.Duration
	// Quiet is the pause that ends a code that has no Enter after it (60 ms when 0).
	Quiet time.Duration
	// Window is how long after a scan its Enter may come (300 ms when 0).
	Window time.Duration
}
