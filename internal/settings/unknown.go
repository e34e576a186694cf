package settings

import (
	"slices"
	"strings"
)

// secretNames are what somebody would call a secret in the settings, with the
// key of the keystore that was meant.
var secretNames = map[string]string{
	"signing_key": "oxipay.signing_key", "merchant_key": "oxapay.merchant_key", "merchant": "oxapay.merchant_key",
	"api_key": "xaigate.api_key", "access_token": "payneteasy.access_token", "control_key": "payneteasy.control_key",
}

// unknown reports every key that no rule knows. Their values are never
// repeated: one of them may be a secret in the wrong place.
func (c *check) unknown() {
	sections := []string{}
	for _, s := range table() {
		if s.name != "" {
			sections = append(sections, s.name)
		}
	}
	top := append(keys(""), sections...)
	for _, name := range c.root.names() {
		n := c.root.table[name]
		if !slices.Contains(top, name) {
			c.wrong(name, n, "is not a setting", "", hint("", name, top))
			continue
		}
		if !slices.Contains(sections, name) {
			continue
		}
		if n.table == nil {
			c.wrong(name, n, found(n), "a table: ["+name+"]", "")
			continue
		}
		known := keys(name)
		for _, key := range n.names() {
			if !slices.Contains(known, key) {
				c.wrong(name+"."+key, n.table[key], "is not a setting", "", hint(name, key, known))
			}
		}
	}
}

func keys(name string) []string {
	var list []string
	for _, s := range table() {
		if s.name == name {
			for _, r := range s.rules {
				list = append(list, r.key)
			}
		}
	}
	return list
}

// hint says what was probably meant.
func hint(section, key string, known []string) string {
	if meant, ok := secretNames[strings.ToLower(key)]; ok {
		return "secrets never stand here: remove it, then cashdesk keys set " + meant
	}
	best, least := "", len(key)/3+1
	for _, k := range known {
		if d := distance(strings.ToLower(key), k); d <= least && (best == "" || d < least) {
			best, least = k, d
		}
	}
	if best != "" {
		return "did you mean " + best + "?"
	}
	for _, s := range table() {
		if s.name != section && slices.Contains(keys(s.name), key) {
			if s.name == "" {
				return "it belongs above the first table"
			}
			return "it belongs in [" + s.name + "]"
		}
	}
	return "settings.toml.example has every setting"
}

// distance counts the letters to change, add or drop between two words.
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := 1; i <= len(a); i++ {
		diagonal := row[0]
		row[0] = i
		for j := 1; j <= len(b); j++ {
			cost := diagonal
			if a[i-1] != b[j-1] {
				cost++
			}
			diagonal = row[j]
			row[j] = min(cost, row[j]+1, row[j-1]+1)
		}
	}
	return row[len(b)]
}
