package till

import (
	"context"
	"errors"
	"strings"

	"cashdesk/internal/journal"
	"cashdesk/keystore"
	"cashdesk/providers"
)

// keyTries is how often a new key is tried to be kept: it exists nowhere else.
const keyTries = 5

// Register has Oxipay change a token from the merchant's portal for a new
// signing key, which goes straight into the keystore; the old key is dead from
// then on. Payments that the old one signed and that are not known yet stand in
// its way, as in that of SetKey: *UnresolvedError. RegisterAnyway gives them up.
func (t *Till) Register(ctx context.Context, s Session, p Permit, token string) error {
	return t.register(ctx, s, p, token, false)
}

// CheckToken says what is wrong with the form of a token, nil if it can be one.
func CheckToken(token string) error { return CheckKey(keystore.OxipayDeviceToken, token) }

// RegisterAnyway is Register after each payment that is not known yet was marked
// as not resolvable from here.
func (t *Till) RegisterAnyway(ctx context.Context, s Session, p Permit, token string) error {
	return t.register(ctx, s, p, token, true)
}

func (t *Till) register(ctx context.Context, s Session, p Permit, token string, giveUp bool) error {
	if err := t.need(ctx, s, p, Keys); err != nil {
		return err
	}
	if err := CheckToken(token); err != nil {
		return err
	}
	registrar, can := t.gateways[providers.Oxipay].(providers.Registrar)
	if !can {
		return conflict("Oxipay is not set up, so this device cannot be registered", "a manager can mend this in the settings")
	}
	release, ok, err := t.config.Journal.Claim(registerClaim)
	if err != nil {
		return err
	}
	if !ok {
		return conflict("this device is being registered right now", "wait for the answer")
	}
	defer release()
	if err := t.beginRegistering(ctx, s, p, token, giveUp); err != nil {
		return err
	}
	// Whoever asked may leave; the key that comes would be lost.
	ctx = context.WithoutCancel(ctx)
	key, answer := registrar.Register(ctx, strings.TrimSpace(token))
	t.met(providers.Oxipay, answer)
	defer t.clerk.wake()
	return t.registered(ctx, s, p, key, answer, registrar.RegisterWords(answer))
}

// beginRegistering sees to it that nothing waits for the present key, proves by
// the token that the keystore can be written, and has the journal know.
func (t *Till) beginRegistering(ctx context.Context, s Session, p Permit, token string, giveUp bool) error {
	t.begin.Lock() // nothing is signed with the old key and recorded after
	defer t.begin.Unlock()
	t.keys.Lock()
	defer t.keys.Unlock()
	if err := t.endRegistering(ctx); err != nil {
		return err
	}
	err := t.announce(ctx, s, p, token, giveUp)
	for tries := 0; errors.Is(err, journal.ErrMoved) && tries < recordTries; tries++ {
		err = t.announce(ctx, s, p, token, giveUp) // another process signed something meanwhile
	}
	return err
}

func (t *Till) announce(ctx context.Context, s Session, p Permit, token string, giveUp bool) error {
	head, err := t.config.Journal.Head(ctx)
	if err != nil {
		return err
	}
	if err := t.release(ctx, s, p, keystore.OxipaySigningKey, giveUp); err != nil {
		return err
	}
	if err := t.config.Vault.Set(keystore.OxipayDeviceToken, keystore.NewSecret(token)); err != nil {
		return err
	}
	_, err = t.config.Journal.AppendAfter(ctx, head, providers.Event{Type: providers.EventRegistering, By: p.By, Session: s.ID, Note: p.Reason})
	if err != nil {
		t.dropToken()
	}
	return errors.Join(err, t.KeystoreRead(ctx, nil))
}

// registered writes down what came of it, and keeps the key.
func (t *Till) registered(ctx context.Context, s Session, p Permit, key string, answer providers.Answer, words providers.Words) error {
	t.begin.Lock()
	defer t.begin.Unlock()
	t.keys.Lock()
	defer t.keys.Unlock()
	e := providers.Event{
		Type: providers.EventRegistering, By: p.By, Session: s.ID, To: answer.State,
		Code: answer.Code, Reason: answer.Reason, Signature: answer.Signature, HTTPStatus: answer.HTTPStatus,
	}
	var failed error
	switch answer.State {
	case providers.Approved:
		if failed = t.keepKey(ctx, s, p, key); failed != nil {
			e.To, e.Note = providers.Unknown, "the new key could not be kept, and the old one is dead"
		}
	case providers.Refused:
		failed = unregistered(providers.Credentials, words)
	default:
		e.To, e.Note, failed = providers.Unknown, lostRegistering, unregistered(providers.Uncertain, words)
	}
	_, err := t.config.Journal.Append(ctx, e)
	t.dropToken()
	return errors.Join(failed, err, t.KeystoreRead(ctx, nil))
}

// keepKey puts the new key into the keystore, with the same words in the journal
// as SetKey. That these cannot be written does not keep the key out: it exists
// nowhere else.
func (t *Till) keepKey(ctx context.Context, s Session, p Permit, key string) error {
	const name = keystore.OxipaySigningKey
	if err := CheckKey(name, key); err != nil {
		return &providers.Error{Kind: providers.ProviderFault, Text: "Oxipay gave a key that is none; the old key is dead", Hint: "get a fresh token from the merchant's portal and register again"}
	}
	_, noted := t.config.Journal.Append(ctx, providers.Event{Type: providers.EventKeySet, By: p.By, Session: s.ID, Note: name})
	err := t.config.Vault.Set(name, keystore.NewSecret(key))
	for n := 1; err != nil && n < keyTries && t.rest(ctx, savePause); n++ {
		err = t.config.Vault.Set(name, keystore.NewSecret(key))
	}
	if err != nil {
		return &providers.Error{Kind: providers.Internal, Text: "the new key came but could not be saved, and the old key is dead", Hint: "make room on the disk, get a fresh token from the merchant's portal, and register again", Err: err}
	}
	t.cleared = false
	return errors.Join(noted, t.noteKeysHeld(ctx))
}

// unregistered says in Oxipay's words why this device was not registered, or
// that nobody knows: then the key is lost with the answer, and the old one may be
// dead.
func unregistered(kind providers.ErrorKind, w providers.Words) error {
	return &providers.Error{Kind: kind, Text: strings.TrimSuffix(w.Staff, "."), Hint: strings.TrimSuffix(w.Next, ".")}
}
