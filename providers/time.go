package providers

import "time"

// Plausible is a provider's time as it can be believed: the zero time where it
// lies outside 2001 to 2200. An expiry of long ago would end the watch for late
// money before it began; one of centuries ahead counts down to nothing.
func Plausible(t time.Time) time.Time {
	if t.Year() < 2001 || t.Year() > 2200 {
		return time.Time{}
	}
	return t
}
