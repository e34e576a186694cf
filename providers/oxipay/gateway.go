package oxipay

import (
	"context"
	"slices"
	"time"

	"cashdesk/providers"
)

// Send sends a prepared request once and says what its reply means. resend
// says that the same bytes may have reached the provider before: then nothing
// is certain but an approval or a decline of this very request.
func (c *Client) Send(ctx context.Context, r providers.Request, resend bool) providers.Answer {
	key := c.key()
	if key == "" {
		// The reply could not be verified, so that a payment would become
		// unknown by our own doing.
		return notSent(providers.NoKey, resend)
	}
	way := c.money
	switch r.Call {
	case CallProcessAuthorisation, CallSalesAdjustment, CallAdjustmentReversal:
	case CallInvite:
		way = c.other
	default:
		return notSent(providers.Disagrees, resend)
	}
	return c.exchange(ctx, way, key, r, resend)
}

// exchange posts a request and decides what its reply means, which is to be
// signed with the key.
func (c *Client) exchange(ctx context.Context, way *providers.HTTP, key string, r providers.Request, resend bool) providers.Answer {
	reply := way.Post(ctx, "/"+r.Call, r.Body)
	return arrived(decide(key, r, reply, resend), reply)
}

// arrived adds what the way there told.
func arrived(a providers.Answer, reply providers.Reply) providers.Answer {
	a.HTTPStatus, a.ServerDate = reply.Status, reply.Date
	if a.RetryAfter == 0 {
		a.RetryAfter = reply.RetryAfter
	}
	return a
}

// notSent is the certainty that no byte of this send left: the first send is
// refused by it, a resend leaves the first as it was.
func notSent(why providers.Reason, resend bool) providers.Answer {
	return providers.Answer{State: providers.Refused, Reason: why}.OfSend(resend)
}

func unsure(a providers.Answer, why providers.Reason) providers.Answer {
	a.State, a.Reason = providers.Unknown, why
	return a
}

// decide goes from the outside in: transport, form, echo, signature, and only
// then what the reply says.
func decide(key string, r providers.Request, reply providers.Reply, resend bool) providers.Answer {
	var a providers.Answer
	switch reply.Reason {
	case providers.NoReason:
	case providers.Unreachable:
		return notSent(providers.Unreachable, resend)
	default:
		return unsure(a, reply.Reason)
	}
	got, err := ParseReply(reply.Body)
	if err != nil {
		return unsure(a, orBadStatus(reply, providers.BadBody))
	}
	sent, err := parseMessage(r.Body)
	if err != nil {
		return unsure(a, providers.Disagrees)
	}
	a.Code = providers.CleanText(got.Code)
	a.Signature = got.Check(key, r.Call)
	switch compareEcho(sent.tracking, got.tracking) {
	case echoOther:
		return unsure(a, providers.WrongEcho)
	case echoMissing:
		a.NoEcho = true
	}
	if a.Signature != providers.SignatureValid {
		return unverified(a, got, reply)
	}
	// Text that anybody could have written is not shown beside a payment; this
	// one the provider signed.
	a.Message = providers.CleanText(got.Message)
	return verified(a, got, r.Call, resend)
}

// unverified is a reply without a valid signature: never a yes, never a no.
// The server cannot sign for a device that it does not know, so its word that
// the key is wrong is taken as a suspicion.
func unverified(a providers.Answer, got Reply, reply providers.Reply) providers.Answer {
	if got.Status == statusError && slices.Contains(keyCodes, got.Code) {
		a.KeySuspected = true
		return unsure(a, providers.SuspectedKey)
	}
	if a.Signature == providers.SignatureMissing {
		return unsure(a, orBadStatus(reply, providers.NoSignature))
	}
	return unsure(a, orBadStatus(reply, providers.BadSignature))
}

func orBadStatus(reply providers.Reply, why providers.Reason) providers.Reason {
	if !reply.OK() {
		return providers.BadStatus
	}
	return why
}

// verified looks the signed status and code up in the table. Whatever is
// outside it is unknown.
func verified(a providers.Answer, got Reply, call string, resend bool) providers.Answer {
	e, listed := byCode[got.Code]
	switch {
	case !listed || !slices.Contains(statuses, got.Status):
		return unsure(a, providers.Unlisted)
	case !e.fits(call, got.Status):
		return unsure(a, providers.Disagrees)
	case resend && e.firstSendOnly:
		return unsure(a, providers.OnResend)
	}
	switch e.Class {
	case providers.ClassApproved:
		// Only a sale has a number of Oxipay's own; a refund has the sale's.
		if call == CallProcessAuthorisation {
			if a.ProviderRef = providers.CleanText(got.PurchaseNumber); a.ProviderRef == "" {
				return unsure(a, providers.NoPurchaseNumber)
			}
		}
		a.State = providers.Approved
	case providers.ClassDone:
		a.State = providers.Approved
	case providers.ClassBegun:
		a.State = providers.Invited
	case providers.ClassDeclined:
		a.State = providers.Declined
	case providers.ClassRefused:
		a.State, a.Reason = providers.Refused, providers.ProviderSaidNo
	case providers.ClassPending:
		// The same bytes again, after the pause that the provider wants, find
		// out what became of it.
		if a.RetryAfter = got.RetryAfter; a.RetryAfter == 0 {
			a.RetryAfter = confirmPause
		}
		return unsure(a, providers.AwaitsBuyer)
	default:
		return unsure(a, providers.ServerFault)
	}
	return a
}

// confirmPause is how long the customer is waited for where the provider names
// no time: what its documentation says.
const confirmPause = 5 * time.Second
