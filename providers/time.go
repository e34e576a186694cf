package providers

import "time"

// Plausible is a provider's time as it can be kept and shown: the zero time
// where it lies outside 2001 to 2200. The journal keeps nanoseconds, which end
// in 2262; a later expiry would come back as one of centuries ago, and late
// money on that invoice would not be watched for.
func Plausible(t time.Time) time.Time {
	if t.Year() < 2001 || t.Year() > 2200 {
		return time.Time{}
	}
	return t
}
