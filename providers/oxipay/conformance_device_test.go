package oxipay_test

import (
	"io"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"cashdesk/providers"
	"cashdesk/providers/oxipay"
	"cashdesk/providers/sandbox"
)

func TestEverySelectorOfTheKeyTableIsDecidedAtTheDummy(t *testing.T) {
	s := open(t, sandbox.Options{}, atTheDummy)
	for _, want := range []row{
		{"01", "SCRK01", providers.Approved, ""},
		{"10", "FCRK01", providers.Refused, providers.ProviderSaidNo}, {"11", "FCRK02", providers.Refused, providers.ProviderSaidNo},
		{"30", "EVAL01", providers.Refused, providers.ProviderSaidNo}, {"31", "EAUT01", providers.Refused, providers.ProviderSaidNo},
		{"99", "EISE01", providers.Unknown, providers.ServerFault},
	} {
		key, a := s.client.Register(t.Context(), want.selector+"-a-token")
		if a.State != want.state || a.Code != want.code || a.Reason != want.reason || a.Signature != providers.SignatureValid || a.NoEcho {
			t.Errorf("%s is %+v", want.selector, a)
		}
		if (key == sandbox.OxipayKey) != (want.state == providers.Approved) || (key != "") != (want.state == providers.Approved) {
			t.Errorf("%s gives the key %q", want.selector, key)
		}
	}
}

func TestEverySelectorOfTheReceiptTableIsDecidedAtTheDummy(t *testing.T) {
	s := open(t, sandbox.Options{}, atTheDummy)
	for _, want := range []row{
		{"01", "SSER01", providers.Approved, ""},
		{"10", "FSER01", providers.Declined, providers.ProviderSaidNo}, {"11", "FSER02", providers.Declined, providers.ProviderSaidNo},
		{"30", "EVAL01", providers.Declined, providers.ProviderSaidNo}, {"31", "EAUT01", providers.Declined, providers.ProviderSaidNo},
		{"99", "EISE01", providers.Unknown, providers.ServerFault},
	} {
		a := s.client.Receipt(t.Context(), "R-1", want.selector+"-77", "mia")
		if a.State != want.state || a.Code != want.code || a.Reason != want.reason || a.Signature != providers.SignatureValid || a.NoEcho {
			t.Errorf("%s is %+v", want.selector, a)
		}
	}
}

// keyed opens a shop whose client takes its key from here.
func keyed(t *testing.T, o sandbox.Options) (*shop, *atomic.Value) {
	var key atomic.Value
	key.Store(sandbox.OxipayKey)
	return open(t, o, func(c *oxipay.Config, _ sandbox.BaseURLs) {
		c.SigningKey = func() string { return key.Load().(string) }
	}), &key
}

// TestADeviceThatIsRegisteredAnewSellsWithTheNewKeyAndOnlyWithThat also has an
// old request go once more: it says nothing but that the key is another.
func TestADeviceThatIsRegisteredAnewSellsWithTheNewKeyAndOnlyWithThat(t *testing.T) {
	s, key := keyed(t, sandbox.Options{})
	before, _ := s.sells("011111")
	fresh, a := s.client.Register(t.Context(), "01-from-the-portal")
	if a.State != providers.Approved || fresh == "" || fresh == sandbox.OxipayKey {
		t.Fatalf("%+v", a)
	}
	if a := s.send(s.prepare("012222")); a.State != providers.Unknown || !a.KeySuspected {
		t.Errorf("the dead key gives %+v", a)
	}
	key.Store(fresh)
	if a := s.resend(before); a.State != providers.Unknown || !a.KeySuspected {
		t.Errorf("the bytes of before give %+v", a)
	}
	sale, _ := s.sells("013333")
	s.is(s.send(s.refunding(sale.Reference, 100)), providers.Approved, "SPSA01")
	again, a := s.client.Register(t.Context(), "01-from-the-portal")
	if again != "" || a.State != providers.Refused || a.Code != "FCRK02" {
		t.Errorf("the same token again: %+v", a)
	}
	s.sells("014444") // which left the key as it was
	if n := len(s.Ledger()); n != 3 {
		t.Errorf("%d sales, want 3", n)
	}
}

func TestARegistrationIsLostWithItsAnswerAndTheOldKeyIsDead(t *testing.T) {
	for _, k := range sandbox.Kinds() {
		if k.Takes > 0 || k.Fault == sandbox.HoldAnswer || k.Fault == sandbox.Duplicated || k.Fault == sandbox.Forgotten || k.Fault == sandbox.HugeBody {
			continue // the true answer, or minutes of waiting
		}
		t.Run(string(k.Fault), func(t *testing.T) {
			var spoilt atomic.Bool
			s, _ := keyed(t, sandbox.Options{Fault: func(*http.Request, []byte) sandbox.Fault {
				if spoilt.Load() {
					return sandbox.Fault{Kind: k.Fault}
				}
				return sandbox.Fault{}
			}})
			s.client.Register(t.Context(), "10-somebody-else's")
			spoilt.Store(true)
			key, a := s.client.Register(t.Context(), "01-from-the-portal")
			if key != "" || a.State != providers.Unknown || a.KeySuspected {
				t.Errorf("taken for %+v, with a key %v", a, key != "")
			}
			if w := s.client.RegisterWords(a); !strings.Contains(w.Next, "fresh token") || !strings.Contains(w.Next, "the old key may be dead") {
				t.Errorf("the words are %+v", w)
			}
			spoilt.Store(false)
			if a := s.send(s.prepare("011234")); !a.KeySuspected {
				t.Errorf("the old key gives %+v", a)
			}
			if key, a := s.client.Register(t.Context(), "01-a-fresh-one"); a.State != providers.Approved || key == "" {
				t.Errorf("a fresh token gives %+v", a)
			}
		})
	}
}

