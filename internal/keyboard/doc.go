// Package keyboard holds the tests of what comes in from keyboards and scanners:
// the real root and screens over a real till, without a terminal and on a clock
// of their own. There is nothing in it but tests.
package keyboard
