package journal

import (
	"bytes"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"fmt"

	"cashdesk/providers"
)

// line is one row of the table events.
type line struct {
	seq     int64
	at      int64
	kind    string
	attempt string
	payload []byte
	digest  []byte
	mac     []byte
}

// sum is the line's MAC, given the one of the line before it.
func (l line) sum(key, before []byte) []byte {
	var numbers [16]byte
	binary.BigEndian.PutUint64(numbers[:8], uint64(l.seq))
	binary.BigEndian.PutUint64(numbers[8:], uint64(l.at))
	return mac(key, "event", numbers[:], []byte(l.kind), []byte(l.attempt), l.payload, l.digest, before)
}

// mac is an HMAC-SHA256 over parts, each with its length before it so that
// nothing can move from one part into the next. The label keeps a MAC made for
// one purpose from serving another.
func mac(key []byte, label string, parts ...[]byte) []byte {
	h := hmac.New(sha256.New, key)
	var length [8]byte
	for _, part := range append([][]byte{[]byte(label)}, parts...) {
		binary.BigEndian.PutUint64(length[:], uint64(len(part)))
		h.Write(length[:])
		h.Write(part)
	}
	return h.Sum(nil)
}

// genesis stands for the line before the first. It ties the chain to one file
// and its mode.
func (j *Journal) genesis() []byte {
	return mac(j.opt.Key, "genesis", []byte(j.id), []byte(j.opt.Mode))
}

// payload is the JSON of an event. Personal data is not in it: the fields that
// hold it are left out by their tags or cleared.
type payload struct {
	providers.Event
	Call string `json:"call,omitempty"`
	Born *born  `json:"born,omitempty"`
}

// born is an attempt as it begins; everything else in its row comes from later
// events. The names are those in the file, independent of the Go type's.
type born struct {
	Sale         string             `json:"sale,omitempty"`
	Reference    string             `json:"reference"`
	Provider     providers.Provider `json:"provider"`
	Kind         providers.Kind     `json:"kind"`
	Minor        int64              `json:"minor"`
	Currency     string             `json:"currency"`
	Decimals     int                `json:"decimals"`
	FinanceMinor int64              `json:"finance_minor,omitempty"`
	Counter      string             `json:"counter,omitempty"`
	Test         bool               `json:"test,omitempty"`
	Of           string             `json:"of,omitempty"`
	ReceiptDue   bool               `json:"receipt_due,omitempty"`
}

// side is the JSON of an event's personal data.
type side struct {
	PreApproval string `json:"code,omitempty"`
	Mobile      string `json:"mobile,omitempty"`
	Email       string `json:"email,omitempty"`
	Message     string `json:"message,omitempty"`
}

// personal is one row of the table personal; a nil salt says that there is none.
type personal struct {
	salt, data, kept, record []byte
}

// newPersonal seals an event's personal data with a fresh salt.
func newPersonal(s side, body Body) (personal, error) {
	if s == (side{}) && len(body.Kept) == 0 && len(body.Record) == 0 {
		return personal{}, nil
	}
	data, err := json.Marshal(s)
	if err != nil {
		return personal{}, err
	}
	p := personal{salt: make([]byte, 32), data: data, kept: body.Kept, record: body.Record}
	rand.Read(p.salt) // never fails: it ends the program instead
	return p, nil
}

// digest is what the chain says of the data: nothing can be learnt from it
// once the salt is gone.
func (p personal) digest() []byte {
	if p.salt == nil {
		return []byte{}
	}
	return mac(p.salt, "personal", p.data, p.kept, p.record)
}

// matches says whether this is the data that the chain speaks of.
func (p personal) matches(digest []byte) bool { return hmac.Equal(p.digest(), digest) }

// encode makes the payload of an event.
func encode(e providers.Event, call string) ([]byte, error) {
	p := payload{Event: e, Call: call}
	if a := e.Recorded; a != nil {
		p.Recorded = nil
		p.Born = &born{
			Sale: a.Sale, Reference: a.Reference, Provider: a.Provider, Kind: a.Kind,
			Minor: a.Amount.Minor, Currency: a.Amount.Currency.Code, Decimals: a.Amount.Currency.Decimals,
			FinanceMinor: a.FinanceMinor, Counter: a.Counter, Test: a.Test,
			Of: a.Of, ReceiptDue: a.ReceiptDue,
		}
	}
	// Links hold & and must stay readable to other tools: no HTML escapes.
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(p); err != nil {
		return nil, err
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), nil
}

// decode makes the event of a line and its personal data again.
func decode(l line, p personal) (e providers.Event, call string, err error) {
	var from payload
	if err := json.Unmarshal(l.payload, &from); err != nil {
		return e, "", fmt.Errorf("event %d cannot be read: %w", l.seq, err)
	}
	var s side
	if p.salt != nil {
		if err := json.Unmarshal(p.data, &s); err != nil {
			return e, "", fmt.Errorf("personal data of event %d cannot be read: %w", l.seq, err)
		}
	}
	e = from.Event
	e.Seq, e.At, e.Type, e.Attempt = l.seq, moment(l.at), providers.EventType(l.kind), l.attempt
	e.ExpiresAt = storable(e.ExpiresAt)
	e.Message = s.Message
	if from.Born != nil {
		e.Recorded = from.Born.attempt(e)
		e.Recorded.Personal = providers.Personal{PreApproval: s.PreApproval, Mobile: s.Mobile, Email: s.Email, Message: s.Message}
	}
	return e, from.Call, nil
}

// attempt is the attempt as it was recorded by e.
func (b born) attempt(e providers.Event) *providers.Attempt {
	return &providers.Attempt{
		ID: e.Attempt, Sale: b.Sale, Reference: b.Reference, Provider: b.Provider, Kind: b.Kind,
		Amount: providers.Amount{
			Minor:    b.Minor,
			Currency: providers.Currency{Code: b.Currency, Decimals: b.Decimals},
		},
		FinanceMinor: b.FinanceMinor, Counter: b.Counter, Test: b.Test, Of: b.Of, ReceiptDue: b.ReceiptDue,
		Operator: e.By, Session: e.Session,
	}
}
