package sandbox

import "net/http"

// oxaTaken are the coins that the sandbox's merchant takes.
var oxaTaken = []string{"TRX", "BTC", "ETH", "LTC", "USDT", "USDC", "DOGE"}

// oxaTakenElsewhere are another merchant's.
var oxaTakenElsewhere = []string{"XMR", "BCH"}

var oxaCoinsFields = []field{{name: "merchant", required: true, min: 1}}

// oxaCoinsTold answers allowedCoins.
type oxaCoinsTold struct {
	oxaResult
	Allowed []string `json:"allowed"`
}

func (s *Server) oxaAllowed(c *call) response {
	if _, refused := s.oxaRead(c, oxaCoinsFields); refused != nil {
		return *refused
	}
	told := oxaCoinsTold{oxaResult{oxaOK, oxaMessages[oxaOK]}, oxaTaken}
	a := jsonAnswer(http.StatusOK, told)
	a.other = func(k FaultKind) []byte {
		switch k {
		case UnknownCode:
			told.Result = oxaUndocumented
		case Foreign:
			told.Allowed = oxaTakenElsewhere
		default:
			return nil
		}
		return encode(told)
	}
	return a
}
