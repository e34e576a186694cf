package sandbox

// The statuses of a reply. The seed pages' prose says "Failure", their tables
// say "Failed"; the tables count.
const (
	statusSuccess   = "Success"
	statusFailed    = "Failed"
	statusError     = "Error"
	statusPending   = "Pending"
	statusCancelled = "Cancelled"
)

// outcome is one row of a dummy table.
type outcome struct {
	selector string // two characters of the request
	status   string
	code     string
	message  string
}

// outcomes is a dummy table; a selector that is not in it gives internalError.
type outcomes []outcome

func (t outcomes) pick(selector string) outcome {
	for _, row := range t {
		if row.selector == selector {
			return row
		}
	}
	return internalError
}

// inviteOutcomes is the seed page of Invite, by the last two digits of
// x_purchase_amount.
var inviteOutcomes = outcomes{
	{"01", statusSuccess, "SINV01", "The invitation was sent"},
	{"30", statusError, "EVAL01", "The request is not valid"},
	{"31", statusError, "EAUT01", "The merchant or the device is not known"},
}

// authorisationOutcomes is the seed page of Process Authorisation, by the
// first two characters of x_pre_approval_code. The message of an approval is
// followed by the date.
var authorisationOutcomes = outcomes{
	{"01", statusSuccess, "SPRA01", "Your first debit is on"},
	{"10", statusFailed, "FPRA01", "Declined by internal risk assessment"},
	{"11", statusFailed, "FPRA02", "Bank declined - Insufficient Funds"},
	{"12", statusFailed, "FPRA03", "The bank could not be reached"},
	{"13", statusFailed, "FPRA04", "The customer's limit is exceeded"},
	{"14", statusFailed, "FPRA05", "Declined for negative payment history"},
	{"15", statusFailed, "FPRA06", "The customer's card has expired"},
	{"16", statusFailed, "FPRA07", "This transaction reference was already processed"},
	{"17", statusFailed, "FPRA08", "The instalment is below the minimum"},
	{"18", statusFailed, "FPRA21", "The pre-approval code was not found"},
	{"19", statusFailed, "FPRA22", "The pre-approval code was already used"},
	{"20", statusFailed, "FPRA23", "The pre-approval code has expired"},
	{"21", statusFailed, "FPRA24", "The pre-approval code was cancelled"},
	{"22", statusFailed, "FPRA99", "Declined"},
	{"23", statusFailed, "FPRA09", "The amount is above the pre-approved amount"},
	{"30", statusError, "EVAL01", "The request is not valid"},
	{"31", statusError, "EAUT01", "The merchant or the device is not known"},
	{"32", statusError, "EVAL02", "The amount is below the minimum finance amount"},
}

// refundOutcomes is the provider's table of ProcessSalesAdjustment, by the last
// two digits of x_amount.
var refundOutcomes = outcomes{
	{"01", statusSuccess, "SPSA01", "Approved"},
	{"10", statusFailed, "FPSA01", "The sale's reference was not found"},
	{"11", statusFailed, "FPSA02", "The contract has been completed"},
	{"12", statusFailed, "FPSA03", "The contract was cancelled and everything refunded"},
	{"13", statusFailed, "FPSA04", "The adjustment cannot be made for this amount"},
	{"14", statusFailed, "FPSA05", "Not possible for this contract. Please contact Merchant Services"},
	{"15", statusFailed, "FPSA06", "The adjustment cannot be processed. Please call Collections"},
	{"16", statusFailed, "FPSA07", "The adjustment cannot be processed at this store"},
	{"17", statusFailed, "FPSA08", "Duplicate receipt number"},
	{"18", statusFailed, "FPSA09", "The amount must be greater than 0"},
	{"30", statusError, "EVAL01", "The request is not valid"},
	{"31", statusError, "EAUT01", "The merchant or the device is not known"},
}

// undoOutcomes is the provider's table of ProcessSalesAdjustmentReversal, by the
// first two characters of x_adjustment_signature.
var undoOutcomes = outcomes{
	{"01", statusSuccess, "SPAR01", "Approved"},
	{"10", statusFailed, "FPAR01", "The signature was not found"},
	{"11", statusFailed, "FPAR02", "The contract has been completed"},
	{"12", statusFailed, "FPAR03", "The contract was cancelled and everything refunded"},
	{"13", statusFailed, "FPAR05", "Not possible for this contract. Please contact Merchant Services"},
	{"14", statusFailed, "FPAR06", "The adjustment cannot be processed. Please call Collections"},
	{"15", statusFailed, "FPAR07", "The adjustment cannot be processed at this store"},
	{"16", statusFailed, "FPAR08", "Duplicate signature"},
	{"30", statusError, "EVAL01", "The request is not valid"},
	{"31", statusError, "EAUT01", "The merchant or the device is not known"},
}

// keyOutcomes is the provider's table of CreateKey, by the first two characters
// of x_device_token.
var keyOutcomes = outcomes{
	{"01", statusSuccess, "SCRK01", "Success"},
	{"10", statusFailed, "FCRK01", "The device token could not be found"},
	{"11", statusFailed, "FCRK02", "The device token has already been used"},
	{"30", statusError, "EVAL01", "The request is not valid"},
	{"31", statusError, "EAUT01", "The merchant or the device is not known"},
}

// receiptOutcomes is the provider's table of SendReceipt, by the first two
// characters of x_receipt_number.
var receiptOutcomes = outcomes{
	{"01", statusSuccess, "SSER01", "Success"},
	{"10", statusFailed, "FSER01", "The transaction reference was not found"},
	{"11", statusFailed, "FSER02", "The transaction reference is already in use"},
	{"30", statusError, "EVAL01", "The request is not valid"},
	{"31", statusError, "EAUT01", "The merchant or the device is not known"},
}

// The answers that no selector asks for.
var (
	internalError = outcome{"", statusError, "EISE01", "Internal server error"}
	wrongMAC      = outcome{"", statusError, "ESIG01", "Signature mismatch"}
	codeUsed      = outcome{"", statusFailed, "FPRA22", "The pre-approval code was already used"}
	referenceUsed = outcome{"", statusFailed, "FPRA07", "This transaction reference was already processed"}
	toConfirm     = outcome{"", statusPending, "SPND01", "Waiting for the customer to confirm"}
	notConfirmed  = outcome{"", statusCancelled, "FCNL01", "Cancelled"}
)

// row is the outcome with this code.
func (t outcomes) row(code string) outcome {
	for _, row := range t {
		if row.code == code {
			return row
		}
	}
	panic("sandbox: no outcome has the code " + code)
}

func invalid(why string) outcome {
	return outcome{"", statusError, "EVAL01", why}
}
