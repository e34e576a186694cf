package desktest

import (
	"testing"

	"cashdesk/providers"
	"cashdesk/providers/oxapay"
	"cashdesk/providers/oxipay"
	"cashdesk/providers/payneteasy"
	"cashdesk/providers/xaigate"
)

// gateways are the four clients, with the test in place of the network.
func (c *Counter) gateways() []providers.Gateway {
	key := func(value string) func() string { return func() string { return value } }
	way := providers.HTTPOptions{Base: "https://provider.example"}
	c.Oxipay = newGateway(must[providers.Gateway](c.t)(oxipay.New(oxipay.Config{
		HTTP: way, Merchant: "30188105", Device: "till-2", Firmware: "cashdesk test", Country: oxipay.Australia,
		SigningKey: key("1234567890"), Test: true,
	})), c.happened)
	c.OxaPay = newGateway(must[providers.Gateway](c.t)(oxapay.New(oxapay.Config{
		HTTP: way, MerchantKey: key("sandbox"), Test: true,
	})), c.happened)
	c.XaiGate = newGateway(must[providers.Gateway](c.t)(xaigate.New(xaigate.Config{
		HTTP: way, APIKey: key("fdda9f03-6409-43eb-a6ef-e1f6cea71c2e"), Test: true, ShopName: "Hill St Books",
	})), c.happened)
	c.Payneteasy = newGateway(must[providers.Gateway](c.t)(payneteasy.New(payneteasy.Config{
		HTTP: way, AccessToken: key("0123456789abcdef0123456789abcdef"), ControlKey: key(""), Test: true,
		SerialNumber: "till-2", IMEI: "490154203237518", IPAddresses: []string{"192.0.2.7"}, FromBin: "444455", ToBin: "444455", AskBins: true,
	})), c.happened)
	return []providers.Gateway{oxipayGateway{c.Oxipay}, oxapayGateway{c.OxaPay}, xaigateGateway{c.XaiGate}, payneteasyGateway{c.Payneteasy, c}}
}

func must[T any](t testing.TB) func(client T, err error) T {
	return func(client T, err error) T {
		if err != nil {
			t.Fatal(err)
		}
		return client
	}
}
