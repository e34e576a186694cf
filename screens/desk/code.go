package desk

import "cashdesk/providers"

// MaskedCode is a pre-approval code as it may be shown to anybody.
func MaskedCode(code string) string {
	return providers.Personal{PreApproval: code}.Masked().PreApproval
}
