package settings

import (
	"time"

	"cashdesk/providers"
)

func oxipayRules() []rule {
	merchant, isMerchant := plain(1, 10)
	device, isDevice := plain(1, 64)
	return []rule{
		enabledRule(func(s *Settings) *bool { return &s.Oxipay.Enabled }),
		baseRule(func(s *Settings) *string { return &s.Oxipay.BaseURL }, "/oxipay/webapi/v1/Test"),
		{
			key: "merchant_id", sample: `"30299999"`, needed: true, comment: "the merchant's number at Oxipay",
			value: text(func(s *Settings) *string { return &s.Oxipay.MerchantID }, merchant, isMerchant),
		},
		{
			key: "device_id", sample: `"counter-1"`, needed: true, comment: "this counter's name at Oxipay; it stays the same for ever",
			value: text(func(s *Settings) *string { return &s.Oxipay.DeviceID }, device, isDevice),
		},
		{
			key: "timeout", fallback: `"75s"`, comment: "how long to wait for an answer; a bank is behind it",
			value: span(func(s *Settings) *time.Duration { return &s.Oxipay.Timeout }, 10*time.Second, 5*time.Minute, time.Second),
		},
		{
			key: "resend_window", fallback: `"10m"`, comment: "how long an unanswered request is repeated by itself",
			value: span(func(s *Settings) *time.Duration { return &s.Oxipay.ResendWindow }, time.Minute, 24*time.Hour, time.Second),
		},
		{
			key: "min_amount", fallback: `"20.00"`, sample: `"0"`, comment: "Oxipay finances nothing below this amount",
			value: money(func(s *Settings) *providers.Amount { return &s.Oxipay.MinAmount }, true),
		},
		{
			key: "accept_other_codes", fallback: "false", comment: "after a warning, send codes that are not 6 digits or 6199 and 6 digits (test mode always may)",
			value: toggle(func(s *Settings) *bool { return &s.Oxipay.AcceptOtherCodes }),
		},
		{
			key: "receipt_numbers", fallback: "false", comment: "the shop's own till makes a receipt number after each sale; it is asked for after the approval",
			value: toggle(func(s *Settings) *bool { return &s.Oxipay.ReceiptNumbers }),
		},
	}
}

func oxapayRules() []rule {
	description, isDescription := length(1, 200)
	return []rule{
		enabledRule(func(s *Settings) *bool { return &s.OxaPay.Enabled }),
		baseRule(func(s *Settings) *string { return &s.OxaPay.BaseURL }, "/oxapay"),
		{
			key: "api", fallback: `"legacy"`, comment: "which of its two APIs makes the invoices, as OxaPay names them; over v1 a customer may pay in several parts",
			value: choice(func(s *Settings) *string { return &s.OxaPay.API }, "legacy", "v1"),
		},
		{
			key: "currencies", unset: "the shop's currency", sample: `["AUD", "USD"]`, comment: "what a price may be in; a coin needs a line under [oxapay.coins]",
			value: names("oxapay"),
		},
		{
			key: "life_time", fallback: `"60m"`, comment: "how long an invoice can be paid",
			value: span(func(s *Settings) *time.Duration { return &s.OxaPay.LifeTime }, 15*time.Minute, 2880*time.Minute, time.Minute),
		},
		{
			key: "under_paid_cover", fallback: `"0"`, comment: "how many per cent may be missing and it still counts as paid",
			value: text(func(s *Settings) *string { return &s.OxaPay.UnderPaidCover }, `per cent in quotes, "0" to "60.00"`, isPerCent),
		},
		{
			key: "fee_paid_by_payer", unset: "the merchant's own setting at OxaPay", unused: "true", comment: "whether the customer pays the fee",
			value: feePaidByPayer(),
		},
		{
			key: "callback_url", unused: `"https://shop.example/oxapay"`, comment: "where OxaPay reports payments: a server with TLS that hands on to cashdesk callbacks",
			value: web(func(s *Settings) *string { return &s.OxaPay.CallbackURL }),
		},
		{
			key: "return_url", unused: `"https://shop.example/thanks"`, comment: "where the customer's browser goes afterwards",
			value: web(func(s *Settings) *string { return &s.OxaPay.ReturnURL }),
		},
		{
			key: "email", unused: `"counter@shop.example"`, comment: "sent with each invoice, for OxaPay's reports",
			value: text(func(s *Settings) *string { return &s.OxaPay.Email }, "an e-mail address", isEmail),
		},
		{
			key: "description", unused: `"The Corner Shop"`, comment: "what the customer reads on the invoice",
			value: text(func(s *Settings) *string { return &s.OxaPay.Description }, description, isDescription),
		},
		{
			key: "link_hosts", fallback: `["pay.oxapay.com", "oxapay.com"]`, comment: "whose links may be shown to customers",
			value: hosts(func(s *Settings) *[]string { return &s.OxaPay.LinkHosts }),
		},
		{
			key: "coins", unused: "USDT = 6", comment: "the coins that a price may be in, and the decimals of each",
			value: coins(),
		},
	}
}

