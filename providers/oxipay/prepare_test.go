package oxipay

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"

	"cashdesk/providers"
	"pgregory.net/rapid"
)

func TestTheBytesOfAnAuthorisationAreExactlyThese(t *testing.T) {
	o := sale()
	o.FinanceMinor, o.Items = 10000, []string{"Tea & <cake>", "Bread"}
	r := prepare(t, client(t, settings("http://127.0.0.1:1")), o)
	signature := Sign(testKey, map[string]string{
		"x_merchant_id": "30299999", "x_device_id": "d555", "x_operator_id": "mia", "x_firmware_version": "1.0.0",
		"x_pos_transaction_ref": "01JC7QK4", "x_pre_approval_code": "6199123456",
		"x_finance_amount": "10000", "x_purchase_amount": "12550",
	})
	want := `{"x_merchant_id":"30299999","x_device_id":"d555","x_operator_id":"mia","x_firmware_version":"1.0.0",` +
		`"x_pos_transaction_ref":"01JC7QK4","x_pre_approval_code":"6199123456","x_finance_amount":10000,"x_purchase_amount":12550,` +
		`"purchase_items":"{\"PurchaseItems\":[\"Tea & <cake>\",\"Bread\"]}",` +
		`"tracking_data":{"token":"6162636465666768696a6b6c6d6e6f70"},"signature":"` + signature + `"}`
	if string(r.Body) != want {
		t.Errorf("body\n%s\nwant\n%s", r.Body, want)
	}
	if string(r.Record) != want || !r.Keep {
		t.Error("the exact bytes are not asked to be kept")
	}
	if r.Call != "ProcessAuthorisation" || r.Provider != providers.Oxipay || r.Reference != "01JC7QK4" {
		t.Errorf("request is %s of %s for %s", r.Call, r.Provider, r.Reference)
	}
}

func TestTheBytesOfAnInvitationAreExactlyThese(t *testing.T) {
	r := prepare(t, client(t, settings("http://127.0.0.1:1")), invitation())
	signature := Sign(testKey, map[string]string{
		"x_merchant_id": "30299999", "x_device_id": "d555", "x_operator_id": "mia", "x_firmware_version": "1.0.0",
		"x_mobile": "0412345678", "x_purchase_amount": "6401",
	})
	want := `{"x_merchant_id":"30299999","x_device_id":"d555","x_operator_id":"mia","x_firmware_version":"1.0.0",` +
		`"x_mobile":"0412345678","x_purchase_amount":6401,` +
		`"tracking_data":{"token":"6162636465666768696a6b6c6d6e6f70"},"signature":"` + signature + `"}`
	if string(r.Body) != want || !r.Keep || r.Call != "Invite" {
		t.Errorf("%s keep=%v body\n%s\nwant\n%s", r.Call, r.Keep, r.Body, want)
	}
}

func TestThePublishedAuthorisationIsBuiltWithThePublishedSignature(t *testing.T) {
	c := settings("http://127.0.0.1:1")
	c.Firmware, c.SigningKey = " 123 ", func() string { return vectorKey }
	o := sale()
	o.Operator, o.Reference, o.Code = "test_operator\n", " tnx-ref1", "6111NHQMAM4Z\t"
	o.Amount.Minor, o.FinanceMinor, o.AcceptOtherCode = 50000, 10000, true
	r := prepare(t, client(t, c), o)
	if !strings.Contains(string(r.Body), `"signature":"d6967970b99e585fc7d1a11702690f25b4be0c5fbfd10b39fbea3953ba48bad2"`) {
		t.Errorf("what was sent untrimmed does not give the published signature:\n%s", r.Body)
	}
}

func TestEachRequestCarriesAFreshToken(t *testing.T) {
	config := settings("http://127.0.0.1:1")
	config.Random = nil
	c := client(t, config)
	first, second := prepare(t, c, sale()), prepare(t, c, sale())
	if string(echoOf(first.Body)) == string(echoOf(second.Body)) {
		t.Error("two requests share a token")
	}
}

