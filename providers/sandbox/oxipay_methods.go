package sandbox

// oxipaySales are the methods that take money or lead to it, by the name in the
// path.
func oxipaySales() map[string]oxipayMethod {
	return map[string]oxipayMethod{
		"Invite": {
			call: "oxipay.invite",
			fields: oxipayFields(
				field{name: "x_mobile", required: true, min: 1, max: 10},
				field{name: "x_purchase_amount", kind: whole, required: true, max: 12},
			),
			check: checkInvite,
			pick:  func(v values) outcome { return inviteOutcomes.pick(tail(v["x_purchase_amount"], 2)) },
			good:  inviteOutcomes[0],
		},
		"ProcessAuthorisation": {
			call: "oxipay.charge",
			fields: oxipayFields(
				field{name: "x_pos_transaction_ref", required: true, min: 1, max: 64},
				field{name: "x_purchase_amount", kind: whole, required: true, max: 12},
				field{name: "x_finance_amount", kind: whole, required: true, max: 12},
				field{name: "x_pre_approval_code", required: true, min: 1, max: 64},
				field{name: "purchase_items", max: 200},
				field{name: "buyer_confirms", kind: truth},
			),
			check:   checkAuthorisation,
			pick:    func(v values) outcome { return authorisationOutcomes.pick(codeSelector(v["x_pre_approval_code"])) },
			approve: approveOnDummy,
			book:    (*Server).authorise,
			good:    authorisationOutcomes[0],
		},
	}
}

// oxipayAfter are the methods that stand around a sale.
func oxipayAfter() map[string]oxipayMethod {
	return map[string]oxipayMethod{
		"ProcessSalesAdjustment": {
			call: "oxipay.refund",
			fields: oxipayFields(
				field{name: "x_pos_transaction_ref", required: true, min: 1, max: 64},
				field{name: "x_purchase_ref", required: true, min: 1, max: 64},
				field{name: "x_amount", kind: whole, required: true, max: 12},
			),
			pick: func(v values) outcome { return refundOutcomes.pick(tail(v["x_amount"], 2)) },
			book: (*Server).refund,
			good: refundOutcomes[0],
		},
		"ProcessSalesAdjustmentReversal": {
			call: "oxipay.undo",
			fields: oxipayFields(
				field{name: "x_pos_transaction_ref", required: true, min: 1, max: 64},
				field{name: "x_adjustment_signature", required: true, min: 1, max: 200},
			),
			pick: func(v values) outcome { return undoOutcomes.pick(head(v["x_adjustment_signature"])) },
			book: (*Server).undo,
			good: undoOutcomes[0],
		},
		"CreateKey": {
			call: "oxipay.register",
			fields: oxipayFields(
				field{name: "x_device_token", required: true, min: 1, max: 64},
				field{name: "x_pos_vendor", required: true, min: 1, max: 100},
			),
			pick:    func(v values) outcome { return keyOutcomes.pick(head(v["x_device_token"])) },
			approve: func(_ *call, _ values, r *oxipayReply) { r.Key = OxipayKey },
			book:    (*Server).register,
			good:    keyOutcomes[0],
			byToken: true,
		},
		"SendReceipt": {
			call: "oxipay.receipt",
			fields: oxipayFields(
				field{name: "x_pos_transaction_ref", required: true, min: 1, max: 64},
				field{name: "x_receipt_number", required: true, min: 1, max: 64},
			),
			pick: func(v values) outcome { return receiptOutcomes.pick(head(v["x_receipt_number"])) },
			book: (*Server).receipt,
			good: receiptOutcomes[0],
		},
	}
}

// head is the two characters of a value that the dummy looks at, tail those of
// a number.
func head(text string) string        { return text[:min(2, len(text))] }
func tail(text string, n int) string { return text[max(0, len(text)-n):] }

// oxipayFields is a method's own fields beside those that every request has.
func oxipayFields(own ...field) []field {
	return append([]field{
		{name: "x_merchant_id", required: true, min: 1, max: 10},
		{name: "x_device_id", required: true, min: 1, max: 64},
		{name: "x_operator_id", required: true, min: 1, max: 64},
		{name: "x_firmware_version", required: true, min: 1, max: 64},
		{name: "tracking_data", kind: mapping, max: 1_000_000},
		{name: "signature", required: true, min: 1, max: 200},
	}, own...)
}
