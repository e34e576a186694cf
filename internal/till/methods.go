package till

import (
	"context"

	"cashdesk/providers"
)

// Method is one way to pay, as the method screen offers it.
type Method struct {
	Provider   providers.Provider
	Kind       providers.Kind
	Currencies []providers.Currency // what it takes, the usual one first
	Off        string               // why it cannot be used now, empty if it can
	Quotes     bool                 // limits and commission can be asked for beforehand: Quote
	AsksBINs   bool                 // Draft.FromBIN and ToBIN are to be typed
}

// Methods lists every way to pay in the order of the screens; one that cannot
// be used says why.
func (t *Till) Methods(ctx context.Context) []Method {
	ways := []Method{
		{Provider: providers.Oxipay, Kind: providers.Authorise},
		{Provider: providers.Oxipay, Kind: providers.Invite},
		{Provider: providers.OxaPay, Kind: providers.Invoice},
		{Provider: providers.XaiGate, Kind: providers.Invoice},
		{Provider: providers.Payneteasy, Kind: providers.Transfer},
	}
	for i, w := range ways {
		ways[i].Currencies = t.config.Currencies[w.Provider]
		if asker, asks := t.gateways[w.Provider].(providers.Asker); asks {
			ways[i].Quotes, ways[i].AsksBINs = asker.Quotes(), asker.AsksBINs()
		}
		if err := t.blocked(ctx, w.Provider); err != nil {
			ways[i].Off = err.Error()
		}
	}
	return ways
}
