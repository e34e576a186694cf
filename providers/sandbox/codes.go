package sandbox

import (
	"encoding/json"
	"time"
)

// faultCodes are the pre-approval codes that play a fault, by their first two
// characters. Each is approved, and its first answer is spoilt; what is asked
// again gets the true one, so that a person sees how it ends.
var faultCodes = []struct {
	selector string
	fault    Fault
	about    string
}{
	{"91", Fault{Kind: LoseAnswer}, "approved, and the answer is lost"},
	{"92", Fault{Kind: CutAnswer}, "approved, and the answer is cut in the middle"},
	{"93", Fault{Kind: WrongSignature}, "approved, and the answer is signed with a wrong key"},
	{"94", Fault{Kind: Unsigned}, "approved, and the answer is not signed"},
	{"95", Fault{Kind: HTML500}, "approved, and a web server's error page comes instead"},
	{"96", Fault{Kind: Delay, For: 8 * time.Second}, "approved, and the answer comes after 8 seconds"},
	{"97", Fault{Kind: Foreign}, "approved, and the answer is that of another sale"},
}

// FaultWays is how to play each fault where Options.FaultCodes is set.
func FaultWays() []Line {
	lines := []Line{}
	for _, row := range faultCodes {
		lines = append(lines, Line{"Oxipay code " + row.selector + "####", row.about})
	}
	return lines
}

// codes are those that have played their fault, without 6199.
type codes map[string]bool

// fault is what a charge's code plays, and its selector; nothing when it plays
// none, or has.
func (c codes) fault(body []byte) (Fault, string) {
	var sent struct {
		Code string `json:"x_pre_approval_code"`
	}
	if json.Unmarshal(body, &sent) != nil {
		return Fault{}, ""
	}
	code := bareCode(sent.Code)
	for _, row := range faultCodes {
		if row.selector == codeSelector(code) && !c[code] {
			c[code] = true
			return row.fault, row.selector
		}
	}
	return Fault{}, ""
}

// pick is the dummy's answer; a code that plays a fault is an approved one.
func (s *Server) pick(m oxipayMethod, v values) outcome {
	if s.options.FaultCodes && m.call == "oxipay.charge" {
		for _, row := range faultCodes {
			if row.selector == codeSelector(v["x_pre_approval_code"]) {
				return authorisationOutcomes[0]
			}
		}
	}
	return m.pick(v)
}
