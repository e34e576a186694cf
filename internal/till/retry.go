package till

import "cashdesk/providers"

// Retry says whether a sale that came to nothing can be tried once more with
// the same provider, and how: from the provider's own table of codes. Without a
// listed code it can be tried again later.
func (t *Till) Retry(a providers.Attempt) providers.Retry {
	if g := t.gateways[a.Provider]; g != nil {
		if code, listed := g.Lookup(a.Code); listed {
			return code.Retry
		}
	}
	return providers.RetryLater
}
