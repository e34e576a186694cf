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
	Key            string          `json:"x_key,omitempty"`
	RetryDuration  int             `json:"retry_duration,omitempty"` // seconds
	TrackingData   json.RawMessage `json:"tracking_data,omitempty"`
	Signature      string          `json:"signature,omitempty"`

	key  string  // signs it
	good outcome // of a success in answer to the same call
}

// unsigned is the reply as the server sends it to whom it does not know.
func (r oxipayReply) unsigned() response {
	r.Signature = ""
	return jsonAnswer(200, r)
}

// What no page lists.
const (
	undocumentedCode   = "SPRA77"
	undocumentedStatus = "Deferred"
)

// signed is the reply with its MAC over the x_ fields that are in it.
func (r oxipayReply) signed() response {
	r.Signature = r.mac(r.key)
	a := jsonAnswer(200, r)
	a.other = r.other
	return a
}

func (r oxipayReply) mac(key string) string {
	fields := map[string]string{"x_status": r.Status, "x_code": r.Code, "x_message": r.Message}
	if r.PurchaseNumber != "" {
		fields["x_purchase_number"] = r.PurchaseNumber
	}
	if r.Key != "" {
		fields["x_key"] = r.Key
	}
	return oxipayMAC(fields, key)
}

// other is the reply as a fault makes it.
func (r oxipayReply) other(k FaultKind) []byte {
	key := r.key
	switch k {
	case WrongSignature:
		key += " of somebody else"
	case Unsigned:
		r.Signature = ""
		return encode(r)
	case UnknownCode:
		r.Code = undocumentedCode
	case UnknownStatus:
		r.Status = undocumentedStatus
	case Foreign:
		r.belongToAnother()
	default:
		return nil
	}
	r.Signature = r.mac(key)
	return encode(r)
}

// belongToAnother makes it the good answer to another request of the same
// device: another sale, another refund, another token.
func (r *oxipayReply) belongToAnother() {
	r.TrackingData = anotherEcho(r.TrackingData)
	r.Status, r.Code, r.Message = r.good.status, r.good.code, r.good.message
	switch r.good {
	case keyOutcomes[0]:
		r.Key = another(OxipayKey)
	case authorisationOutcomes[0]:
		r.Message += " 5 December"
		r.PurchaseNumber = another(r.PurchaseNumber)
		if r.PurchaseNumber == "" {
			r.PurchaseNumber = "30061987"
		}
	}
}
