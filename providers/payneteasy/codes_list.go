package payneteasy

import "cashdesk/providers"

// CodesByCall lists the causes with which a call is turned away, and what the
// group's own result address tells of a transfer.
func CodesByCall() []providers.CallCodes {
	var causes, statuses []providers.Code
	for _, row := range codes {
		if row.Status == "" {
			causes = append(causes, row)
		} else {
			statuses = append(statuses, row)
		}
	}
	return []providers.CallCodes{
		{Call: pathInitiate, About: "beginning a transfer: why it was not begun", Codes: causes},
		{Call: "result_url", About: "following a transfer: its status, at the group's own address", Codes: statuses},
	}
}
