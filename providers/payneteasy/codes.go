package payneteasy

import (
	"slices"
	"strings"

	"cashdesk/providers"
)

// The causes of an error, as the seed page writes them.
const (
	causeFiltered       = "FILTERED"
	causeInvalidRequest = "INVALID_REQUEST"
	causeFailed         = "SERVER_FAILED"
	causeUnavailable    = "SERVER_UNAVAILABLE"
)

// The statuses that the result address answers, defined by us.
const (
	resultApproved = "approved"
	resultDeclined = "declined"
	resultPending  = "pending"
)

// resultStates are what they mean.
var resultStates = map[string]providers.State{
	resultApproved: providers.Approved, resultDeclined: providers.Declined, resultPending: providers.HandedOver,
}

// Codes is the whole table: the four causes of the seed page, then the three
// statuses of the result address.
func Codes() []providers.Code { return slices.Clone(codes) }

// Lookup finds a cause or a status.
func Lookup(code string) (providers.Code, bool) {
	for _, row := range codes {
		if row.Code == code {
			return row, true
		}
	}
	return providers.Code{}, false
}

// lookupCause finds a cause alone: a status is none.
func lookupCause(cause string) (providers.Code, bool) {
	row, listed := Lookup(cause)
	return row, listed && row.Status == ""
}

// lookupResult finds a status without regard to case.
func lookupResult(status string) (providers.Code, bool) {
	row, listed := Lookup(strings.ToLower(status))
	return row, listed && row.Status != ""
}

var codes = []providers.Code{
	{Code: causeFiltered, Class: providers.ClassDeclined, Retry: providers.RetryNever, Words: providers.Words{
		Staff:    "The transfer was not allowed. Nothing was begun.",
		Customer: "Sorry, that is not possible this way. Nothing has been paid. Can you pay another way?",
		Next:     "Take the payment another way. Do not try this transfer again.", Private: true}},
	{Code: causeInvalidRequest, Class: providers.ClassRefused, Retry: providers.RetryFixed, Words: providers.Words{
		Staff:    "The server found something wrong in the request. Nothing was begun.",
		Customer: "Sorry, that did not go through. Nothing has been paid. Let me check it.",
		Next:     "Check the amount and start again. If it happens again, a manager checks the Payneteasy settings."}},
	{Code: causeFailed, Class: providers.ClassRefused, Retry: providers.RetryLater, Words: providers.Words{
		Staff:    "The server failed on its side. Nothing was begun.",
		Customer: "Sorry, that did not go through. Nothing has been paid. Let me try once more.",
		Next:     "Start again, once. If it fails again, take the payment another way and tell a manager."}},
	{Code: causeUnavailable, Class: providers.ClassRefused, Retry: providers.RetryLater, Words: providers.Words{
		Staff:    "The server cannot begin transfers just now. Nothing was begun.",
		Customer: "Sorry, transfers are not working just now. Nothing has been paid. Can you pay another way?",
		Next:     "Take the payment another way, and try transfers again later."}},
	{Code: resultApproved, Status: resultApproved, Class: providers.ClassApproved, Retry: providers.RetryNever, Words: providers.Words{
		Staff: "The transfer went through, says the merchant group's server.", Customer: "Paid, thank you.", Next: "Hand over the goods."}},
	{Code: resultDeclined, Status: resultDeclined, Class: providers.ClassDeclined, Retry: providers.RetryLater, Words: providers.Words{
		Staff:    "The transfer did not go through, says the merchant group's server.",
		Customer: "Sorry, the transfer did not go through. Nothing has been paid. Can you pay another way?",
		Next:     "Keep the goods. Start a new transfer, or take the payment another way.", Private: true}},
	{Code: resultPending, Status: resultPending, Class: providers.ClassBegun, Retry: providers.RetryNever, Words: providers.Words{
		Staff:    "Begun; the customer has not finished it yet. No money is confirmed.",
		Customer: "Please scan this with your phone and finish the transfer there.",
		Next:     "Wait: the result is asked for by itself. Keep the goods here until it says approved."}},
}

// Lookup finds a code, as the package's own Lookup does.
func (c *Client) Lookup(code string) (providers.Code, bool) { return Lookup(code) }
