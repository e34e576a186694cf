// Command cashdesk takes payments at a shop's counter.
package main

import (
	"os"

	"cashdesk/internal/cli"
	_ "cashdesk/ui/mute" // first: the terminal is never asked, so never waited for
)

func main() { os.Exit(cli.Run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr)) }
