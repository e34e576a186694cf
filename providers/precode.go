package providers

import (
	"errors"
	"strings"
)

// CodePrefix begins the barcode of an Oxipay pre-approval code; the six digits
// after it are the code that a person types.
const CodePrefix = "6199"

// ErrUnusualCode says that nothing is wrong with a pre-approval code but its
// shape: a person may accept it (Order.AcceptOtherCode) after a warning.
var ErrUnusualCode = errors.New("a code of an unusual shape")

// BareCode is a pre-approval code without the prefix of its barcode, so that a
// scanned and a typed code can be compared.
func BareCode(code string) string {
	code = strings.TrimSpace(code)
	if len(code) == len(CodePrefix)+6 {
		return strings.TrimPrefix(code, CodePrefix)
	}
	return code
}
