package sandbox

import (
	"encoding/hex"
	"fmt"
	"net/http"
)

// payneteasyError is a failure; invoiceId stands beside it as null, as it was
// seen.
type payneteasyError struct {
	Error struct {
		Cause   string `json:"cause"`
		Code    string `json:"code"`
		Message string `json:"message"`
	} `json:"error"`
	InvoiceID *string `json:"invoiceId"`
}

func (s *Server) payneteasyFail(status int, cause, message string) response {
	e := payneteasyError{}
	e.Error.Cause, e.Error.Message = cause, message
	e.Error.Code = hex.EncodeToString(s.random(6))
	return jsonAnswer(status, e)
}

// result answers what became of a transfer: the result URL is the group's own
// and defined by us.
func (s *Server) result(c *call) response {
	ids := c.query["invoiceId"]
	if len(ids) == 1 {
		if t := s.transfer(ids[0]); t != nil {
			return t.resulted()
		}
	}
	return s.payneteasyFail(http.StatusNotFound, causeInvalid, "No transfer has this invoiceId")
}

// transferUndocumented is a result that nobody defined.
const transferUndocumented = "frozen"

func (t *transfer) resulted() response {
	told := struct {
		InvoiceID string `json:"invoiceId"`
		Status    string `json:"status"`
	}{t.invoiceID, t.state}
	a := jsonAnswer(http.StatusOK, told)
	a.other = func(k FaultKind) []byte {
		switch k {
		case UnknownStatus:
			told.Status = transferUndocumented
		case Foreign:
			told.InvoiceID, told.Status = another(told.InvoiceID), transferApproved
		default:
			return nil
		}
		return encode(told)
	}
	return a
}

// transfer finds a transfer by its invoiceId; mu is held.
func (s *Server) transfer(invoiceID string) *transfer {
	for _, t := range s.handed {
		if t.invoiceID == invoiceID {
			return t
		}
	}
	return nil
}

// Approve is the cardholder's device performing the transfer.
func (s *Server) Approve(invoiceID string) error { return s.finish(invoiceID, transferApproved) }

// Decline is the cardholder's bank refusing it.
func (s *Server) Decline(invoiceID string) error { return s.finish(invoiceID, transferDeclined) }

// finish ends a transfer that is still pending; mu is not held.
func (s *Server) finish(invoiceID, state string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	t := s.transfer(invoiceID)
	if t == nil {
		return fmt.Errorf("no transfer has the invoiceId %q", invoiceID)
	}
	if t.state != transferPending {
		return fmt.Errorf("the transfer is already %s", t.state)
	}
	t.state = state
	return nil
}
