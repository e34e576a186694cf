package oxapay

import (
	"slices"
	"strings"

	"cashdesk/providers"
)

// The statuses of an invoice, as the provider writes them.
const (
	statusNew        = "New"
	statusWaiting    = "Waiting"
	statusConfirming = "Confirming"
	statusPaid       = "Paid"
	statusFailed     = "Failed"
	statusExpired    = "Expired"
)

const resultSuccess = "100"

// Codes is the whole table: every result code of the provider's documentation,
// then every status of an invoice; after these what v1 has besides. 132 to 134
// do not exist.
func Codes() []providers.Code { return slices.Concat(codes, envelopeCodes, statusCodesV1) }

// Lookup finds a result code or a status of either API, without regard to case.
func Lookup(code string) (providers.Code, bool) {
	for _, table := range [][]providers.Code{codes, envelopeCodes, statusCodesV1} {
		for _, row := range table {
			if strings.EqualFold(row.Code, code) {
				return row, true
			}
		}
	}
	return providers.Code{}, false
}

// lookupResult finds a result code of the older API.
func lookupResult(code string) (providers.Code, bool) {
	for _, row := range codes {
		if row.Code == code && row.Status == "" {
			return row, true
		}
	}
	return providers.Code{}, false
}

// Three sentences for the customer; which of OxaPay's rules stood in the way
// is nothing that they can change.
const (
	sayStartAgain = "Sorry, that did not go through. Nothing has been paid. Let me try once more."
	sayOtherWay   = "Sorry, paying by crypto is not working just now. Nothing has been paid. Can you pay another way?"
	sayAmount     = "Sorry, crypto cannot take this amount. Nothing has been paid. Can you pay another way?"
)

func refused(code, staff, customer, next string, retry providers.Retry) providers.Code {
	return providers.Code{Code: code, Class: providers.ClassRefused, Retry: retry,
		Words: providers.Words{Staff: staff, Customer: customer, Next: next}}
}

// setUp is a refusal that only a manager can mend.
func setUp(code, staff, mend string) providers.Code {
	return refused(code, staff, sayOtherWay, "Take the payment another way. A manager can mend it: "+mend+".", providers.RetryManager)
}

// foreign is a code that belongs to a call which a counter never makes.
func foreign(code, about string) providers.Code {
	return refused(code, "OxaPay refused it because of "+about+", which an invoice does not have.", sayOtherWay, providers.NextManager, providers.RetryManager)
}

func status(code string, class providers.Class, retry providers.Retry, staff, customer, next string) providers.Code {
	return providers.Code{Code: code, Status: code, Class: class, Retry: retry,
		Words: providers.Words{Staff: staff, Customer: customer, Next: next}}
}

const sayNoMoneySeen = "The payment code did not come up. You have not paid anything; one moment, please."

var codes = []providers.Code{
	{Code: resultSuccess, Class: providers.ClassOpen, Retry: providers.RetryNever, Words: waitingToPay},
	refused("101", "OxaPay found something wrong in the invoice.", sayStartAgain, "Check the amount and the e-mail address, then start again. If it happens again, tell a manager.", providers.RetryFixed),
	setUp("102", "OxaPay does not accept our merchant key.", "the merchant key"),
	foreign("103", "a payout key"),
	setUp("104", "OxaPay does not accept calls from this shop's internet address.", "the allowed IP addresses in the OxaPay account"),
	refused("105", "OxaPay does not take this currency.", "Sorry, crypto cannot take this currency. Nothing has been paid. Can you pay another way?", providers.NextManager, providers.RetryFixed),
	setUp("106", "OxaPay does not accept the network.", "the coins and networks in the OxaPay account"),
	setUp("107", "OxaPay does not accept the callback address.", "callback_url in the settings"),
	setUp("108", "OxaPay does not accept the return address.", "return_url in the settings"),
	refused("109", "The amount is too low for OxaPay.", sayAmount, providers.NextOtherWay, providers.RetryFixed),
	refused("110", "The amount is too high for OxaPay.", sayAmount, providers.NextOtherWay, providers.RetryFixed),
	setUp("111", "The time to pay is too short for OxaPay.", "life_time in the settings, 15 minutes or more"),
	setUp("112", "The time to pay is too long for OxaPay.", "life_time in the settings, 2880 minutes or less"),
	setUp("113", "The tolerance for underpaying is below 0.", "under_paid_cover in the settings"),
	setUp("114", "The tolerance for underpaying is above 60 per cent.", "under_paid_cover in the settings"),
	setUp("115", "OxaPay does not accept who pays the fee.", "fee_paid_by_payer in the settings"),
	refused("116", "OxaPay does not know this invoice number.", "Sorry, I cannot find that payment just now. One moment, please.", "Ask a manager to look in the OxaPay account.", providers.RetryManager),
	foreign("117", "an address"),
	foreign("118", "a range of amounts"),
	foreign("119", "a range of dates"),
	foreign("120", "the coin to pay in"),
	foreign("121", "the currency to exchange from"),
	foreign("122", "the currency to exchange to"),
	foreign("123", "an exchange between one and the same currency"),
	refused("124", "A limit of our OxaPay account is reached.", sayOtherWay, providers.NextManager, providers.RetryLater),
	foreign("125", "a receiver that is ourselves"),
	refused("126", "OxaPay says that the amount is missing.", sayStartAgain, "Type the amount and start again.", providers.RetryFixed),
	refused("127", "The amount is below OxaPay's minimum.", sayAmount, providers.NextOtherWay, providers.RetryFixed),
	refused("128", "The amount is above OxaPay's limit for one payment.", sayAmount, providers.NextOtherWay, providers.RetryFixed),
	refused("129", "Today's limit of our OxaPay account is reached.", sayOtherWay, "Take the payment another way until tomorrow, and tell a manager.", providers.RetryLater),
	foreign("130", "the balance of our account"),
	{Code: "131", Class: providers.ClassUnknown, Retry: providers.RetryNever, Words: providers.Words{
		Staff: "OxaPay says that an error occurred; the invoice may or may not exist.", Customer: sayNoMoneySeen, Next: nextLookUp}},
	setUp("135", "This currency is switched off on this network.", "the coins and networks in the OxaPay account"),
	serverFault,

	status(statusNew, providers.ClassOpen, providers.RetryNever, waitingToPay.Staff, waitingToPay.Customer, waitingToPay.Next),
	status(statusWaiting, providers.ClassOpen, providers.RetryNever,
		"Open: the customer has chosen a coin and has not sent it yet.",
		"Please send exactly the amount that your phone shows, in one payment.",
		"Wait for the coin. Keep the goods here until it says approved."),
	status(statusConfirming, providers.ClassPending, providers.RetryNever,
		"The coin is on its way and not confirmed yet.",
		"Your payment is on its way. It takes a few minutes to be confirmed; please do not send it again.",
		"Keep the goods here until it says approved. You can serve the next customer."),
	status(statusPaid, providers.ClassApproved, providers.RetryNever,
		"Paid and confirmed by OxaPay.", "Paid, thank you.", "Hand over the goods."),
	status(statusFailed, providers.ClassDeclined, providers.RetryLater,
		"The payment failed at OxaPay.",
		"The payment did not work. Please look at your wallet before you pay again.",
		"Keep the goods. Start again, or take the payment another way."),
	status(statusExpired, providers.ClassExpired, providers.RetryLater,
		providers.ExpiredWords.Staff, providers.ExpiredWords.Customer, providers.ExpiredWords.Next),
}

// Lookup finds a code, as the package's own Lookup does.
func (c *Client) Lookup(code string) (providers.Code, bool) { return Lookup(code) }
