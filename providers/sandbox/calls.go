package sandbox

import "slices"

// Call is one of the providers' calls that the sandbox answers.
type Call struct {
	Name  string // provider, point, what it does; what a plan and the ledger write
	About string
	// Begins says that it starts something: LoseNext, PlayNext and Hold pick
	// only these, so that a status query in the background does not use them up.
	Begins bool

	traits trait
}

// trait is what some answers have and others have not, so that a fault can
// spoil it.
type trait int

const (
	signed    trait = 1 << iota // with a signature
	coded                       // with a code that decides
	stated                      // with a status that decides
	remembers                   // identical bytes get the first answer again
)

var calls = []Call{
	{"oxipay.charge", "ProcessAuthorisation", true, signed | coded | stated | remembers},
	{"oxipay.invite", "Invite", true, signed | coded | stated},
	{"oxipay.refund", "ProcessSalesAdjustment", true, signed | coded | stated},
	{"oxipay.undo", "ProcessSalesAdjustmentReversal", true, signed | coded | stated},
	{"oxipay.register", "CreateKey", true, signed | coded | stated},
	{"oxipay.receipt", "SendReceipt", false, signed | coded | stated},
	{"oxapay.create", "merchants/request", true, coded},
	{"oxapay.inquiry", "merchants/inquiry", false, coded | stated},
	{"oxapay.list", "merchants/list", false, coded | stated},
	{"oxapay.coins", "merchants/allowedCoins", false, coded},
	{"oxapay.v1-create", "v1/payment/invoice", true, coded},
	{"oxapay.v1-payment", "v1/payment/{track_id}", false, coded | stated},
	{"oxapay.v1-coins", "v1/payment/accepted-currencies", false, coded},
	{"oxapay.callback", "the report to callbackUrl", false, signed | stated},
	{"xaigate.create", "invoice/create", true, stated},
	{"xaigate.info", "invoice/info", false, stated},
	{"payneteasy.token", "request-access-token", false, 0},
	{"payneteasy.rate", "get-rate", false, 0},
	{"payneteasy.initiate", "initiate-transfer", true, signed},
	{"payneteasy.result", "the result URL", false, stated},
}

// Calls lists the calls, provider by provider.
func Calls() []Call { return slices.Clone(calls) }

// callNamed finds a call; nil when there is none of that name.
func callNamed(name string) *Call {
	for i := range calls {
		if calls[i].Name == name {
			return &calls[i]
		}
	}
	return nil
}
