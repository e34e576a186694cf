package oxapay

import "cashdesk/providers"

// CodesByCall lists the result codes, which every call can be answered with,
// and the statuses of an invoice.
func CodesByCall() []providers.CallCodes {
	results := providers.CallCodes{Call: pathCreate, About: "making an invoice: the result"}
	statuses := providers.CallCodes{Call: pathInquiry, About: "watching an invoice: its status"}
	for _, row := range codes {
		if row.Status == "" {
			results.Codes = append(results.Codes, row)
		} else {
			statuses.Codes = append(statuses.Codes, row)
		}
	}
	return []providers.CallCodes{results, statuses}
}
