package cli

import (
	"cashdesk/internal/till"
	"cashdesk/keystore"
)

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