func TestWhatCannotBeSentIsAnErrorAtItsField(t *testing.T) {
	long := func(n int) string { return strings.Repeat("x", n) }
	for name, c := range map[string]struct {
		change func(*providers.Order)
		field  string
	}{
		"zero":                     {func(o *providers.Order) { o.Amount.Minor = 0 }, "amount"},
		"negative":                 {func(o *providers.Order) { o.Amount.Minor = -1 }, "amount"},
		"13 digits":                {func(o *providers.Order) { o.Amount.Minor = 1_000_000_000_000 }, "amount"},
		"euros":                    {func(o *providers.Order) { o.Amount.Currency.Code = "EUR" }, "currency"},
		"more financed":            {func(o *providers.Order) { o.FinanceMinor = 12551 }, "finance"},
		"less than nothing":        {func(o *providers.Order) { o.FinanceMinor = -5 }, "amount"},
		"no operator":              {func(o *providers.Order) { o.Operator = " \t" }, "operator"},
		"long operator":            {func(o *providers.Order) { o.Operator = long(65) }, "operator"},
		"long operator in symbols": {func(o *providers.Order) { o.Operator = strings.Repeat("😀", 33) }, "operator"},
		"control character":        {func(o *providers.Order) { o.Operator = "mi\x00a" }, "operator"},
		"torn text":                {func(o *providers.Order) { o.Operator = "mi\xffa" }, "operator"},
		"no reference":             {func(o *providers.Order) { o.Reference = "" }, "reference"},
		"long reference":           {func(o *providers.Order) { o.Reference = long(65) }, "reference"},
		"no code":                  {func(o *providers.Order) { o.Code = " " }, "code"},
		"5 digits":                 {func(o *providers.Order) { o.Code = "12345" }, "code"},
		"symbols":                  {func(o *providers.Order) { o.Code, o.AcceptOtherCode = "123-456", true }, "code"},
		"foreign digits":           {func(o *providers.Order) { o.Code, o.AcceptOtherCode = "١٢٣٤٥٦", true }, "code"},
		"long code":                {func(o *providers.Order) { o.Code, o.AcceptOtherCode = long(65), true }, "code"},
		"an invoice":               {func(o *providers.Order) { o.Kind = providers.Invoice }, "kind"},
		"no mobile":                {func(o *providers.Order) { o.Kind, o.Mobile = providers.Invite, "" }, "mobile"},
		"a landline":               {func(o *providers.Order) { o.Kind, o.Mobile = providers.Invite, "02 9876 5432" }, "mobile"},
		"a refund of nothing":      {func(o *providers.Order) { *o = refund(); o.Amount.Minor = 0 }, "amount"},
		"a refund of 13 digits":    {func(o *providers.Order) { *o = refund(); o.Amount.Minor = 1_000_000_000_000 }, "amount"},
		"a refund in euros":        {func(o *providers.Order) { *o = refund(); o.Amount.Currency.Code = "EUR" }, "currency"},
		"a refund of no sale":      {func(o *providers.Order) { *o = refund(); o.PurchaseRef = " " }, "sale"},
		"a refund of a long name":  {func(o *providers.Order) { *o = refund(); o.PurchaseRef = long(65) }, "sale"},
		"a nameless refund":        {func(o *providers.Order) { *o = refund(); o.Reference = "" }, "reference"},
		"a refund called as sale":  {func(o *providers.Order) { *o = refund(); o.Reference = o.PurchaseRef }, "reference"},
		"a refund by nobody":       {func(o *providers.Order) { *o = refund(); o.Operator = "" }, "operator"},
		"an undo of nothing":       {func(o *providers.Order) { *o = undo(); o.RefundSignature = "" }, "signature"},
		"an undo of a word":        {func(o *providers.Order) { *o = undo(); o.RefundSignature = "R-1" }, "signature"},
		"an undo of too much":      {func(o *providers.Order) { *o = undo(); o.RefundSignature = strings.Repeat("a", 201) }, "signature"},
		"a nameless undo":          {func(o *providers.Order) { *o = undo(); o.Reference = "" }, "reference"},
	} {
		o := sale()
		c.change(&o)
		_, err := client(t, settings("http://127.0.0.1:1")).Prepare(o)
		var e *providers.Error
		if !errors.As(err, &e) || e.Kind != providers.Input || e.Field != c.field {
			t.Errorf("%s: %#v, want an error at %s", name, err, c.field)
		}
	}
}

