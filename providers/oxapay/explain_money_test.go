package oxapay

import (
	"strings"
	"testing"

	"cashdesk/providers"
	"cashdesk/providers/providertest"
)

// saysOf gives what is said of an invoice of 125.50 USD.
func saysOf(a providers.Attempt) providers.Words {
	a.Amount, a.Kind = price, providers.Invoice
	return (&Client{}).Explain(a)
}

func TestEachStateOfTheMoneyHasASentenceAndANextStepOfItsOwn(t *testing.T) {
	came := func(text string) providers.Personal { return providers.Personal{Message: text + " came"} }
	for _, row := range []struct {
		a          providers.Attempt
		says, next string
	}{
		{providers.Attempt{State: providers.Approved, Code: "Paid", Received: "125.50"}, "Paid and confirmed by OxaPay.", "Hand over the goods."},
		{providers.Attempt{State: providers.Approved, Code: "Paid", Received: "123.00", Shortfall: "2.50"}, "Paid within tolerance, 2.50 USD short.", "Hand over the goods."},
		{providers.Attempt{State: providers.Approved, Code: "Paid", Received: "130.00"}, "Paid, and 4.50 USD more than asked.", "Hand over the goods. A manager decides"},
		{providers.Attempt{State: providers.Approved, Code: "Paid", Received: "125.50", Late: true}, "It came after the time to pay was over.", "See first that this sale was not paid another way meanwhile"},
		{providers.Attempt{State: providers.Approved, Code: "Paid", Received: "130.00", Late: true}, "4.50 USD more than asked. It came after", "See first that"},
		{providers.Attempt{State: providers.Approved, Code: "manual_accept", Received: "100.00", Shortfall: "25.50"}, "Accepted by hand in the OxaPay account, 25.50 USD short.", "Hand over the goods."},
		{providers.Attempt{State: providers.Approved, Code: "manual_accept"}, "Accepted by hand in the OxaPay account.", "Hand over the goods."},
		{providers.Attempt{State: providers.PartlyPaid, Code: "Waiting", Received: "100.00", Shortfall: "25.50"}, "Too little has come: 100.00 USD; 25.50 USD is missing.", "a second could be lost"},
		{providers.Attempt{State: providers.PartlyPaid, Code: "Waiting", Personal: came("90 TRX")}, "Too little has come: 90 TRX.", "a second could be lost"},
		{providers.Attempt{State: providers.PartlyPaid, Code: "Waiting", Late: true, Personal: came("90 TRX")}, "Too little has come: 90 TRX. It came after the time to pay was over.", "call a manager"},
		{providers.Attempt{State: providers.PartlyPaid, Code: "Waiting", Coin: "0.0021 BTC", Personal: came("0.0021 BTC")}, "A coin has come that this invoice does not take: 0.0021 BTC. The price of 125.50 USD is not covered.", "given back in the OxaPay account"},
		{providers.Attempt{State: providers.Expired, Code: "Expired", Coin: "0.0021 BTC"}, "The time to pay is over. A coin has come that this invoice does not take", "call a manager"},
		{providers.Attempt{State: providers.PartlyPaid, Code: "paying", Link: "x", Received: "100.00", Shortfall: "25.50"}, "A part has come: 100.00 USD; 25.50 USD is missing. The rest can be sent with the same code.", "until it says approved"},
		{providers.Attempt{State: providers.PartlyPaid, Code: "paying", Link: "x", Confirming: true, Received: "125.50"}, "A part is here, and more is on its way: 125.50 USD.", "until it says approved"},
		{providers.Attempt{State: providers.Approved, Code: "Paid", Received: "125.50", Coin: "1 DASH"}, "Paid and confirmed by OxaPay.", "Besides, 1 DASH came, which this invoice does not take"},
		{providers.Attempt{State: providers.PartlyPaid, Code: "underpaid", Received: "100.00", Shortfall: "25.50"}, "Too little has come: 100.00 USD; 25.50 USD is missing. OxaPay waits for no more.", "accepted as it is, or given back"},
		{providers.Attempt{State: providers.PartlyPaid, Code: "underpaid"}, "Too little has come. OxaPay waits for no more.", "call a manager"},
		{providers.Attempt{State: providers.PartlyPaid, Code: "refunding", Received: "125.50"}, "this sale is not paid", "call a manager"},
		{providers.Attempt{State: providers.Declined, Code: "refunded"}, "OxaPay has given the money back: this sale is not paid.", "tell a manager"},
		{providers.Attempt{State: providers.Open, Code: "paying", Link: "x", Confirming: true}, "or a part of it is still missing", "until it says approved"},
		{providers.Attempt{State: providers.Refused, Code: "400", Reason: providers.ProviderSaidNo}, "its own words say why", "start again"},
		{providers.Attempt{State: providers.Refused, Reason: providers.Interrupted}, "nobody can have paid it", "Start again"},
		{providers.Attempt{State: providers.Refused, Reason: providers.WrongEcho}, "nobody can have paid it", "Start again"},
	} {
		if w := saysOf(row.a); !strings.Contains(w.Staff, row.says) || !strings.Contains(w.Next, row.next) || w.Customer == "" {
			t.Errorf("%+v says %+v", row.a, w)
		}
	}
}

// TestOnlyAnInvoiceThatTakesSeveralPaymentsInvitesASecondOne: elsewhere it would
// be lost.
func TestOnlyAnInvoiceThatTakesSeveralPaymentsInvitesASecondOne(t *testing.T) {
	invites := func(w providers.Words) bool { return strings.Contains(w.Customer, "send the rest") }
	for _, state := range []providers.State{providers.Open, providers.PartlyPaid, providers.Expired} {
		for _, row := range append(Codes(), providers.Code{}) {
			for _, coin := range []string{"", "0.0021 BTC"} {
				a := providers.Attempt{State: state, Code: row.Code, Coin: coin, Link: "x", Received: "100.00", Shortfall: "25.50"}
				want := row.Code == statusPaying && coin == "" && state == providers.PartlyPaid || row.Code == statusPaying && state == providers.Open
				if w := saysOf(a); invites(w) != want {
					t.Errorf("%s %s %s tells the customer %q", state, row.Code, coin, w.Customer)
				}
			}
		}
	}
	for _, a := range []providers.Attempt{
		{State: providers.PartlyPaid, Code: statusPaying}, {State: providers.PartlyPaid, Code: statusPaying, Link: "x", Aside: true},
	} {
		if w := saysOf(a); invites(w) || !strings.Contains(w.Next, "manager") {
			t.Errorf("nobody has its code, and the customer is told %q", w.Customer)
		}
	}
}

// TestNothingSaysPaidOfMoneyThatIsNotThePrice in any state that is not approved.
func TestNothingSaysPaidOfMoneyThatIsNotThePrice(t *testing.T) {
	c := client(t, providertest.Nowhere, overV1)
	for _, state := range providers.States {
		for _, row := range Codes() {
			w := c.Explain(providers.Attempt{State: state, Kind: providers.Invoice, Code: row.Code, Amount: price, Coin: "1 BTC", Late: true, Shortfall: "1.00"})
			if hand := strings.Contains(w.Next, "Hand over the goods"); hand && state != providers.Approved {
				t.Errorf("%s %s: %q", state, row.Code, w.Next)
			}
		}
	}
}
