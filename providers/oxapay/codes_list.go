package oxapay

import "cashdesk/providers"

// CodesByCall lists the result codes, which every call of the older API can be
// answered with, and the statuses of an invoice; after these what v1 has
// besides.
func CodesByCall() []providers.CallCodes {
	results := providers.CallCodes{Call: pathCreate, About: "making an invoice: the result"}
	older := providers.CallCodes{Call: pathInquiry, About: "watching an invoice: its status"}
	for _, row := range codes {
		if row.Status == "" {
			results.Codes = append(results.Codes, row)
		} else {
			older.Codes = append(older.Codes, row)
		}
	}
	return []providers.CallCodes{
		results, older,
		{Call: pathV1Create, About: "over v1: the status of an answer, besides 500", Codes: envelopeCodes},
		{Call: pathV1Payment + "{track_id}", About: "over v1: the status of an invoice, besides New, Waiting, Paid and Expired", Codes: statusCodesV1},
	}
}
