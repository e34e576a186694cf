package till

import "cashdesk/providers"

// lost is what an attempt becomes whose answer never came: as its client says,
// where that depends on how it was sent, else as the table of the calls has it.
// What was not known before is no more known now.
func (t *Till) lost(a providers.Attempt) providers.State {
	if a.State == providers.Unknown {
		return providers.Unknown
	}
	if g, ok := t.gateways[a.Provider].(providers.Losing); ok {
		return g.Lost(a.Kind)
	}
	return policyOf(a).lost
}
