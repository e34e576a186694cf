package oxipay

import "cashdesk/providers"

// CodesByCall lists every code under the call that can be answered with it,
// and at the end those that every call can.
func CodesByCall() []providers.CallCodes {
	groups := []providers.CallCodes{
		{Call: CallInvite, About: "an invitation by SMS"},
		{Call: CallProcessAuthorisation, About: "a sale with the customer's code"},
		{Call: CallSalesAdjustment, About: "a refund"},
		{Call: CallAdjustmentReversal, About: "undoing a refund"},
		{Call: CallSendReceipt, About: "the shop's own receipt number"},
		{Call: CallCreateKey, About: "registering this device"},
		{About: "any of the calls above"},
	}
	for i := range groups {
		for _, e := range table {
			if e.call != groups[i].Call {
				continue
			}
			groups[i].Codes = append(groups[i].Codes, e.Code)
			if e.firstSendOnly {
				groups[i].FirstOnly = append(groups[i].FirstOnly, e.Code.Code)
			}
		}
	}
	return groups
}
