package oxipay

import "cashdesk/providers"

// ofRefund is a refund that was declined.
func ofRefund(name string, retry providers.Retry, staff, customer, next string) entry {
	return entry{call: CallSalesAdjustment,
		Code: code(name, statusFailed, providers.ClassDeclined, retry, staff, customer, next)}
}

// ofUndo is the undoing of a refund that was declined: the refund stands.
func ofUndo(name string, retry providers.Retry, staff, next string) entry {
	return entry{call: CallAdjustmentReversal,
		Code: code(name, statusFailed, providers.ClassDeclined, retry, staff,
			"Your refund stays as it is for now.", next)}
}

// saying is a row with other words for the customer.
func saying(customer string, e entry) entry {
	e.Customer = customer
	return e
}

const (
	callManager   = "Call a manager."
	otherRefund   = "I'm sorry, this refund can't go through Oxipay here. Let me see what else we can do."
	refundStopped = "I'm sorry, I can't do this refund myself. Oxipay can help you with it."
)

// refundCodes are what the two calls of a refund can answer. Oxipay does not
// say that it knows identical bytes of these again, as it does of a sale's. So
// a decline of a repeat may be the doing of the first, which was approved: less
// is left to refund, the contract is over, the refund is gone. The name of the
// sale may be gone too: a temporary reference, since the receipt number came.
// Only what could not have changed meanwhile is certain then.
var refundCodes = []entry{
	{call: CallSalesAdjustment, Code: code("SPSA01", statusSuccess, providers.ClassApproved, providers.RetryNever,
		"Oxipay has accepted the refund.", "Your refund is done. Oxipay will adjust your payments.",
		"Take the goods back.")},
	firstSend(ofRefund("FPSA01", providers.RetryFixed, "Not refunded: Oxipay does not know this sale.",
		"I can't find that sale at Oxipay yet. May I see your receipt?",
		"Check the reference, the receipt number or the purchase number.")),
	firstSend(ofRefund("FPSA02", providers.RetryNever, "Not refunded: the contract is completed.", otherRefund, callManager)),
	firstSend(ofRefund("FPSA03", providers.RetryNever, "Not refunded: the contract was cancelled and refunded already.",
		"This sale has been refunded already.", "Look for the earlier refund in the history.")),
	firstSend(ofRefund("FPSA04", providers.RetryFixed, "Not refunded: Oxipay does not allow this amount.",
		"Oxipay can't refund this amount. Let me check it.",
		"Check what was paid and what was refunded before, and enter the amount again.")),
	firstSend(ofRefund("FPSA05", providers.RetryNever, "Not refunded: not possible for this contract.", refundStopped,
		"A manager calls Oxipay Merchant Services.")),
	firstSend(private(ofRefund("FPSA06", providers.RetryNever, "Not refunded. The reason is private.", refundStopped,
		"Ask the customer to contact Oxipay. A manager can see why."))),
	ofRefund("FPSA07", providers.RetryNever, "Not refunded: not possible at this shop.",
		"This refund has to be made at the shop where you bought it.",
		"Send the customer to the shop of the sale."),
	firstSend(ofRefund("FPSA08", providers.RetryLater, "Not refunded: this refund's reference was used before.",
		"Let me check whether your refund has been made already.",
		"Look for the earlier refund in the history before making another.")),
	ofRefund("FPSA09", providers.RetryFixed, "Not refunded: the amount must be above zero.",
		"Let me enter that again.", "Enter the amount of the refund."),

	{call: CallAdjustmentReversal, Code: code("SPAR01", statusSuccess, providers.ClassApproved, providers.RetryNever,
		"Oxipay has undone the refund.", "The refund has been undone. Your payments go on as before.",
		"Nothing more to do: the sale stands as if that refund had not been made.")},
	firstSend(saying("Oxipay doesn't know of that refund. Let me check it.", ofUndo("FPAR01", providers.RetryNever,
		"Not undone: Oxipay does not know that refund.",
		"Look for the refund in the history: Oxipay may never have received it."))),
	firstSend(ofUndo("FPAR02", providers.RetryNever, "Not undone: the contract is completed.", callManager)),
	firstSend(ofUndo("FPAR03", providers.RetryNever, "Not undone: the contract is cancelled.", callManager)),
	firstSend(ofUndo("FPAR05", providers.RetryNever, "Not undone: not possible for this contract.",
		"A manager calls Oxipay Merchant Services.")),
	firstSend(private(ofUndo("FPAR06", providers.RetryNever, "Not undone. The reason is private.",
		"Ask the customer to contact Oxipay. A manager can see why."))),
	ofUndo("FPAR07", providers.RetryNever, "Not undone: not possible at this shop.",
		"The shop that made the refund can undo it."),
	firstSend(ofUndo("FPAR08", providers.RetryLater, "Not undone now: it was undone before, or this reference was used before.",
		"Look in the history and in Oxipay's portal whether it was undone already.")),
}
