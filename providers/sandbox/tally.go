package sandbox

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
)

// Tally is how often one request came: the same call with the same bytes.
type Tally struct {
	Call      string `json:"call"`      // provider, point, what it does, such as oxipay.charge
	Path      string `json:"path"`      // as sent, with its query
	Reference string `json:"reference"` // x_pos_transaction_ref or orderId in it; empty when it has none
	SHA256    string `json:"sha256"`    // of the body's bytes, in hex
	Bytes     int    `json:"bytes"`     // the body's length
	Came      int    `json:"came"`      // how often these bytes reached the sandbox
	Processed int    `json:"processed"` // how often the provider made something of them
}

// tally counts every request for as long as the sandbox runs: unlike recorder
// it keeps no body, so that a long test still finds its first one.
type tally struct {
	kept  []*Tally
	known map[tallyKey]*Tally
}

type tallyKey struct {
	target string
	sum    [sha256.Size]byte
}

func newTally() tally { return tally{known: map[tallyKey]*Tally{}} }

func (k *tally) add(call string, r Recorded, processed bool) {
	key := tallyKey{r.Path, sha256.Sum256(r.Body)}
	if r.Query != "" {
		key.target += "?" + r.Query
	}
	t := k.known[key]
	if t == nil {
		t = &Tally{Call: call, Path: key.target, Reference: referenceIn(r.Body), SHA256: hex.EncodeToString(key.sum[:]), Bytes: len(r.Body)}
		k.known[key] = t
		k.kept = append(k.kept, t)
	}
	t.Came++
	if processed {
		t.Processed++
	}
}

func (k *tally) all() []Tally {
	all := make([]Tally, len(k.kept))
	for i, t := range k.kept {
		all[i] = *t
	}
	return all
}

// bodySum is a request's name in Tally and Played.
func bodySum(body []byte) string {
	sum := sha256.Sum256(body)
	return hex.EncodeToString(sum[:])
}

// referenceIn is the sale's reference in a request of any provider.
func referenceIn(body []byte) string {
	var sale struct {
		Oxipay string `json:"x_pos_transaction_ref"`
		Order  string `json:"orderId"`
		V1     string `json:"order_id"`
	}
	// A body that is no JSON object of this form bears no reference.
	if json.Unmarshal(body, &sale) != nil {
		return ""
	}
	return cmp.Or(sale.Oxipay, sale.Order, sale.V1)
}
