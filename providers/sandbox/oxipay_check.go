package sandbox

import (
	"encoding/json"
	"strconv"
	"strings"
)

var (
	nationalMobile = pattern(`^0[0-9]{8,9}$`)
	codeAlphabet   = pattern(`^[0-9A-Za-z]+$`)
)

func checkInvite(v values, lenient bool) string {
	if v["x_purchase_amount"] == "0" {
		return "x_purchase_amount must be above zero"
	}
	if !lenient && !nationalMobile(v["x_mobile"]) {
		return "x_mobile must be a number in national form"
	}
	return ""
}

// checkAuthorisation holds the pages' rules about amounts, items and the code:
// 6 characters, 10 with the prefix, or the 8 of the dummy tables.
func checkAuthorisation(v values, lenient bool) string {
	purchase, err := strconv.ParseInt(v["x_purchase_amount"], 10, 64)
	finance, financeErr := strconv.ParseInt(v["x_finance_amount"], 10, 64)
	if err != nil || financeErr != nil || finance < 1 || finance > purchase {
		return "x_finance_amount must be at least 1 and at most x_purchase_amount"
	}
	if items, there := v["purchase_items"]; there && !lenient && !listsItems(items) {
		return "purchase_items must be JSON text with a list PurchaseItems"
	}
	code := v["x_pre_approval_code"]
	if lenient {
		return ""
	}
	length := len(code)
	if !codeAlphabet(code) || length != 6 && length != 8 && bareCode(code) == code {
		return "x_pre_approval_code must have 6 digits, or 10 with 6199"
	}
	return ""
}

func listsItems(items string) bool {
	object, err := parseObject([]byte(items))
	if err != nil || len(object) != 1 {
		return false
	}
	var names []string
	return json.Unmarshal(object["PurchaseItems"], &names) == nil && names != nil
}

// bareCode is a pre-approval code without its barcode prefix.
func bareCode(code string) string {
	if len(code) == 10 && strings.HasPrefix(code, "6199") {
		return code[4:]
	}
	return code
}

// codeSelector is what the dummy tables look at.
func codeSelector(code string) string {
	return head(bareCode(code))
}
