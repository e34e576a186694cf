package oxipay

import (
	"maps"
	"strings"
	"testing"

	"cashdesk/providers"
)

const (
	vectorToken = "nb4i6ldxuVQC"
	vectorKey   = "dy33vQhksVsv"
)

// vectors are the published ones: two independent clients agree on them.
var vectors = []struct {
	name      string
	key       string
	request   bool // carries the common fields
	fields    map[string]string
	signature string
}{
	{"CreateKey request", vectorToken, true,
		map[string]string{"x_device_token": vectorToken, "x_pos_vendor": "Pos Provider"},
		"cf4f4a19662c7617ea83a47456934123f530c82cdfdd66f5b706dd2263806848"},
	{"CreateKey reply", vectorToken, false,
		map[string]string{"x_key": vectorKey, "x_status": "Success", "x_code": "SCRK01", "x_message": "Success"},
		"c8340d19b24f8ec2fb915202ea7fb08d81fc711681fbfea297106d219a5c30a6"},
	{"ProcessAuthorisation request", vectorKey, true,
		map[string]string{"x_pos_transaction_ref": "tnx-ref1", "x_pre_approval_code": "6111NHQMAM4Z", "x_finance_amount": "10000", "x_purchase_amount": "50000"},
		"d6967970b99e585fc7d1a11702690f25b4be0c5fbfd10b39fbea3953ba48bad2"},
	{"ProcessAuthorisation reply", vectorKey, false,
		map[string]string{"x_status": "Success", "x_code": "SPRA01", "x_message": "Approved"},
		"07fa5c9b43520bb9417d7eadb8390a87bf7a42767a67bd5af95627b51c2d8bae"},
	{"SendReceipt request", vectorKey, true,
		map[string]string{"x_pos_transaction_ref": "tnx-ref1", "x_receipt_number": "NewReceipt"},
		"ac164e40585474838641bde1ad9bab08b6e6e0ab0c2dae814298e4fcef9c52fa"},
	{"SendReceipt reply", vectorKey, false,
		map[string]string{"x_status": "Success", "x_code": "SSER01", "x_message": "Success"},
		"b55c8cbe59305d3d8abc6ea8f0cdcf4702059d6d2fa935c83595e56e7001157b"},
	{"Invite reply", "1234567890", false,
		map[string]string{"x_status": "Success", "x_code": "SINV01", "x_message": "Success"},
		"be3f90d02bf10c3c404851fe3885ea5a44d4e6111900af2a7ea4828b2e2a4649"},
}

func vectorFields(request bool, own map[string]string) map[string]string {
	fields := maps.Clone(own)
	if request {
		fields["x_merchant_id"] = "30299999"
		fields["x_device_id"] = "d555"
		fields["x_operator_id"] = "test_operator"
		fields["x_firmware_version"] = "123"
	}
	return fields
}

func TestEveryPublishedVectorIsSignedAsPublished(t *testing.T) {
	for _, v := range vectors {
		t.Run(v.name, func(t *testing.T) {
			fields := vectorFields(v.request, v.fields)
			if got := Sign(v.key, fields); got != v.signature {
				t.Errorf("signed %s, published %s", got, v.signature)
			}
			fields["tracking_data"], fields["signature"], fields["purchase_items"] = "a", "b", "c"
			if !Verify(v.key, fields, strings.ToUpper(v.signature)) {
				t.Error("upper-case hex or unsigned fields changed the result")
			}
			for name := range v.fields {
				changed := maps.Clone(fields)
				changed[name] += "1"
				if Verify(v.key, changed, v.signature) {
					t.Errorf("a changed %s still verifies", name)
				}
			}
		})
	}
}

func TestNothingVerifiesWithoutAKeyOrWithTornHex(t *testing.T) {
	fields := map[string]string{"x_status": "Success"}
	good := Sign("k", fields)
	for name, bad := range map[string]struct{ key, signature string }{
		"no key":      {"", Sign("", fields)},
		"other key":   {"K", good},
		"no hex":      {"k", "approved"},
		"cut":         {"k", good[:62]},
		"half a byte": {"k", good[:63]},
		"longer":      {"k", good + "00"},
		"empty":       {"k", ""},
	} {
		if Verify(bad.key, fields, bad.signature) {
			t.Errorf("%s: verified", name)
		}
	}
	if !Verify("k", fields, good) {
		t.Error("the good one does not verify, so this test says nothing")
	}
}

func TestAReplyVerifiesUnderEveryReadingOfMissingFields(t *testing.T) {
	base := map[string]string{"x_status": "Failed", "x_code": "FPRA04"}
	with := func(names ...string) string {
		fields := maps.Clone(base)
		for _, n := range names {
			fields[n] = ""
		}
		return Sign("k", fields)
	}
	const nullMessage = `{"x_status":"Failed","x_code":"FPRA04","x_message":null,"signature":"`
	const bothNull = `{"x_status":"Failed","x_code":"FPRA04","x_message":null,"x_purchase_number":null,"signature":"`
	for _, c := range []struct {
		name, call, start, signature string
		want                         providers.Signature
	}{
		{"nulls left out", CallProcessAuthorisation, nullMessage, with(), providers.SignatureValid},
		{"nulls counted", CallProcessAuthorisation, nullMessage, with("x_message"), providers.SignatureValid},
		{"absent number counted", CallProcessAuthorisation, nullMessage, with("x_purchase_number"), providers.SignatureValid},
		{"both counted", CallProcessAuthorisation, nullMessage, with("x_message", "x_purchase_number"), providers.SignatureValid},
		{"null number left out", CallProcessAuthorisation, bothNull, with(), providers.SignatureValid},
		{"null number counted", CallProcessAuthorisation, bothNull, with("x_message", "x_purchase_number"), providers.SignatureValid},
		{"an invite has no number", CallInvite, nullMessage, with("x_purchase_number"), providers.SignatureWrong},
		{"the key of CreateKey", CallCreateKey, nullMessage, with("x_key"), providers.SignatureValid},
		{"an invented field", CallProcessAuthorisation, nullMessage, with("x_other"), providers.SignatureWrong},
	} {
		reply, err := ParseReply([]byte(c.start + c.signature + `"}`))
		if err != nil {
			t.Fatal(err)
		}
		if got := reply.Check("k", c.call); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}
