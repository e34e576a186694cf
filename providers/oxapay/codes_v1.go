package oxapay

import (
	"strings"

	"cashdesk/providers"
)

// The statuses that v1 has besides the older API's, as it writes them. It
// knows New, Waiting, Paid and Expired too, in lower case.
const (
	statusPaying       = "paying"
	statusManualAccept = "manual_accept"
	statusUnderpaid    = "underpaid"
	statusRefunding    = "refunding"
	statusRefunded     = "refunded"
)

// The statuses of v1's envelope that decide something by themselves.
const (
	statusOK       = "200"
	statusNotFound = "404"
	statusTooMany  = "429"
)

// statuses are the words that each API documents for an invoice.
var statuses = map[API][]string{
	Legacy: {statusNew, statusWaiting, statusConfirming, statusPaid, statusFailed, statusExpired},
	V1: {
		statusNew, statusWaiting, statusPaying, statusPaid, statusManualAccept,
		statusUnderpaid, statusRefunding, statusRefunded, statusExpired,
	},
}

// lookupStatus finds the status of an invoice in the words of an API.
func lookupStatus(api API, status string) (providers.Code, bool) {
	for _, known := range statuses[api] {
		if strings.EqualFold(known, status) {
			return Lookup(known)
		}
	}
	return providers.Code{}, false
}

// lookupEnvelope finds the status of an answer of v1's.
func lookupEnvelope(status string) (providers.Code, bool) {
	for _, row := range envelopeCodes {
		if row.Code == status {
			return row, true
		}
	}
	return serverFault, status == serverFault.Code
}

// serverFault stands in the older API's table, and means the same over v1.
var serverFault = providers.Code{Code: "500", Class: providers.ClassUnknown, Retry: providers.RetryNever, Words: providers.Words{
	Staff: "OxaPay has a fault of its own; the invoice may or may not exist.", Customer: sayNoMoneySeen, Next: nextLookUp}}

var envelopeCodes = []providers.Code{
	{Code: statusOK, Class: providers.ClassOpen, Retry: providers.RetryNever, Words: waitingToPay},
	refused("400", "OxaPay does not accept the invoice as it was asked for; its own words say why.", sayStartAgain,
		"Check the amount and the e-mail address, then start again. If it happens again, tell a manager.", providers.RetryFixed),
	setUp("401", "OxaPay's newer interface does not accept our merchant key.", "the merchant key"),
	refused(statusNotFound, "OxaPay knows no such invoice.", "Sorry, I cannot find that payment just now. One moment, please.",
		"Ask a manager to look in the OxaPay account, and at base_url in the settings.", providers.RetryManager),
	refused(statusTooMany, "OxaPay is being asked too often.", sayStartAgain, "Wait a minute, then start again.", providers.RetryLater),
	{Code: "503", Class: providers.ClassUnknown, Retry: providers.RetryLater, Words: providers.Words{
		Staff: "OxaPay is out of service for the moment.", Customer: sayNoMoneySeen, Next: nextMinute}},
}

var statusCodesV1 = []providers.Code{
	status(statusPaying, providers.ClassPending, providers.RetryNever,
		"The customer is paying: the coin is not confirmed yet, or a part of it is still missing.",
		"Your payment is on its way. Should your phone say that some is missing, you can send the rest with the same code.",
		"Keep the goods here until it says approved. You can serve the next customer."),
	status(statusManualAccept, providers.ClassApproved, providers.RetryNever,
		"Accepted by hand in the OxaPay account.", "Paid, thank you.", "Hand over the goods."),
	status(statusUnderpaid, providers.ClassPartly, providers.RetryLater,
		"Too little has come, and OxaPay waits for no more.",
		"Part of the payment has arrived, but not all of it. Please do not send more before I have asked.",
		"Keep the goods and call a manager: in the OxaPay account it is accepted as it is, or given back."),
	status(statusRefunding, providers.ClassPartly, providers.RetryNever,
		"OxaPay is giving the money back: this sale is not paid.",
		"Your money is on its way back to you. This payment does not count; please pay another way.",
		"Keep the goods and call a manager: somebody began the refund in the OxaPay account."),
	status(statusRefunded, providers.ClassDeclined, providers.RetryLater,
		"OxaPay has given the money back: this sale is not paid.",
		"Your money has been sent back to you. If you still want the goods, please pay once more.",
		"Keep the goods, and tell a manager: somebody made the refund in the OxaPay account."),
}
