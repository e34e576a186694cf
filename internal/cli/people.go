package cli

import (
	"cashdesk/internal/till"
	"cashdesk/keystore"
)

// freshStaff reads the keystore again whenever somebody is about to sign in,
// so that what `cashdesk staff` and `cashdesk keys` changed counts at once.
type freshStaff struct {
	*keystore.Store
	counter *counter
}

// Staff lists everybody, as the file on disk has them now. If it cannot be
// read, those known before are still who may sign in.
func (f freshStaff) Staff() []keystore.Member {
	if err := f.Reload(); err != nil {
		f.counter.log.Error("the keystore could not be read again", "error", err)
	}
	return f.Store.Staff()
}

// managersOnly keeps operators out where only the passphrase opens the
// keystore: whoever knows it could read the keys.
type managersOnly struct{ all till.Staff }

// Staff lists the managers.
func (m managersOnly) Staff() []keystore.Member {
	var all []keystore.Member
	for _, member := range m.all.Staff() {
		if member.Role == keystore.Manager {
			all = append(all, member)
		}
	}
	return all
}

// Member finds a manager.
func (m managersOnly) Member(id string) (keystore.Member, bool) {
	member, ok := m.all.Member(id)
	return member, ok && member.Role == keystore.Manager
}

// CheckPIN compares a PIN.
func (m managersOnly) CheckPIN(id, pin string) bool { return m.all.CheckPIN(id, pin) }
