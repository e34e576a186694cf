package sandbox

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/shopspring/decimal"
)

// oxaState is what only an invoice of OxaPay's has.
type oxaState struct {
	v1       bool              // made over v1
	callback string            // where its news are sent
	payments []decimal.Decimal // each in the currency of the price; v1 adds them up
	strange  decimal.Decimal   // what came in oxaStrange, which counts for nothing
	refund   oxaRefund
	accepted bool   // by hand, as it was
	told     string // the status that was reported last
}

// oxaRefund is how far the provider is with giving the money back.
type oxaRefund int

const (
	oxaKept oxaRefund = iota
	oxaRefunding
	oxaRefunded
)

// oxaStrange is a coin that no invoice takes.
const oxaStrange = "DASH"

// The statuses that v1 has beside the older API's.
const (
	stagePaying    stage = "paying"
	stageAccepted  stage = "manual_accept"
	stageUnderpaid stage = "underpaid"
	stageRefunding stage = "refunding"
	stageRefunded  stage = "refunded"
)

// oxaRefundStages are how far a refund is.
var oxaRefundStages = map[oxaRefund]stage{oxaRefunding: stageRefunding, oxaRefunded: stageRefunded}

// v1Status is the stage in the words of v1. A part of the price is "paying"
// while the rest may come, and "underpaid" after.
func (v *invoice) v1Status(now time.Time) string {
	st := v.stage(now)
	part := v.received.Sign() > 0
	switch {
	case st == stagePaid && v.oxa.accepted:
		return string(stageAccepted)
	case st == stageConfirming, st == stageWaiting && part:
		return string(stagePaying)
	case st == stageExpired && part:
		return string(stageUnderpaid)
	}
	return strings.ToLower(string(st))
}

// errNotThere is what the hands-on calls answer that only some invoices know.
var errNotThere = errors.New("this invoice knows no such thing")

// oxaButtons are what only an invoice of OxaPay's can be played: a coin that it
// does not take, and what the merchant may do in the account at the provider.
func (v *invoice) oxaButtons() (strange, accept, refund string) {
	if v.provider != "oxapay" {
		return "", "", ""
	}
	if strange = "Pay in another coin: " + oxaStrange; !v.oxa.v1 || v.received.Sign() == 0 {
		return strange, "", ""
	}
	if !v.enough() && v.oxa.refund == oxaKept {
		accept = "The merchant accepts it as it is"
	}
	switch v.oxa.refund {
	case oxaKept:
		refund = "The merchant begins a refund"
	case oxaRefunding:
		refund = "The refund arrives"
	}
	return strange, accept, refund
}

// PayStrange is the customer sending a coin that the invoice does not take: it
// is seen, and counts for nothing.
func (s *Server) PayStrange(ref string) error {
	return s.oxaChange(ref, func(v *invoice, now time.Time) error {
		v.chosen, v.oxa.strange = true, v.oxa.strange.Add(v.price)
		v.paidAt = now
		return nil
	})
}

// Accept is the merchant taking what came for what was asked, in the account
// at the provider; only v1 tells so.
func (s *Server) Accept(ref string) error {
	return s.oxaChange(ref, func(v *invoice, _ time.Time) error {
		if !v.oxa.v1 || v.received.Sign() == 0 {
			return errNotThere
		}
		v.oxa.accepted = true
		return nil
	})
}

// Refund begins to give back what came, and ends it when it is called again;
// only v1 tells so.
func (s *Server) Refund(ref string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	v := s.find(ref)
	if v == nil {
		return fmt.Errorf("%w: %q", errUnknownInvoice, ref)
	}
	if !v.oxa.v1 || v.received.Sign() == 0 || v.oxa.refund == oxaRefunded {
		return errNotThere
	}
	v.oxa.refund++
	s.oxaReport(v, s.options.Now())
	return nil
}

// oxaChange is change for what only OxaPay's invoices know.
func (s *Server) oxaChange(ref string, do func(*invoice, time.Time) error) error {
	failed := error(nil)
	err := s.change(ref, func(v *invoice, now time.Time) {
		if failed = errNotThere; v.provider == "oxapay" {
			failed = do(v, now)
		}
	})
	if err != nil {
		return err
	}
	return failed
}
