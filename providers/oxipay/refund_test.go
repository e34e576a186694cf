package oxipay

import (
	"strings"
	"testing"

	"cashdesk/providers"
)

func TestTheBytesOfARefundAndOfItsUndoingAreExactlyThese(t *testing.T) {
	c := client(t, settings("http://127.0.0.1:1"))
	back := prepare(t, c, refund())
	// The signatures were made by another tool, from the provider's description.
	want := `{"x_merchant_id":"30299999","x_device_id":"d555","x_operator_id":"ana","x_firmware_version":"1.0.0",` +
		`"x_pos_transaction_ref":"01JC7QK6","x_purchase_ref":"01JC7QK4","x_amount":2001,` +
		`"tracking_data":{"token":"6162636465666768696a6b6c6d6e6f70"},"signature":"8f4efd816c41cee79103ab8557d734334eb4d905f5e30f6195a5aa5aad46ce1e"}`
	if got := string(back.Body); got != want {
		t.Errorf("the refund is\n%s\nwant\n%s", got, want)
	}
	signature, err := c.SignatureOf(back.Body)
	if err != nil || signature != "8f4efd816c41cee79103ab8557d734334eb4d905f5e30f6195a5aa5aad46ce1e" {
		t.Errorf("its signature is %q, %v", signature, err)
	}
	o := undo()
	o.RefundSignature = strings.ToUpper(signature)
	want = `{"x_merchant_id":"30299999","x_device_id":"d555","x_operator_id":"ana","x_firmware_version":"1.0.0",` +
		`"x_pos_transaction_ref":"01JC7QK7","x_adjustment_signature":"` + signature + `",` +
		`"tracking_data":{"token":"7172737475767778797a616263646566"},"signature":"12b4fd973845d76cd2e96174408d46a76a8ab04af35c60eb951b79c9b92af6f4"}`
	r := prepare(t, c, o)
	if got := string(r.Body); got != want {
		t.Errorf("the undoing is\n%s\nwant\n%s", got, want)
	}
	for _, r := range []providers.Request{back, r} {
		if !r.Keep || string(r.Record) != string(r.Body) || r.Provider != providers.Oxipay || !r.Kind.Returns() {
			t.Errorf("the journal is not given its exact bytes: %+v", r)
		}
	}
	if back.Call != CallSalesAdjustment || r.Call != CallAdjustmentReversal || back.Reference != "01JC7QK6" || r.Reference != "01JC7QK7" {
		t.Errorf("%s %s, %s %s", back.Call, back.Reference, r.Call, r.Reference)
	}
}

func TestBytesWithoutASignatureUndoNothing(t *testing.T) {
	c := client(t, settings("http://127.0.0.1:1"))
	for _, body := range []string{
		"", "{", "[]", "{}", `{"signature":""}`, `{"signature":null}`, `{"signature":"not hex"}`, `{"signature":["ab"]}`,
		`{"signature":"ab","signature":"cd"}`,
	} {
		signature, err := c.SignatureOf([]byte(body))
		if err == nil || signature != "" || providers.KindOf(err) != providers.Internal || providers.HintOf(err) == "" {
			t.Errorf("%q gives %q, %v", body, signature, err)
		}
	}
}

// TestADeclineOfARepeatedRefundIsCertainOnlyIfTheFirstCouldNotHaveCausedIt: the
// first refund went through and took all there was; the repeat hears "refunded
// already".
func TestADeclineOfARepeatedRefundIsCertainOnlyIfTheFirstCouldNotHaveCausedIt(t *testing.T) {
	c := client(t, settings("http://127.0.0.1:1"))
	for _, order := range []providers.Order{refund(), undo()} {
		r := prepare(t, c, order)
		for code, certain := range yes[r.Call].no {
			s := script{status: "Failed", code: code, sign: providers.SignatureValid, echo: echoOf(r.Body), http: 200}
			if a := s.answer(testKey, r, false); a.State != providers.Declined {
				t.Errorf("%s on the first send is %s", code, a.State)
			}
			want := providers.Unknown
			if certain {
				want = providers.Declined
			}
			if a := s.answer(testKey, r, true); a.State != want {
				t.Errorf("%s on a resend is %s, want %s", code, a.State, want)
			}
		}
	}
}
