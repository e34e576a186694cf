package keystore

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"cashdesk/providers"
)

// Role says what a member of staff may do.
type Role string

// The roles.
const (
	Operator Role = "operator" // takes payments
	Manager  Role = "manager"  // besides: settles, refunds, keeps keys and staff
)

// Member is one of the staff. The PIN is not in it.
type Member struct {
	ID       string // 1 to 16 lower-case letters and digits; providers and the journal see it
	Name     string // for the screen, 1 to 40 characters
	Role     Role
	Disabled bool // kept for the history, cannot sign in
}

// person is a Member as the file holds it.
type person struct {
	ID       string `json:"id"`
	Name     string `json:"name"`
	Role     Role   `json:"role"`
	Disabled bool   `json:"disabled,omitempty"`
	PIN      string `json:"pin"` // argon2id hash
}

func (p person) member() Member {
	return Member{ID: p.ID, Name: p.Name, Role: p.Role, Disabled: p.Disabled}
}

// Staff lists all members in the order in which they were added.
func (s *Store) Staff() []Member {
	s.mu.RLock()
	defer s.mu.RUnlock()
	members := make([]Member, 0, len(s.held.Staff))
	for _, p := range s.held.Staff {
		members = append(members, p.member())
	}
	return members
}

// Member finds one of the staff by id.
func (s *Store) Member(id string) (Member, bool) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	if i := s.held.find(id); i >= 0 {
		return s.held.Staff[i].member(), true
	}
	return Member{}, false
}

// AddMember adds a member with a first PIN. There is no default PIN.
func (s *Store) AddMember(m Member, pin string) error {
	m.Name = strings.TrimSpace(m.Name)
	if err := CheckMember(m); err != nil {
		return err
	}
	if err := CheckPINForm(m.ID, pin); err != nil {
		return err
	}
	hash := hashPIN(pin, s.o.PINMemoryKiB)
	return s.change(func(c *contents) error {
		if c.find(m.ID) >= 0 {
			return providers.Invalid("id", "there is a member "+m.ID+" already", "take another id")
		}
		c.Staff = append(c.Staff, person{ID: m.ID, Name: m.Name, Role: m.Role, Disabled: m.Disabled, PIN: hash})
		return nil
	})
}

// UpdateMember changes name, role or whether a member may sign in.
func (s *Store) UpdateMember(m Member) error {
	m.Name = strings.TrimSpace(m.Name)
	if err := CheckMember(m); err != nil {
		return err
	}
	return s.changeMember(m.ID, func(c *contents, i int) {
		p := &c.Staff[i]
		p.Name, p.Role, p.Disabled = m.Name, m.Role, m.Disabled
	})
}

// SetPIN gives a member a new PIN.
func (s *Store) SetPIN(id, pin string) error {
	if err := CheckPINForm(id, pin); err != nil {
		return err
	}
	hash := hashPIN(pin, s.o.PINMemoryKiB)
	return s.changeMember(id, func(c *contents, i int) { c.Staff[i].PIN = hash })
}

// RemoveMember removes a member; what they did stays in the journal.
func (s *Store) RemoveMember(id string) error {
	return s.changeMember(id, func(c *contents, i int) { c.Staff = slices.Delete(c.Staff, i, i+1) })
}

// CheckPIN says whether this is the member's PIN. A disabled or unknown member
// has none, and it takes as long to say so. Counting the tries is not its duty.
func (s *Store) CheckPIN(id, pin string) bool {
	s.mu.RLock()
	i := s.held.find(id)
	var p person
	if i >= 0 {
		p = s.held.Staff[i]
	}
	memory := s.o.PINMemoryKiB
	s.mu.RUnlock()
	if i < 0 {
		hashPIN(pin, memory)
		return false
	}
	return matchesPIN(p.PIN, pin) && !p.Disabled
}

// changeMember changes one member, and refuses to leave a shop that had a
// manager without one: nobody could let anybody in again.
func (s *Store) changeMember(id string, apply func(c *contents, i int)) error {
	return s.change(func(c *contents) error {
		i := c.find(id)
		if i < 0 {
			return providers.Invalid("id", "there is no member "+quoteID(id), "cashdesk staff list shows them")
		}
		had := c.managers()
		apply(c, i)
		if had > 0 && c.managers() == 0 {
			return providers.Invalid("id", id+" is the last manager who can sign in", "add another manager first")
		}
		return nil
	})
}

func (c *contents) find(id string) int {
	return slices.IndexFunc(c.Staff, func(p person) bool { return p.ID == id })
}

func (c *contents) managers() int {
	n := 0
	for _, p := range c.Staff {
		if p.Role == Manager && !p.Disabled {
			n++
		}
	}
	return n
}

var memberID = providers.Pattern(`^[a-z0-9]{1,16}$`)

// CheckMember says whether id, name and role may be those of a member.
func CheckMember(m Member) error {
	if !memberID(m.ID) {
		return providers.Invalid("id", quoteID(m.ID)+" is not an id", "take 1 to 16 lower-case letters and digits")
	}
	if n := utf8.RuneCountInString(m.Name); n < 1 || n > 40 || strings.ContainsFunc(m.Name, func(r rune) bool { return !unicode.IsPrint(r) }) {
		return providers.Invalid("name", "a name has 1 to 40 characters", "write it as it should stand on the screen")
	}
	if m.Role != Operator && m.Role != Manager {
		return providers.Invalid("role", "a role is operator or manager", "")
	}
	return nil
}

// quoteID makes whatever was typed as an id fit for one line.
func quoteID(id string) string { return `"` + providers.CleanText(id) + `"` }
