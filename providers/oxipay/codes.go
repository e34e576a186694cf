package oxipay

import (
	"slices"

	"cashdesk/providers"
)

// The statuses of a reply. Source: the seed pages; Pending and Cancelled: the
// provider's documentation. The seeds' prose says Failure where their tables
// and all samples say Failed: both count as Failed.
const (
	statusSuccess   = "Success"
	statusFailed    = "Failed"
	statusFailure   = "Failure"
	statusError     = "Error"
	statusPending   = "Pending"
	statusCancelled = "Cancelled"
)

var statuses = []string{statusSuccess, statusFailed, statusFailure, statusError, statusPending, statusCancelled}

// keyCodes say that the signature or the device is not recognised. A server
// cannot sign them for a device that it does not know.
var keyCodes = []string{"ESIG01", "EAUT01"}

// entry is one row of the table: the code, which call can answer it, and
// whether it says nothing about the first send when a resend gets it.
type entry struct {
	providers.Code
	call          string // empty: every call
	firstSendOnly bool
}

// fits says whether a reply to the call, with this status, can carry the code.
func (e entry) fits(call, status string) bool {
	if status == statusFailure {
		status = statusFailed
	}
	return status == e.Status && (e.call == "" || e.call == call)
}

// Codes lists every code of every call, in the order of the provider's
// documentation.
func Codes() []providers.Code {
	all := make([]providers.Code, len(table))
	for i, e := range table {
		all[i] = e.Code
	}
	return all
}

// Lookup finds a code exactly as the provider writes it.
func Lookup(code string) (providers.Code, bool) {
	e, found := byCode[code]
	return e.Code, found
}

// table is the one place that says what each code means: first what a sale and
// an invitation can answer, then the errors, then the calls around a sale.
var table = slices.Concat(authorisationCodes, errorCodes, deviceCodes, refundCodes)

var byCode = func() map[string]entry {
	m := make(map[string]entry, len(table))
	for _, e := range table {
		m[e.Code.Code] = e
	}
	return m
}()

// code makes a row's Code; the words are staff, customer, next.
func code(name, status string, class providers.Class, retry providers.Retry, staff, customer, next string) providers.Code {
	return providers.Code{
		Code: name, Status: status, Class: class, Retry: retry,
		Words: providers.Words{Staff: staff, Customer: customer, Next: next},
	}
}

func authorised(c providers.Code) entry {
	return entry{Code: c, call: CallProcessAuthorisation}
}

// declined is a decline of ProcessAuthorisation.
func declined(name string, retry providers.Retry, staff, customer, next string) entry {
	return authorised(code(name, statusFailed, providers.ClassDeclined, retry, staff, customer, next))
}

// private hides why: risk, debt and funds are not for the queue to read. The
// staff line is neutral too, since it stands on the same screen.
func private(e entry) entry {
	e.Private = true
	return e
}

// firstSend marks a code that a resend can get because the first send worked.
func firstSend(e entry) entry {
	e.firstSendOnly = true
	return e
}