func xaigateRules() []rule {
	shop, isShop := length(1, 100)
	description, isDescription := length(1, 200)
	return []rule{
		enabledRule(func(s *Settings) *bool { return &s.XaiGate.Enabled }),
		baseRule(func(s *Settings) *string { return &s.XaiGate.BaseURL }, "/xaigate"),
		{key: "currencies", fallback: `["USD", "EUR"]`, comment: "what a price may be in", value: names("xaigate")},
		{
			key: "email", unused: `"counter@shop.example"`, sample: `"counter@shop.example"`, comment: "the shop's own address, sent when the customer gives none",
			value: text(func(s *Settings) *string { return &s.XaiGate.Email }, "an e-mail address", isEmail),
		},
		{
			key: "shop_name", unset: "the shop's name", unused: `"The Corner Shop"`, comment: "what the customer reads on the invoice",
			value: text(func(s *Settings) *string { return &s.XaiGate.ShopName }, shop, isShop),
		},
		{
			key: "success_url", unused: `"https://shop.example/thanks"`, comment: "where the customer's browser goes after paying",
			value: web(func(s *Settings) *string { return &s.XaiGate.SuccessURL }),
		},
		{
			key: "fail_url", unused: `"https://shop.example/sorry"`, comment: "where the customer's browser goes otherwise",
			value: web(func(s *Settings) *string { return &s.XaiGate.FailURL }),
		},
		{
			key: "notify_url", unused: `"https://shop.example/xaigate"`, comment: "where XaiGate reports payments: a server with TLS that hands on to cashdesk callbacks",
			value: web(func(s *Settings) *string { return &s.XaiGate.NotifyURL }),
		},
		{
			key: "description", unused: `"Goods"`, comment: "what is sold, on the invoice",
			value: text(func(s *Settings) *string { return &s.XaiGate.Description }, description, isDescription),
		},
		{
			key: "link_hosts", fallback: `["wallet.xaigate.com"]`, comment: "whose links may be shown to customers",
			value: hosts(func(s *Settings) *[]string { return &s.XaiGate.LinkHosts }),
		},
	}
}

func payneteasyRules() []rule {
	serial, isSerial := length(1, 50)
	imei, isIMEI := digits(14, 16)
	device := []rule{
		enabledRule(func(s *Settings) *bool { return &s.Payneteasy.Enabled }),
		baseRule(func(s *Settings) *string { return &s.Payneteasy.BaseURL }, "/payneteasy"),
		{
			key: "currencies", unset: "the shop's currency", sample: `["AUD", "EUR"]`, comment: "what an amount may be in; only currencies with two decimals",
			value: names("payneteasy"),
		},
		{
			key: "serial_number", sample: `"SN-0001"`, needed: true, comment: "this device's serial number, as the merchant group knows it",
			value: text(func(s *Settings) *string { return &s.Payneteasy.SerialNumber }, serial, isSerial),
		},
		{
			key: "imei", unused: `"490154203237518"`, comment: "this device's IMEI",
			value: text(func(s *Settings) *string { return &s.Payneteasy.IMEI }, imei, isIMEI),
		},
		{
			key: "ip_addresses", unused: `["192.0.2.10"]`, comment: "this device's addresses, IPv4 only",
			value: texts(func(s *Settings) *[]string { return &s.Payneteasy.IPAddresses }, `IPv4 addresses, like ["192.0.2.10"]`, isIPv4),
		},
		{
			key: "latitude", unused: "-33.8568", comment: "where the device stands; with longitude or not at all",
			value: degrees(90, func(l *Location) *float64 { return &l.Latitude }),
		},
		{
			key: "longitude", unused: "151.2153", comment: "where the device stands; with latitude or not at all",
			value: degrees(180, func(l *Location) *float64 { return &l.Longitude }),
		},
	}
	return append(device, payneteasyServerRules()...)
}

// payneteasyServerRules are about what the merchant group's server is asked.
func payneteasyServerRules() []rule {
	bin, isBIN := digits(6, 6)
	return []rule{
		{
			key: "access_token_url", unused: `"https://group.example/auth/request-access-token"`, comment: "where access tokens come from; without it the keystore has one",
			value: web(func(s *Settings) *string { return &s.Payneteasy.AccessTokenURL }),
		},
		{
			key: "get_rate_url", unused: `"https://group.example/transfer/get-rate"`, comment: "where limits and commission are asked for, and a token is made known before a transfer",
			value: web(func(s *Settings) *string { return &s.Payneteasy.GetRateURL }),
		},
		{
			key: "result_url", unused: `"https://group.example/result?invoiceId={invoiceId}"`, comment: "where the group's own server tells what became of a transfer; without it the counter never learns",
			value: template(func(s *Settings) *string { return &s.Payneteasy.ResultURL }, "{invoiceId}"),
		},
		{
			key: "from_bin", unused: `"400000"`, comment: "the first six digits of the paying card, to show the commission",
			value: text(func(s *Settings) *string { return &s.Payneteasy.FromBIN }, bin, isBIN),
		},
		{
			key: "to_bin", unused: `"500000"`, comment: "the first six digits of the receiving card, to show the commission",
			value: text(func(s *Settings) *string { return &s.Payneteasy.ToBIN }, bin, isBIN),
		},
		{
			key: "ask_bins", fallback: "false", comment: "let the counter type those six digits for each transfer; never more of a card number",
			value: toggle(func(s *Settings) *bool { return &s.Payneteasy.AskBINs }),
		},
		{
			key: "handover_url", sample: `"http://127.0.0.1:8199/h/{invoiceId}"`, unused: `"https://group.example/t/{invoiceId}"`, comment: "shown as a QR, where the customer goes on; keep it short",
			value: template(func(s *Settings) *string { return &s.Payneteasy.HandoverURL }, "{invoiceId}", "{endpointId}", "{nonce}", "{signature}"),
		},
		{
			key: "link_hosts", fallback: "[]", comment: "whose links may be shown to customers, besides the host of handover_url",
			value: hosts(func(s *Settings) *[]string { return &s.Payneteasy.LinkHosts }),
		},
	}
}
