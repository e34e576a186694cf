package payneteasy

import "cashdesk/providers"

// pathInitiate is the call below the base URL; the others have addresses of
// their own in the settings.
const pathInitiate = "/transfer/initiate-transfer"

// InitiateRequest is the body of /transfer/initiate-transfer, nested and
// ordered as the seed page's example; the two BINs stand at the top level.
type InitiateRequest struct {
	Consumer    Consumer    `json:"consumer"`           // required
	Location    *Location   `json:"location,omitempty"` // where the device is
	Session     Token       `json:"session"`            // required
	Transaction Transaction `json:"transaction"`        // required
	FromBin     string      `json:"fromBin,omitempty"`  // 6 digits: the paying card's BIN, for a commission worked out beforehand
	ToBin       string      `json:"toBin,omitempty"`    // 6 digits: the receiving card's BIN
}

// Consumer is the device that asks.
type Consumer struct {
	Device      Device   `json:"device"`                // required
	IPAddresses []string `json:"ipAddresses,omitempty"` // each 7 to 15 characters: IPv4 text
}

// Device names the device.
type Device struct {
	IMEI         string `json:"imei,omitempty"` // 14 to 16 characters
	SerialNumber string `json:"serialNumber"`   // 1 to 50 characters; required
}

// Location is a place on Earth, in degrees.
type Location struct {
	Lat float64 `json:"lat"` // -90 to 90, both inclusive
	Lng float64 `json:"lng"` // -180 to 180, both inclusive
}

// Token is the session of the request.
type Token struct {
	AccessToken string `json:"accessToken"` // 32 to 128 characters; required; a secret
}

// Transaction is the money.
type Transaction struct {
	AmountCentis int64  `json:"amountCentis"` // hundredths of the major unit, 1.00 EUR = 100; at least 1
	Currency     string `json:"currency"`     // ISO 4217, three upper-case letters
}

// InitiateReply answers InitiateRequest: the first four when it was begun,
// Error when not. Error is looked at whatever the HTTP status is.
type InitiateReply struct {
	EndpointID providers.Number `json:"endpointId"` // entry point of the transfer at Payneteasy; required
	InvoiceID  providers.Number `json:"invoiceId"`  // names the transfer; required, null beside an error
	Session    struct {
		Nonce     string `json:"nonce"`     // random text; required; passed on byte for byte
		Signature string `json:"signature"` // hexadecimal HMAC-SHA1; required; passed on byte for byte
	} `json:"session"`
	Rates struct {
		Min providers.Number `json:"min"` // lowest possible commission, decimal text in major units; optional
		Max providers.Number `json:"max"` // highest possible commission, likewise
	} `json:"rates"`
	Error *Failure `json:"error"`
}

// Failure says why nothing was begun.
type Failure struct {
	Cause   string           `json:"cause"`   // FILTERED, INVALID_REQUEST, SERVER_FAILED or SERVER_UNAVAILABLE
	Code    providers.Number `json:"code"`    // unique to this one failure: what support asks for
	Message providers.Number `json:"message"` // may leak the server's internals: neither shown nor kept
}

// TokenReply answers GET /auth/request-access-token (public clients).
type TokenReply struct {
	Session Token    `json:"session"`
	Error   *Failure `json:"error"`
}

// RateRequest is the body of /transfer/get-rate (public clients). On the sample
// server it makes the token and the serial number known for 30 minutes.
type RateRequest struct {
	Consumer Consumer `json:"consumer"`
	Session  Token    `json:"session"`
}

// RateReply answers RateRequest; amounts are in major units, of whatever
// currency is transferred.
type RateReply struct {
	RateInterest providers.Number `json:"rateInterest"` // commission, per cent of the amount
	RateMin      providers.Number `json:"rateMin"`      // the least commission
	RateMax      providers.Number `json:"rateMax"`      // the most; optional
	LimitMin     providers.Number `json:"limitMin"`     // the least that may be transferred
	LimitMax     providers.Number `json:"limitMax"`     // the most
	Error        *Failure         `json:"error"`
}

// ResultReply answers the result address, which is defined by us.
type ResultReply struct {
	InvoiceID providers.Number `json:"invoiceId"` // as it was asked
	Status    string           `json:"status"`    // approved, declined or pending
	Error     *Failure         `json:"error"`
}
