package payneteasy

import (
	"slices"

	"cashdesk/providers"
)

// The causes of an error, as the seed page writes them.
const (
	causeFiltered       = "FILTERED"
	causeInvalidRequest = "INVALID_REQUEST"
	causeFailed         = "SERVER_FAILED"
	causeUnavailable    = "SERVER_UNAVAILABLE"
)

// Codes is the whole table: the four causes of the seed page.
func Codes() []providers.Code { return slices.Clone(codes) }

// Lookup finds a cause.
func Lookup(code string) (providers.Code, bool) {
	for _, row := range codes {
		if row.Code == code {
			return row, true
		}
	}
	return providers.Code{}, false
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
}

// Lookup finds a code, as the package's own Lookup does.
func (c *Client) Lookup(code string) (providers.Code, bool) { return Lookup(code) }
