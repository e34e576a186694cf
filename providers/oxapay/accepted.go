package oxapay

import (
	"context"
	"encoding/json"
	"slices"
	"strings"

	"cashdesk/providers"
)

// symbol is what a coin's name looks like; what does not is left out.
var symbol = providers.Pattern(`^[A-Z0-9]{2,10}$`)

// mostSymbols is more than any list of coins has.
const mostSymbols = 1000

// Accepted lists the coins that the merchant takes, in the provider's order,
// from /merchants/allowedCoins or /v1/payment/accepted-currencies. They count
// only with state Approved; Unknown says why there is no list.
func (c *Client) Accepted(ctx context.Context) ([]string, providers.Answer) {
	key, err := c.merchantKey()
	if err != nil {
		return nil, providers.Answer{State: providers.Unknown, Reason: providers.NoKey}
	}
	list, a := c.askCoins(ctx, key)
	if a.State == providers.Approved {
		c.coins.Store(&list)
	}
	return slices.Clone(list), a
}

func (c *Client) askCoins(ctx context.Context, key string) ([]string, providers.Answer) {
	if c.config.API == V1 {
		return readV1Coins(c.keyed(key).Get(ctx, pathV1Coins), key)
	}
	body, err := providers.EncodeJSON(CoinsRequest{Merchant: key})
	if err != nil {
		return nil, providers.Answer{State: providers.Unknown, Reason: providers.Unreachable}
	}
	return readCoins(c.http.Post(ctx, pathCoins, body), key)
}

func readCoins(reply providers.Reply, key string) ([]string, providers.Answer) {
	a := answerTo(reply)
	if a.Reason != providers.NoReason {
		return nil, a
	}
	var body CoinsReply
	if providers.DecodeJSON(reply.Body, &body) != nil || body.Result == "" {
		a.Reason = unreadable(reply)
		return nil, a
	}
	a, ok := successful(a, body.Result, body.Message, reply, key)
	if !ok {
		return nil, a
	}
	return listed(a, body.Allowed)
}

func readV1Coins(reply providers.Reply, key string) ([]string, providers.Answer) {
	a, data, ok := opened(reply, key)
	if !ok {
		return nil, a
	}
	var body struct {
		List json.RawMessage `json:"list"`
	}
	if bare := strings.TrimSpace(string(data)); strings.HasPrefix(bare, "[") {
		body.List = data // without the object around it
	} else if json.Unmarshal(data, &body) != nil {
		a.Reason = providers.BadBody
		return nil, a
	}
	return listed(a, body.List)
}

// listed keeps what is a plain symbol, once each. A list of nothing helps
// nobody: it is no news.
func listed(a providers.Answer, raw json.RawMessage) ([]string, providers.Answer) {
	var entries []remark
	if json.Unmarshal(raw, &entries) != nil {
		a.Reason = providers.BadBody
		return nil, a
	}
	var list []string
	for _, entry := range entries {
		name := strings.ToUpper(string(entry))
		if symbol(name) && !slices.Contains(list, name) && len(list) < mostSymbols {
			list = append(list, name)
		}
	}
	if len(list) == 0 {
		a.Reason = providers.BadBody
		return nil, a
	}
	a.State = providers.Approved
	return list, a
}
