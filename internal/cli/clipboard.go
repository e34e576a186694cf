package cli

import (
	"encoding/base64"
	"fmt"
	"io"
)

// copyText asks the terminal to put a text on the clipboard (OSC 52). It works
// over ssh too; a terminal that does not know it ignores it.
func copyText(out io.Writer, text string) error {
	_, err := fmt.Fprintf(out, "\x1b]52;c;%s\x07", base64.StdEncoding.EncodeToString([]byte(text)))
	return err
}
