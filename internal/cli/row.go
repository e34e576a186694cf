package cli

import (
	"strconv"
	"time"

	"cashdesk/providers"
)

// rowVersion is the version of the JSON that `history --json` prints; it grows
// when a field changes its meaning or goes.
const rowVersion = 1

// row is one payment for a shop's own software. Personal data is masked.
type row struct {
	Version           int       `json:"version"`
	Reference         string    `json:"reference"` // of the sale
	Attempt           string    `json:"attempt"`   // the attempt's own reference, as the provider got it
	Provider          string    `json:"provider"`
	Kind              string    `json:"kind"`
	State             string    `json:"state"`
	Code              string    `json:"code"`
	MoneyConfirmed    bool      `json:"money_confirmed"`
	Amount            rowAmount `json:"amount"`
	Received          string    `json:"received"`
	Shortfall         string    `json:"shortfall"`
	ProviderReference string    `json:"provider_reference"`
	Customer          string    `json:"customer"` // masked code, mobile or e-mail
	Operator          string    `json:"operator"`
	Settled           bool      `json:"settled"` // decided by a manager by hand
	Closed            bool      `json:"closed"`
	Test              bool      `json:"test"`
	At                string    `json:"at"` // RFC 3339, the shop's zone

	Financed *rowAmount `json:"financed,omitempty"` // the part of the amount that the provider pays
	Doubt    string     `json:"doubt,omitempty"`    // why a manager must look
}

type rowAmount struct {
	Minor    int64  `json:"minor"`
	Decimal  string `json:"decimal"`
	Currency string `json:"currency"`
}

func newRow(a providers.Attempt, zone *time.Location) row {
	masked := a.Personal.Masked()
	r := row{
		Version: rowVersion, Reference: a.Sale, Attempt: a.Reference,
		Provider: string(a.Provider), Kind: string(a.Kind), State: string(a.State), Code: a.Code,
		MoneyConfirmed: a.State == providers.Approved,
		Amount:         rowOf(a.Amount),
		Received:       a.Received, Shortfall: a.Shortfall, ProviderReference: a.ProviderRef,
		Customer: masked.PreApproval + masked.Mobile + masked.Email,
		Operator: a.Operator, Settled: a.Settled, Closed: a.Closed, Test: a.Test,
		At: a.CreatedAt.In(zone).Format(time.RFC3339), Doubt: doubt(a),
	}
	if part, inPart := financed(a); inPart {
		amount := rowOf(part)
		r.Financed = &amount
	}
	return r
}

func rowOf(a providers.Amount) rowAmount {
	return rowAmount{Minor: a.Minor, Decimal: a.Decimal(), Currency: a.Currency.Code}
}

// rowHeading names the CSV columns, as the JSON does its fields.
var rowHeading = []string{
	"at", "reference", "attempt", "provider", "kind", "state", "code", "money_confirmed",
	"amount", "currency", "received", "shortfall", "provider_reference", "customer",
	"operator", "settled", "closed", "test", "financed", "doubt",
}

func (r row) fields() []string {
	part := ""
	if r.Financed != nil {
		part = r.Financed.Decimal
	}
	return []string{
		r.At, r.Reference, r.Attempt, r.Provider, r.Kind, r.State, r.Code, strconv.FormatBool(r.MoneyConfirmed),
		r.Amount.Decimal, r.Amount.Currency, r.Received, r.Shortfall, r.ProviderReference, r.Customer,
		r.Operator, strconv.FormatBool(r.Settled), strconv.FormatBool(r.Closed), strconv.FormatBool(r.Test), part, r.Doubt,
	}
}
