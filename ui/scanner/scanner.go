// Package scanner tells a scan from typing. It is pure: characters and the time
// go in, typing and scans come out.
package scanner
