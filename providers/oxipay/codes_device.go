package oxipay

import "cashdesk/providers"

// done is a call without money that succeeded.
func done(call, name, staff, customer, next string) entry {
	return entry{call: call, Code: code(name, statusSuccess, providers.ClassDone, providers.RetryNever, staff, customer, next)}
}

// notDone is a call without money that was not accepted.
func notDone(call, name string, retry providers.Retry, staff, next string) entry {
	return entry{call: call, Code: code(name, statusFailed, providers.ClassRefused, retry, staff,
		"This is between us and Oxipay. It changes nothing for you.", next)}
}

// deviceCodes are what registering this device and sending a receipt number can
// answer.
var deviceCodes = []entry{
	done(CallCreateKey, "SCRK01", "This device is registered with Oxipay.",
		"We can take Oxipay now.", "Take the next sale."),
	notDone(CallCreateKey, "FCRK01", providers.RetryFixed,
		"Oxipay does not know this device token.",
		"Type the token again, or get a fresh one from the merchant portal."),
	notDone(CallCreateKey, "FCRK02", providers.RetryFixed,
		"This device token has been used already.",
		"Get a fresh token from the merchant portal; a token also counts as used when the reply was lost."),
	done(CallSendReceipt, "SSER01", "Oxipay has stored the receipt number.",
		"Your receipt number is with Oxipay now.", "Nothing more to do."),
	notDone(CallSendReceipt, "FSER01", providers.RetryFixed,
		"Oxipay does not know this sale's reference; the receipt number is not stored.",
		"Check that the sale is approved, and send the receipt number again."),
	notDone(CallSendReceipt, "FSER02", providers.RetryFixed,
		"This receipt number is in use already; it is not stored for this sale.",
		"Check the number on the receipt and enter it again. If it is right, look in Oxipay's portal whose it is."),
}