func TestTheLongestValuesAreStillSent(t *testing.T) {
	o := sale()
	o.Operator, o.Reference = strings.Repeat("é", 64), strings.Repeat("r", 64)
	o.Amount.Minor, o.FinanceMinor = providers.MaxMinor, 1
	o.Code, o.AcceptOtherCode = strings.Repeat("A", 64), true
	r := prepare(t, client(t, settings("http://127.0.0.1:1")), o)
	if !strings.Contains(string(r.Body), `"x_finance_amount":1,"x_purchase_amount":999999999999,`) {
		t.Errorf("amounts are not plain digits: %s", r.Body)
	}
}

func TestAnAmountBelowTheProvidersMinimumIsCaughtBeforeSending(t *testing.T) {
	config := settings("http://127.0.0.1:1")
	config.MinFinanceMinor = 2000
	c, o := client(t, config), sale()
	o.FinanceMinor = 1999
	_, err := c.Prepare(o)
	if err == nil || !strings.Contains(err.Error(), "20.00 AUD") {
		t.Errorf("19.99 gives %v", err)
	}
	o.FinanceMinor = 2000
	prepare(t, c, o)
	o = refund() // any part of a sale can go back
	o.Amount.Minor = 1
	prepare(t, c, o)
}

func TestUnusualCodesNeedAWarningAndInLiveModeASettingToo(t *testing.T) {
	for _, test := range []bool{false, true} {
		for _, setting := range []bool{false, true} {
			for _, warned := range []bool{false, true} {
				for code, usual := range map[string]bool{"123456": true, "6199123456": true, "01123456": false, "6198123456": false, "6199ABCDEF": false} {
					config := settings("http://127.0.0.1:1")
					config.Test, config.AcceptOtherCodes = test, setting
					o := sale()
					o.Code, o.AcceptOtherCode = code, warned
					_, err := client(t, config).Prepare(o)
					want := usual || warned && (test || setting)
					if (err == nil) != want {
						t.Errorf("%s test=%v setting=%v warned=%v: %v", code, test, setting, warned, err)
					}
				}
			}
		}
	}
}

func TestScannedAndTypedCodesAreTheSameWithoutTheirPrefix(t *testing.T) {
	for code, want := range map[string]string{
		"6199123456": "123456", " 123456\r\n": "123456", "619912": "619912", "61991234567": "61991234567", "01123456": "01123456",
	} {
		if got := providers.BareCode(code); got != want {
			t.Errorf("%q is %q without its prefix, want %q", code, got, want)
		}
	}
}

func TestPurchaseItemsAreDroppedWholeFromTheEnd(t *testing.T) {
	for name, c := range map[string]struct {
		items []string
		want  string
	}{
		"none":            {nil, ""},
		"blank":           {[]string{" ", "\n"}, ""},
		"two":             {[]string{" a\tb ", "c"}, `{"PurchaseItems":["a b","c"]}`},
		"exactly 200":     {[]string{strings.Repeat("x", 178)}, `{"PurchaseItems":["` + strings.Repeat("x", 178) + `"]}`},
		"one over":        {[]string{strings.Repeat("x", 179)}, ""},
		"the second over": {[]string{"kept", strings.Repeat("x", 172), "small"}, `{"PurchaseItems":["kept"]}`},
	} {
		if got := itemsText(c.items); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		items := rapid.SliceOfN(rapid.String(), 0, 12).Draw(t, "items")
		text := itemsText(items)
		if length(text) > 200 {
			t.Fatalf("%d characters", length(text))
		}
		var back struct{ PurchaseItems []string }
		if text != "" && json.Unmarshal([]byte(text), &back) != nil {
			t.Fatalf("not JSON: %q", text)
		}
	})
}

