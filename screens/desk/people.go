package desk

import "time"

// Names maps the sign-in names of everybody who can sign in to the names that
// are shown. It asks the till: it belongs into a command.
func (d *Desk) Names() map[string]string {
	names := map[string]string{}
	for _, p := range d.Till().People() {
		names[p.ID] = p.Name
	}
	return names
}

// Named is who a sign-in name belongs to; of somebody who left it is the name itself.
func Named(names map[string]string, id string) string {
	if name := names[id]; name != "" {
		return name
	}
	return id
}

// When is a time as a list shows it: the time of day if it was today, else the
// date with the time, or of an earlier year the date alone.
func (d *Desk) When(t, now time.Time) string {
	switch midnight := d.Midnight(now); {
	case now.IsZero() || !t.Before(midnight):
		return d.Time(t)
	case d.in(t, "2006") == d.in(now, "2006"):
		return d.in(t, "2 Jan 15:04")
	}
	return d.Day(t)
}