func TestAReceiptNumberIsStoredSafelyRepeatedAndRefusedForAnotherSale(t *testing.T) {
	s := open(t, sandbox.Options{})
	first, _ := s.sells("011111")
	second, _ := s.sells("012222")
	for _, row := range []struct {
		reference, number string
		state             providers.State
		code              string
	}{
		{first.Reference, "INV-1", providers.Approved, "SSER01"},
		{first.Reference, "INV-1", providers.Approved, "SSER01"},
		{second.Reference, "INV-1", providers.Declined, "FSER02"},
		{second.Reference, first.Reference, providers.Declined, "FSER02"},
		{"R-99", "INV-2", providers.Declined, "FSER01"},
	} {
		s.is(s.client.Receipt(t.Context(), row.reference, row.number, "mia"), row.state, row.code)
	}
	if b := s.Books(""); len(b.Receipts) != 1 || b.Receipts[0] != (sandbox.Receipt{Provider: "oxipay", Reference: first.Reference, Number: "INV-1"}) {
		t.Errorf("stored: %v", b.Receipts)
	}
}

// TestACustomerWhoConfirmsOnThePhoneIsWaitedFor: the same bytes, after the pause
// that the provider asks for, until it is decided.
func TestACustomerWhoConfirmsOnThePhoneIsWaitedFor(t *testing.T) {
	for code, end := range map[string]row{
		"811234": {"81", "SPRA01", providers.Approved, ""},
		"821234": {"82", "FCNL01", providers.Declined, ""},
	} {
		s := open(t, sandbox.Options{FaultCodes: true})
		r := s.prepare(code)
		for i, a := range []providers.Answer{s.send(r), s.resend(r)} {
			if a.State != providers.Unknown || a.Reason != providers.AwaitsBuyer || a.Code != "SPND01" || a.RetryAfter != 5*time.Second || a.Signature != providers.SignatureValid {
				t.Errorf("%s, request %d: %+v", code, i, a)
			}
		}
		if n := len(s.Ledger()); n != 0 {
			t.Fatalf("%s: %d sales before the customer agreed", code, n)
		}
		end.check(t, s.resend(r))
		end.check(t, s.resend(r))
		if n := len(s.Ledger()); (n == 1) != (end.state == providers.Approved) {
			t.Errorf("%s: %d sales", code, n)
		}
	}
}

// TestTheBytesOfTheOtherCallsThatReachTheSandboxAreExactlyThese compares with
// bodies whose signatures were made by another tool.
func TestTheBytesOfTheOtherCallsThatReachTheSandboxAreExactlyThese(t *testing.T) {
	s := open(t, sandbox.Options{}, func(c *oxipay.Config, _ sandbox.BaseURLs) {
		c.Random = io.MultiReader(strings.NewReader("abcdefghijklmnop"), strings.NewReader("ABCDEFGHIJKLMNOP"))
	})
	s.client.Receipt(t.Context(), "01JC7QK4", "INV-7701", "mia")
	s.client.Register(t.Context(), "01-from-the-portal")
	const device = `{"x_merchant_id":"30299999","x_device_id":"d555",`
	want := []struct{ path, body string }{
		{"/oxipay/webapi/v1/SendReceipt", device + `"x_operator_id":"mia","x_firmware_version":"1.0.0",` +
			`"x_pos_transaction_ref":"01JC7QK4","x_receipt_number":"INV-7701",` +
			`"tracking_data":{"token":"6162636465666768696a6b6c6d6e6f70"},"signature":"c5a0917d7870ee1a88070c113ee29e63ed08f18b0de8ab83de7336721460c18d"}`},
		{"/oxipay/webapi/v1/CreateKey", device + `"x_operator_id":"cashdesk","x_firmware_version":"1.0.0",` +
			`"x_device_token":"01-from-the-portal","x_pos_vendor":"cashdesk",` +
			`"tracking_data":{"token":"4142434445464748494a4b4c4d4e4f50"},"signature":"763a6e8524a90ca2805885a8d98be627955290c1152c9a951e86fda82d4fc5f7"}`},
	}
	got := s.Requests()
	if len(got) != len(want) {
		t.Fatalf("%d requests", len(got))
	}
	for i, w := range want {
		if got[i].Path != w.path || string(got[i].Body) != w.body {
			t.Errorf("%s\n%s\nwant\n%s", got[i].Path, got[i].Body, w.body)
		}
	}
}
