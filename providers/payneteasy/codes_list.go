package payneteasy

import "cashdesk/providers"

// CodesByCall lists the causes with which a transfer is not begun.
func CodesByCall() []providers.CallCodes {
	return []providers.CallCodes{{Call: pathInitiate, About: "beginning a transfer: why it was not begun", Codes: Codes()}}
}
