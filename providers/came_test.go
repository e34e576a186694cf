package providers

import (
	"strings"
	"testing"
)

func TestAnExpiredInvoiceWithMoneyIsAManagersAndWithoutIsOver(t *testing.T) {
	price := Amount{Minor: 3500, Currency: Currency{Code: "USD", Decimals: 2}}
	for says, a := range map[string]Attempt{
		"too little has come: 30.00 USD; 5.00 USD is missing.": {Received: "30", Shortfall: "5"},
		"too little has come: 4.68 TRX.":                       {Personal: Personal{Message: OtherCoin("4.68", "TRX")}},
	} {
		a.State, a.Amount = Expired, price
		w := a.Expired(OxaPay)
		if !strings.Contains(w.Staff, says) || !strings.Contains(w.Next, "call a manager") || !strings.Contains(w.Next, "OxaPay account") {
			t.Errorf("%+v", w)
		}
		if strings.Contains(w.Next, "start again") || strings.Contains(w.Customer, "If you have already sent it") {
			t.Errorf("it goes on as if nothing had come: %+v", w)
		}
	}
	for name, a := range map[string]Attempt{
		"nothing": {}, "a zero": {Received: "0.00"}, "another message": {Personal: Personal{Message: "server busy"}}, "no number": {Received: "much"},
	} {
		a.State, a.Amount = Expired, price
		if w := a.Expired(OxaPay); a.Came() != "" || w != ExpiredWords {
			t.Errorf("%s: %q came, %+v", name, a.Came(), w)
		}
	}
}
