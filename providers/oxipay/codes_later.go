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

var deviceCodes = []entry{
	done(CallCreateKey, "SCRK01", "This device is registered with Oxipay.",
		"We can take Oxipay now.", "Take the next sale."),
	notDone(CallCreateKey, "FCRK01", providers.RetryFixed,
		"Oxipay does not know this device token.",
		"Type the token again, or get a fresh one from the merchant portal."),
	firstSend(notDone(CallCreateKey, "FCRK02", providers.RetryFixed,
		"This device token has been used already.",
		"Get a fresh token from the merchant portal; a token also counts as used when the reply was lost.")),
	done(CallSendReceipt, "SSER01", "Oxipay has stored the receipt number.",
		"Your receipt number is with Oxipay now.", "Nothing more to do."),
	notDone(CallSendReceipt, "FSER01", providers.RetryFixed,
		"Oxipay does not know this sale's reference; the receipt number is not stored.",
		"Check that the sale is approved, and send the receipt number again."),
	notDone(CallSendReceipt, "FSER02", providers.RetryFixed,
		"Another sale has this receipt number; it is not stored.",
		"Check the number on the receipt and enter it again."),
}

// notRefunded is a refund that was declined.
func notRefunded(name string, retry providers.Retry, staff, customer, next string) entry {
	return entry{call: CallSalesAdjustment,
		Code: code(name, statusFailed, providers.ClassDeclined, retry, staff, customer, next)}
}

// notUndone is the undoing of a refund that was declined: the refund stands.
func notUndone(name string, retry providers.Retry, staff, next string) entry {
	return entry{call: CallAdjustmentReversal,
		Code: code(name, statusFailed, providers.ClassDeclined, retry, staff,
			"Your refund stays as it is for now.", next)}
}

const (
	callManager   = "Call a manager."
	otherRefund   = "I'm sorry, this refund can't go through Oxipay here. Let me see what else we can do."
	refundStopped = "I'm sorry, I can't do this refund myself. Oxipay can help you with it."
)

var refundCodes = []entry{
	{call: CallSalesAdjustment, Code: code("SPSA01", statusSuccess, providers.ClassApproved, providers.RetryNever,
		"Oxipay has accepted the refund.", "Your refund is done. Oxipay will adjust your payments.",
		"Take the goods back.")},
	notRefunded("FPSA01", providers.RetryFixed, "Not refunded: Oxipay does not know this sale.",
		"I can't find that sale at Oxipay yet. May I see your receipt?",
		"Check the reference, the receipt number or the purchase number."),
	notRefunded("FPSA02", providers.RetryNever, "Not refunded: the contract is completed.", otherRefund, callManager),
	notRefunded("FPSA03", providers.RetryNever, "Not refunded: the contract was cancelled and refunded already.",
		"This sale has been refunded already.", "Look for the earlier refund in the history."),
	notRefunded("FPSA04", providers.RetryFixed, "Not refunded: Oxipay does not allow this amount.",
		"Oxipay can't refund this amount. Let me check it.",
		"Check what was paid and what was refunded before, and enter the amount again."),
	notRefunded("FPSA05", providers.RetryNever, "Not refunded: not possible for this contract.", refundStopped,
		"A manager calls Oxipay Merchant Services."),
	private(notRefunded("FPSA06", providers.RetryNever, "Not refunded. The reason is private.", refundStopped,
		"Ask the customer to contact Oxipay. A manager can see why.")),
	notRefunded("FPSA07", providers.RetryNever, "Not refunded: not possible at this shop.",
		"This refund has to be made at the shop where you bought it.",
		"Send the customer to the shop of the sale."),
	firstSend(notRefunded("FPSA08", providers.RetryLater, "Not refunded: this refund's reference was used before.",
		"Let me check whether your refund has been made already.",
		"Look for the earlier refund in the history before making another.")),
	notRefunded("FPSA09", providers.RetryFixed, "Not refunded: the amount must be above zero.",
		"Let me enter that again.", "Enter the amount of the refund."),

	{call: CallAdjustmentReversal, Code: code("SPAR01", statusSuccess, providers.ClassApproved, providers.RetryNever,
		"Oxipay has undone the refund.", "The refund has been undone. Your payments go on as before.",
		"Keep the slip.")},
	notUndone("FPAR01", providers.RetryNever, "Not undone: Oxipay does not know that refund.",
		"Look for the refund in the history: Oxipay may never have received it."),
	notUndone("FPAR02", providers.RetryNever, "Not undone: the contract is completed.", callManager),
	notUndone("FPAR03", providers.RetryNever, "Not undone: the contract is cancelled.", callManager),
	notUndone("FPAR05", providers.RetryNever, "Not undone: not possible for this contract.",
		"A manager calls Oxipay Merchant Services."),
	private(notUndone("FPAR06", providers.RetryNever, "Not undone. The reason is private.",
		"Ask the customer to contact Oxipay. A manager can see why.")),
	notUndone("FPAR07", providers.RetryNever, "Not undone: not possible at this shop.",
		"The shop that made the refund can undo it."),
	firstSend(notUndone("FPAR08", providers.RetryLater, "Not undone: this reference was used before.",
		"Look in the history whether it was undone already.")),
}
