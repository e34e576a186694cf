package xaigate

import (
	"slices"
	"strings"

	"cashdesk/providers"
)

// The statuses of an invoice, as the provider writes them.
const (
	statusPending     = "Pending"
	statusPaid        = "Paid"
	statusPaidPartial = "PaidPartial"
	statusExpired     = "Expired"
	statusDeleted     = "Deleted"
)

// Codes is the whole table. XaiGate documents no error codes, only the five
// statuses of an invoice.
func Codes() []providers.Code { return slices.Clone(codes) }

// Lookup finds a status without regard to case.
func Lookup(code string) (providers.Code, bool) {
	for _, row := range codes {
		if strings.EqualFold(row.Code, code) {
			return row, true
		}
	}
	return providers.Code{}, false
}

var codes = []providers.Code{
	{Code: statusPending, Status: statusPending, Class: providers.ClassOpen, Retry: providers.RetryNever, Words: providers.Words{
		Staff:    "Open: waiting for the customer to pay.",
		Customer: "Please scan this with your phone, choose a coin, and send exactly the amount shown.",
		Next:     "Wait for the coin. Keep the goods here until it says approved."}},
	{Code: statusPaid, Status: statusPaid, Class: providers.ClassApproved, Retry: providers.RetryNever, Words: providers.Words{
		Staff: "Paid and confirmed by XaiGate.", Customer: "Paid, thank you.", Next: "Hand over the goods."}},
	{Code: statusPaidPartial, Status: statusPaidPartial, Class: providers.ClassPartly, Retry: providers.RetryNever, Words: providers.Words{
		Staff:    "Too little has come",
		Customer: "Part of the payment has arrived, but not all of it. The rest can be sent to the same link while it is open.",
		Next:     "Keep the goods here. Wait for the rest; if it does not come in time, a manager decides."}},
	{Code: statusExpired, Status: statusExpired, Class: providers.ClassExpired, Retry: providers.RetryLater, Words: providers.ExpiredWords},
	{Code: statusDeleted, Status: statusDeleted, Class: providers.ClassDeclined, Retry: providers.RetryLater, Words: providers.Words{
		Staff:    "The invoice was deleted at XaiGate; nobody can pay it any more.",
		Customer: "This payment code is no longer good. Please do not pay it. Let me make a new one.",
		Next:     "Keep the goods. Start again, or take the payment another way."}},
}

// Lookup finds a code, as the package's own Lookup does.
func (c *Client) Lookup(code string) (providers.Code, bool) { return Lookup(code) }
