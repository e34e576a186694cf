package cli

import (
	"fmt"
	"io"
	"os"

	"golang.org/x/term"

	"cashdesk/providers"
	"cashdesk/ui"
	"cashdesk/ui/qr"
)

// showLink draws the QR of a link where a person looks: on standard error, else
// on standard output, where nothing else reads that. Into a file or a pipe it
// draws none: the link is in the answer.
func (c *clerk) showLink(a providers.Attempt) {
	if a.Link == "" {
		return
	}
	for _, out := range []io.Writer{c.err, c.out} {
		file, ok := out.(*os.File)
		if !ok || !isTerminal(out) || c.flags.json && out == c.out {
			continue
		}
		if width, height, err := term.GetSize(int(file.Fd())); err == nil {
			drawLink(out, a, width, height)
		}
		return
	}
}

// drawLink draws a link's QR with its host beneath, or writes the link where
// there is no room.
func drawLink(out io.Writer, a providers.Attempt, width, height int) {
	theme := ui.PickTheme("auto", os.Getenv)
	drawing, err := qr.Draw(a.Link, width, height-2, theme == ui.ThemeSixteen || theme == ui.ThemeNoColour)
	if err != nil || theme == ui.ThemePlain {
		fmt.Fprintf(out, "The customer goes on at %s\n", a.Link)
		return
	}
	for _, line := range drawing.Lines {
		fmt.Fprintln(out, line)
	}
	host := providers.LinkHost(a.Link)
	if a.Test {
		host = "TEST  " + host
	}
	fmt.Fprintln(out, host)
}
