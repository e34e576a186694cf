package sandbox

// The statuses of a reply. The seed pages' prose says "Failure", their tables
// say "Failed"; the tables count.
const (
	statusSuccess = "Success"
	statusFailed  = "Failed"
	statusError   = "Error"
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

// The answers that no selector asks for.
var (
	internalError = outcome{"", statusError, "EISE01", "Internal server error"}
	wrongMAC      = outcome{"", statusError, "ESIG01", "Signature mismatch"}
	codeUsed      = outcome{"", statusFailed, "FPRA22", "The pre-approval code was already used"}
	referenceUsed = outcome{"", statusFailed, "FPRA07", "This transaction reference was already processed"}
)

func invalid(why string) outcome {
	return outcome{"", statusError, "EVAL01", why}
}
