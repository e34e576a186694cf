// Package screens is the catalogue of all screens: it says which one stands
// behind each route. The screens know one another by the names of their routes
// only.
package screens

import (
	"cashdesk/screens/desk"
	"cashdesk/ui"
)

// Routes makes the catalogue for one counter.
func Routes(d *desk.Desk) map[string]ui.Route {
	return map[string]ui.Route{}
}

// Start is the route of the first screen. Before there is a till that is the
// unlock screen, also when no passphrase is needed: nothing slow happens before
// the first frame.
func Start(d *desk.Desk) string {
	switch {
	case d.Till() == nil:
		return desk.RouteUnlock
	case d.SignedIn():
		return desk.RouteSale
	}
	return desk.RouteSignIn
}