func TestTheSigningKeyIsNowhereToBeSeen(t *testing.T) {
	config := settings("http://127.0.0.1:1")
	c := client(t, config)
	r := prepare(t, c, sale())
	for name, text := range map[string]string{
		"config":  fmt.Sprintf("%v %+v %#v", config, config, config),
		"client":  fmt.Sprintf("%v %+v %#v", c, c, *c),
		"request": fmt.Sprintf("%v %+v %#v %s", r, r, r, r.Body) + string(r.Record),
	} {
		if strings.Contains(text, testKey) {
			t.Errorf("the key stands in the %s", name)
		}
	}
	bad := sale()
	bad.Code, bad.Mobile = testKey, testKey
	bad.RefundSignature, bad.PurchaseRef = testKey, bad.Reference
	for kind := range callOf {
		bad.Kind = kind
		if _, err := c.Prepare(bad); err == nil || strings.Contains(fmt.Sprintf("%+v %s", err, providers.HintOf(err)), testKey) {
			t.Errorf("%s: the error is %v: it repeats what was typed, or there is none", kind, err)
		}
	}
}

func TestWithoutAKeyOrWithAPublishedOneNothingIsPrepared(t *testing.T) {
	for name, c := range map[string]struct {
		key  func() string
		test bool
		want bool
	}{
		"no key at all":     {nil, true, false},
		"an empty key":      {func() string { return "" }, true, false},
		"dummy key, live":   {func() string { return "1234567890" }, false, false},
		"sample key, live":  {func() string { return vectorKey }, false, false},
		"dummy key, test":   {func() string { return "1234567890" }, true, true},
		"own key, and live": {func() string { return testKey }, false, true},
	} {
		config := settings("http://127.0.0.1:1")
		config.SigningKey, config.Test = c.key, c.test
		_, err := client(t, config).Prepare(sale())
		if (err == nil) != c.want || err != nil && providers.KindOf(err) != providers.Credentials {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestAWrongSettingIsNamed(t *testing.T) {
	for name, change := range map[string]func(*Config){
		"merchant_id":      func(c *Config) { c.Merchant = "12345678901" },
		"device_id":        func(c *Config) { c.Device = "" },
		"firmware_version": func(c *Config) { c.Firmware = strings.Repeat("1", 65) },
		"country":          func(c *Config) { c.Country = "GB" },
		"min_finance":      func(c *Config) { c.MinFinanceMinor = -1 },
		"base_url":         func(c *Config) { c.HTTP.Base = "http://pos.example.com/webapi/v1" },
		"proxy":            func(c *Config) { c.HTTP.Proxy = "no proxy" },
	} {
		config := settings("https://127.0.0.1:1")
		change(&config)
		_, err := New(config)
		var e *providers.Error
		if !errors.As(err, &e) || e.Field != name || e.Kind != providers.Input {
			t.Errorf("%s: %#v", name, err)
		}
	}
}

func TestASaleWithoutItemsHasNoFieldForThem(t *testing.T) {
	r := prepare(t, client(t, settings("http://127.0.0.1:1")), sale())
	if strings.Contains(string(r.Body), "purchase_items") {
		t.Errorf("%s", r.Body)
	}
	if !strings.Contains(string(r.Body), `"x_finance_amount":12550,"x_purchase_amount":12550,`) {
		t.Errorf("the whole is not financed: %s", r.Body)
	}
}