var authorisationCodes = []entry{
	{call: CallInvite, Code: code("SINV01", statusSuccess, providers.ClassBegun, providers.RetryNever,
		"Oxipay has sent the customer an SMS. No money has moved yet.",
		"You'll get a text from Oxipay in a moment. Open it, and it will give you a code.",
		"When the customer has a code, enter the amount and scan it.")},
	authorised(code("SPRA01", statusSuccess, providers.ClassApproved, providers.RetryNever,
		"Approved by Oxipay.",
		"That's paid, thank you.",
		"Hand over the goods.")),
	authorised(code("SPND01", statusPending, providers.ClassPending, providers.RetrySame,
		"Not known yet: waiting for the customer to confirm on their phone.",
		"Please confirm the payment on your phone.",
		"Keep the goods here until it says approved. Oxipay is asked again by itself.")),
	authorised(code("FCNL01", statusCancelled, providers.ClassDeclined, providers.RetryNewCode,
		"Declined: the customer did not confirm the payment.",
		"The payment was not confirmed on your phone, so you have not been charged. Shall we try again with a new code?",
		"Scan the new code, or offer another way to pay.")),
	private(declined("FPRA01", providers.RetryNever,
		"Declined by Oxipay. The reason is private.",
		"I'm sorry, Oxipay can't go ahead with this one. Would you like to pay another way?",
		"Do not try Oxipay again for this sale. Offer another way to pay.")),
	private(declined("FPRA02", providers.RetryNewCode,
		"Declined by Oxipay. Another card and a new code may help.",
		"Oxipay couldn't use that card. You can choose another one in the Oxipay app and make a new code.",
		"Scan the new code if the customer makes one, or offer another way to pay.")),
	declined("FPRA03", providers.RetryNewCode,
		"Declined: Oxipay could not reach the customer's bank.",
		"Oxipay couldn't reach your bank just now. Shall we try again in a moment with a new code?",
		"Wait a minute and ask for a new code, or offer another way to pay."),
	private(declined("FPRA04", providers.RetryNewCode,
		"Declined by Oxipay for this amount.",
		"Oxipay can't do this amount today. Would you like to pay another way, or buy a little less?",
		"Offer another way to pay, or a smaller purchase with a new code.")),
	private(declined("FPRA05", providers.RetryNever,
		"Declined by Oxipay. The reason is private.",
		"I'm sorry, Oxipay can't go ahead with this one. They can tell you more if you contact them.",
		"Do not try again. Offer another way to pay.")),
	declined("FPRA06", providers.RetryNewCode,
		"Declined: the card in the customer's Oxipay account has expired.",
		"The card in your Oxipay account is out of date. Please update it in the app and make a new code.",
		"Scan the new code when it is there, or offer another way to pay."),
	firstSend(declined("FPRA07", providers.RetryLater,
		"Declined: Oxipay has already had a payment with this reference.",
		"I'm sorry, that didn't go through. Let me check it before we try again.",
		"Look for this payment in the history first. If it is not paid there, start a new sale.")),
	declined("FPRA08", providers.RetryNever,
		"Declined: the instalments would be too small for Oxipay.",
		"This amount is too small for Oxipay. Would you like to pay another way?",
		"Offer another way to pay."),
	declined("FPRA09", providers.RetryNewCode,
		"Declined: the amount is more than this code was made for.",
		"Your code was made for a smaller amount. Please make a new one for the full amount.",
		"Scan the new code, or offer another way to pay, or a smaller purchase."),
	declined("FPRA21", providers.RetryNewCode,
		"Declined: Oxipay does not know this code.",
		"Oxipay didn't recognise that code. May I scan it again?",
		"Scan the code again, or type its 6 digits with care."),
	firstSend(declined("FPRA22", providers.RetryNewCode,
		"Declined: this code has been used already.",
		"That code has been used already. Please make a new one in the Oxipay app.",
		"Scan the new code.")),
	declined("FPRA23", providers.RetryNewCode,
		"Declined: this code has expired.",
		"That code has run out. Please make a new one in the Oxipay app.",
		"Scan the new code."),
	declined("FPRA24", providers.RetryNewCode,
		"Declined: this code was cancelled.",
		"That code was cancelled. Please make a new one in the Oxipay app.",
		"Scan the new code."),
	private(declined("FPRA99", providers.RetryNever,
		"Declined by Oxipay.",
		"I'm sorry, Oxipay can't go ahead with this one. Would you like to pay another way?",
		"Offer another way to pay.")),
}

// refused is an error that every call can answer: this send was not accepted.
// In answer to a resend it says nothing about the first send.
func refused(name string, retry providers.Retry, staff, customer, next string) entry {
	return firstSend(entry{Code: code(name, statusError, providers.ClassRefused, retry, staff, customer, next)})
}

var errorCodes = []entry{
	refused("EVAL01", providers.RetryFixed,
		"Oxipay did not accept what was entered. Nothing was charged.",
		"Something was not entered right. You have not been charged; let me try again.",
		"Check the amount, the code or the mobile number, and enter it again."),
	func() entry {
		e := refused("EVAL02", providers.RetryNever,
			"The amount is below the smallest that Oxipay finances. Nothing was charged.",
			"This amount is too small for Oxipay. Would you like to pay another way?",
			"Offer another way to pay.")
		e.call = CallProcessAuthorisation
		return e
	}(),
	refused("EAUT01", providers.RetryManager,
		"Oxipay does not recognise this shop or this device. Nothing was charged.",
		"I'm sorry, our Oxipay connection needs attention. You have not been charged.",
		"Call a manager: this device must be registered with Oxipay again. Offer another way to pay."),
	refused("ESIG01", providers.RetryManager,
		"Oxipay did not accept this device's signature. Nothing was charged.",
		"I'm sorry, our Oxipay connection needs attention. You have not been charged.",
		"Call a manager: the signing key is wrong, or the device was registered elsewhere. Do not try again."),
	{Code: code("EISE01", statusError, providers.ClassUnknown, providers.RetrySame,
		"Oxipay has a fault of its own. It is not known what became of the request.",
		"Oxipay has a hiccup. I don't know yet whether it worked, so please don't pay again.",
		"Keep the goods here. Do not take another payment for this sale.")},
}

// Lookup finds a code, as the package's own Lookup does.
func (c *Client) Lookup(code string) (providers.Code, bool) { return Lookup(code) }
