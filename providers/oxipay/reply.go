package oxipay

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"reflect"
	"strconv"
	"strings"
	"time"

	"cashdesk/providers"
)

// Reply is what the provider answers to a call. All its fields are strings on
// the wire; a field that is absent or null is empty here. Source: the seed
// pages; RetryAfter: the provider's documentation.
type Reply struct {
	// Status is x_status: Success, Failed (also Failure) or Error; Pending and
	// Cancelled where the customer is asked to confirm, which this client does
	// not ask for, but understands.
	Status string
	// Code is x_code, the specific reason; see Codes.
	Code string
	// Message is x_message: the first debit date on approval, otherwise an
	// explanation. Personal data, not yet cleaned.
	Message string
	// PurchaseNumber is x_purchase_number, Oxipay's own number of the sale.
	PurchaseNumber string
	// RetryAfter is retry_duration, in whole seconds on the wire; unsigned.
	RetryAfter time.Duration

	message
}

// message is a JSON object as its signature sees it.
type message struct {
	fields    map[string]string // x_ fields that have a value
	nulls     []string          // x_ fields that are null
	tracking  json.RawMessage   // nil when absent or null
	signature string            // empty when absent or null
	retry     json.RawMessage
}

// ParseReply reads a reply's body. It is an error when the body is not one
// JSON object, has a field twice, or has a signed field that is neither text
// nor a plain number.
func ParseReply(body []byte) (Reply, error) {
	m, err := parseMessage(body)
	if err != nil {
		return Reply{}, err
	}
	return Reply{
		Status: m.fields["x_status"], Code: m.fields["x_code"], Message: m.fields["x_message"],
		PurchaseNumber: strings.TrimSpace(m.fields["x_purchase_number"]),
		RetryAfter:     pause(m.retry),
		message:        m,
	}, nil
}

// Check says what the reply's signature is worth, for the reply to a call.
func (r Reply) Check(key, call string) providers.Signature {
	if r.signature == "" {
		return providers.SignatureMissing
	}
	var absent []string
	switch call {
	case CallProcessAuthorisation:
		absent = []string{"x_purchase_number"}
	case CallCreateKey:
		absent = []string{"x_key"}
	}
	if verifyReadings(key, r.message, absent...) {
		return providers.SignatureValid
	}
	return providers.SignatureWrong
}

var errWrongType = errors.New("a signed field is neither text nor a number")

// parseMessage takes names exactly as they are written: encoding/json would
// match them to struct fields whatever their case, and the signature would not.
func parseMessage(body []byte) (message, error) {
	all, err := topLevel(body)
	if err != nil {
		return message{}, err
	}
	m := message{fields: map[string]string{}, retry: all["retry_duration"]}
	for name, raw := range all {
		if !strings.HasPrefix(name, signedPrefix) {
			continue
		}
		if isNull(raw) {
			m.nulls = append(m.nulls, name)
			continue
		}
		if m.fields[name], err = plain(raw); err != nil {
			return message{}, err
		}
	}
	if raw := all["tracking_data"]; raw != nil && !isNull(raw) {
		m.tracking = raw
	}
	if raw := all["signature"]; raw != nil && !isNull(raw) {
		if m.signature, err = plain(raw); err != nil {
			return message{}, err
		}
	}
	return m, nil
}

// topLevel splits one JSON object into its fields. A field given twice is an
// error: two readers could see two different answers in it.
func topLevel(body []byte) (map[string]json.RawMessage, error) {
	d := json.NewDecoder(bytes.NewReader(body))
	if t, err := d.Token(); err != nil || t != json.Delim('{') {
		return nil, errors.New("not a JSON object")
	}
	all := map[string]json.RawMessage{}
	for d.More() {
		t, err := d.Token()
		if err != nil {
			return nil, err
		}
		name, _ := t.(string)
		if _, twice := all[name]; twice {
			return nil, errors.New("a field stands twice")
		}
		var raw json.RawMessage
		if err := d.Decode(&raw); err != nil {
			return nil, err
		}
		all[name] = raw
	}
	if _, err := d.Token(); err != nil {
		return nil, err
	}
	if _, err := d.Token(); err != io.EOF {
		return nil, errors.New("something follows the JSON object")
	}
	return all, nil
}

func isNull(raw json.RawMessage) bool { return string(raw) == "null" }

// plain is a field's value as it is signed: the text, or the very digits of a
// number, which some readers and writers send where text is documented.
func plain(raw json.RawMessage) (string, error) {
	var text string
	if json.Unmarshal(raw, &text) == nil {
		return text, nil
	}
	if _, err := strconv.ParseUint(string(raw), 10, 64); err != nil {
		return "", errWrongType
	}
	return string(raw), nil
}

// pause reads retry_duration, a number or digits in text, between 1 and 60
// seconds: it is unsigned, so it may not stall a payment.
func pause(raw json.RawMessage) time.Duration {
	if raw == nil {
		return 0
	}
	text, err := plain(raw)
	if err != nil {
		return 0
	}
	seconds, err := strconv.Atoi(text)
	if err != nil || seconds <= 0 {
		return 0
	}
	return time.Duration(min(seconds, 60)) * time.Second
}

// echo is how a reply's tracking data compares with the request's.
type echo int

const (
	echoSame echo = iota
	echoMissing
	echoOther
)

// compareEcho compares by meaning, not by bytes: a server may write the same
// object with other spaces.
func compareEcho(sent, got json.RawMessage) echo {
	if got == nil {
		return echoMissing
	}
	var a, b any
	if sent == nil || json.Unmarshal(sent, &a) != nil || json.Unmarshal(got, &b) != nil || !reflect.DeepEqual(a, b) {
		return echoOther
	}
	return echoSame
}
