package xaigate

import "cashdesk/providers"

// CodesByCall lists the statuses of an invoice. XaiGate documents no error
// codes: an invoice that is not made is explained by its reason.
func CodesByCall() []providers.CallCodes {
	return []providers.CallCodes{{Call: pathInfo, About: "watching an invoice: its status", Codes: Codes()}}
}
