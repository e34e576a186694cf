package till

import (
	"context"
	"time"

	"cashdesk/keystore"
	"cashdesk/providers"
)

// registerClaim is the lock of whoever registers this device.
const registerClaim = "registering"

// lostRegistering says what became of a registering whose answer never came.
const lostRegistering = "the answer was lost: the old key may be dead"

// lastRegistering is the journal's newest word about registering this device;
// empty if it never was.
func (t *Till) lastRegistering(ctx context.Context) (providers.Event, error) {
	all, err := t.config.Journal.CounterEvents(ctx, []providers.EventType{providers.EventRegistering}, "", time.Time{}, 1)
	if err != nil || len(all) == 0 {
		return providers.Event{}, err
	}
	return all[0], nil
}

// registering says that a process asks for a new signing key right now, so that
// nothing may be signed with the old one.
func (t *Till) registering(ctx context.Context) (bool, error) {
	last, err := t.lastRegistering(ctx)
	if err != nil || last.Type == "" || last.To != "" {
		return false, err
	}
	release, ok, err := t.config.Journal.Claim(registerClaim)
	if ok {
		release()
	}
	return !ok, err
}

// endRegistering closes a registering whose process died while it waited, for
// whoever has the claim: its answer, and the key in it, are lost.
func (t *Till) endRegistering(ctx context.Context) error {
	last, err := t.lastRegistering(ctx)
	if err != nil || last.Type == "" || last.To != "" {
		return err
	}
	t.dropToken()
	_, err = t.config.Journal.Append(ctx, providers.Event{
		Type: providers.EventRegistering, To: providers.Unknown, Reason: providers.Interrupted, By: last.By, Session: last.Session, Note: lostRegistering,
	})
	return err
}

// findRegistering is endRegistering at a start, unless somebody is at it.
func (t *Till) findRegistering(ctx context.Context) error {
	release, ok, err := t.config.Journal.Claim(registerClaim)
	if err != nil || !ok {
		return err
	}
	defer release()
	return t.endRegistering(ctx)
}

// dropToken removes the token that registered this device: it works only once.
func (t *Till) dropToken() {
	if !t.config.Vault.Has(keystore.OxipayDeviceToken) {
		return
	}
	if err := t.config.Vault.Remove(keystore.OxipayDeviceToken); err != nil {
		t.config.Log.Error("the token that registered this device could not be removed from the keystore", "error", err)
	}
}
