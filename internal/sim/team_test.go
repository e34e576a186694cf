package sim

import "cashdesk/keystore"

// The staff: Mia is the manager.
type team struct{}

var members = []keystore.Member{
	{ID: "mia", Name: "Mia", Role: keystore.Manager},
	{ID: "tom", Name: "Tom", Role: keystore.Operator},
	{ID: "eve", Name: "Eve", Role: keystore.Operator},
}

const pin = "2468"

func (team) Staff() []keystore.Member { return members }

func (team) Member(id string) (keystore.Member, bool) {
	for _, m := range members {
		if m.ID == id {
			return m, true
		}
	}
	return keystore.Member{}, false
}

func (team) CheckPIN(_, given string) bool { return given == pin }
