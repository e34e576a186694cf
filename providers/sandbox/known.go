package sandbox

// What the sandbox accepts. All of it is public: the first is printed by the
// seed page of Invite, the third by the seed page of XaiGate, the fourth by a
// public client.
const (
	OxipayKey            = "1234567890"                           // the device signing key
	OxaPayMerchant       = "sandbox"                              // the merchant API key
	XaiGateKey           = "fdda9f03-6409-43eb-a6ef-e1f6cea71c2e" // the apiKey
	PayneteasyControlKey = "B17F59B4-A7DC-41B4-8FF9-37D986B43D20" // signs the answer to initiate-transfer
	PayneteasyEndpoint   = "1111"                                 // the endpointId in the answer
	// PayneteasyToken is the access token; it holds ^ and $, as real ones do.
	// Any serial number is accepted with it. A token from the access token URL
	// is known together with its serial number, once get-rate was asked.
	PayneteasyToken = "sandbox^access$token^0000^1111$2222^3333"
)

// BaseURLs are what a client's settings need to reach the sandbox.
type BaseURLs struct {
	OxipayDummy string // the seed pages' dummy tables, stateless
	Oxipay      string // the same tables with a ledger
	OxaPay      string
	XaiGate     string
	Payneteasy  string
	// AccessToken and GetRate are the addresses of the two calls before a transfer.
	AccessToken, GetRate string
	// Handover and Result are templates with {invoiceId} in them.
	Handover string
	Result   string
}

// Bases gives the base URLs of a sandbox that is reached at origin, such as
// "http://127.0.0.1:8199". None ends in a slash.
func Bases(origin string) BaseURLs {
	return BaseURLs{
		OxipayDummy: origin + "/oxipay/webapi/v1/Test",
		Oxipay:      origin + "/oxipay/webapi/v1",
		OxaPay:      origin + "/oxapay",
		XaiGate:     origin + "/xaigate",
		Payneteasy:  origin + "/payneteasy",
		AccessToken: origin + "/payneteasy/auth/request-access-token",
		GetRate:     origin + "/payneteasy/transfer/get-rate",
		Handover:    origin + "/h/{invoiceId}",
		Result:      origin + "/payneteasy/result?invoiceId={invoiceId}",
	}
}

// Line is one thing to print about the sandbox.
type Line struct{ Name, Value string }

// Describe is what a person needs to point a client at a sandbox reached at
// origin: base URLs first, credentials after them.
func Describe(origin string) []Line {
	b := Bases(origin)
	return []Line{
		{"Oxipay base URL, with a ledger", b.Oxipay},
		{"Oxipay base URL, dummy tables", b.OxipayDummy},
		{"OxaPay base URL", b.OxaPay},
		{"XaiGate base URL", b.XaiGate},
		{"Payneteasy base URL", b.Payneteasy},
		{"Payneteasy access token URL", b.AccessToken},
		{"Payneteasy get-rate URL", b.GetRate},
		{"Payneteasy hand-over URL", b.Handover},
		{"Payneteasy result URL", b.Result},
		{"Oxipay signing key", OxipayKey},
		{"OxaPay merchant key", OxaPayMerchant},
		{"XaiGate API key", XaiGateKey},
		{"Payneteasy access token", PayneteasyToken},
		{"Payneteasy control key", PayneteasyControlKey},
		{"Payneteasy endpoint", PayneteasyEndpoint},
		{"Payneteasy serial number", "any"},
	}
}

// Ways is how to play each result: what to type, and what comes of it. A code
// is given with # for each further character; 6199 may stand before it.
func Ways() []Line {
	lines := []Line{}
	for _, w := range authorisationOutcomes {
		message := w.message
		if w.status == statusSuccess {
			message += " …"
		}
		lines = append(lines, Line{"Oxipay code " + w.selector + "####", w.code + " " + message})
	}
	lines = append(lines, Line{"any other Oxipay code", internalError.code + " " + internalError.message})
	for _, w := range inviteOutcomes {
		lines = append(lines, Line{"Oxipay invite, cents ." + w.selector, w.code + " " + w.message})
	}
	return append(lines,
		Line{"Oxipay invite, any other cents", internalError.code + " " + internalError.message},
		Line{"Oxipay refund, undo, receipt", "what is so; on the dummy tables what docs/sandbox.md lists"},
		Line{"Oxipay device token 01…", "a new signing key, once"},
		Line{"any other device token", keyOutcomes.row("FCRK01").message},
		Line{"Payneteasy, cents ." + centsFiltered, causeFiltered},
		Line{"Payneteasy, cents ." + centsFailed, causeFailed},
		Line{"Payneteasy, cents ." + centsUnavailable, causeUnavailable},
		Line{"Payneteasy, cents ." + centsNoRates, "no commission in the answer"},
		Line{"Payneteasy, cents ." + centsOneRate, "lowest and highest commission equal"},
		Line{"Payneteasy, above " + limitMax + "0", causeInvalid},
	)
}
