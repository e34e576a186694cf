package sandbox

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"sort"
	"strings"
)

// oxipayMAC signs the fields whose names begin with x_: sorted by name, name
// and value joined without separators, HMAC-SHA256 with the bytes of the key,
// hex in lower case.
func oxipayMAC(fields map[string]string, key string) string {
	names := []string{}
	for name := range fields {
		if strings.HasPrefix(name, "x_") {
			names = append(names, name)
		}
	}
	sort.Strings(names)
	mac := hmac.New(sha256.New, []byte(key))
	for _, name := range names {
		mac.Write([]byte(name + fields[name]))
	}
	return hex.EncodeToString(mac.Sum(nil))
}

// oxipaySigned says whether a request carries the MAC of its own fields. Text
// is trimmed first, as the provider does, so that a client which signs what it
// did not trim is found out.
func oxipaySigned(object map[string]json.RawMessage, key string) bool {
	fields := map[string]string{}
	for name, raw := range object {
		value, isText := scalar(raw)
		if !isText && value == "null" {
			value = ""
		}
		fields[name] = strings.TrimSpace(value)
	}
	given, isText := scalar(object["signature"])
	return isText && hmac.Equal([]byte(strings.ToLower(given)), []byte(oxipayMAC(fields, key)))
}

// oxipayReply is a reply's wire form; the seed pages make every field text.
type oxipayReply struct {
	Status         string          `json:"x_status"`
	Code           string          `json:"x_code"`
	Message        string          `json:"x_message"`
	PurchaseNumber string          `json:"x_purchase_number,omitempty"`
	TrackingData   json.RawMessage `json:"tracking_data,omitempty"`
	Signature      string          `json:"signature,omitempty"`
}

// unsigned is the reply as the server sends it to whom it does not know.
func (r oxipayReply) unsigned() response {
	r.Signature = ""
	a := jsonAnswer(200, r)
	a.forged, a.bare = a.body, a.body
	return a
}

// undocumented is a code that no page lists.
const undocumented = "SPRA77"

// signed is the reply with its MAC over the x_ fields that are in it.
func (r oxipayReply) signed() response {
	fields := map[string]string{"x_status": r.Status, "x_code": r.Code, "x_message": r.Message}
	if r.PurchaseNumber != "" {
		fields["x_purchase_number"] = r.PurchaseNumber
	}
	a := r.unsigned()
	r.Signature = oxipayMAC(fields, OxipayKey+" of somebody else")
	a.forged = encode(r)
	r.Signature = oxipayMAC(fields, OxipayKey)
	a.body = encode(r)
	fields["x_code"] = undocumented
	r.Code, r.Signature = undocumented, oxipayMAC(fields, OxipayKey)
	a.strange = encode(r)
	return a
}
