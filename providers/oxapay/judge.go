package oxapay

import (
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"cashdesk/providers"
)

// standing is how an invoice stands at the provider, whichever API or report
// says it.
type standing struct {
	api                            API // whose words they are
	track, order, currency, status string
	price                          providers.Number
	came                           []payment
	// seen: a payment is known, and not only the sum that is waited for.
	seen bool
	// confirmed: every payment in came is; partly: some are, and some are not.
	confirmed, partly bool
}

// payment is what a customer sent.
type payment struct {
	amount providers.Number
	coin   string
}

// isFor says that an invoice is the one of an order, at its price.
func (s standing) isFor(order, currency string, price providers.Number) bool {
	return s.order == order && strings.EqualFold(s.currency, currency) && s.price.Equals(price)
}

// judge turns an invoice's standing into an answer, once it is certain that it
// is the invoice that was asked for.
func (c *Client) judge(a providers.Answer, s standing, w providers.Watch, key string) providers.Answer {
	// An id that cannot be kept as it came would be asked for in vain.
	if s.track == "" || s.track != clean(s.track, key) || w.ProviderRef != "" && s.track != w.ProviderRef ||
		!s.isFor(w.Reference, w.Amount.Currency.Code, providers.Number(w.Amount.Decimal())) {
		a.State, a.Reason = providers.Unknown, providers.Disagrees
		return a
	}
	a.ProviderRef = s.track
	row, listed := lookupStatus(s.api, s.status)
	if !listed {
		// An unknown status is pending, never paid.
		a.State, a.Reason, a.Code = providers.Open, providers.Unlisted, clean(s.status, key)
		return a
	}
	a.Code = row.Code
	money := s.money(w.Amount, key)
	switch row.Code {
	case statusPaid, statusManualAccept:
		a.State = providers.Approved
		return money.note(a)
	case statusConfirming, statusPaying:
		return c.underWay(a, s, money)
	case statusFailed, statusRefunded:
		a.State = providers.Declined
	case statusExpired:
		a.State = providers.Expired
		a = c.astray(money.note(a), money) // too little came, and nobody had asked meanwhile
	case statusUnderpaid:
		a.State = providers.PartlyPaid
		a = c.astray(money.note(a), money)
	case statusRefunding:
		a.State = providers.PartlyPaid
		a = money.note(a)
		a.Shortfall = "" // the whole price is missing, whatever came
	default:
		a.State = providers.Open
		if s.seen && (money.short() || money.elsewhere()) {
			// It was seen, and it is waited for all the same: it does not count.
			a.State = providers.PartlyPaid
			a = c.astray(money.note(a), money)
		}
	}
	return a
}

// underWay is an invoice that is being paid. v1 says so as well while a part of
// the price is missing, which only sums in the price's own currency can tell, or
// a coin that is known to be none that it takes.
func (c *Client) underWay(a providers.Answer, s standing, money sums) providers.Answer {
	a = money.note(a)
	if s.api == V1 && s.partly {
		// A part is here, and more is on its way: nobody is to send it again.
		a.State, a.Confirming = providers.PartlyPaid, true
		return a
	}
	if s.api == V1 && s.confirmed {
		if strange := c.astray(a, money); money.short() || strange.Coin != "" {
			strange.State = providers.PartlyPaid
			return strange
		}
	}
	a.State, a.Confirming = providers.Open, true
	a.Shortfall = "" // more may still be on its way
	return a
}

// sums are what came, added up by coin.
type sums struct {
	price    decimal.Decimal
	currency providers.Currency
	key      string
	own      decimal.Decimal // in the currency of the price
	others   []string        // other coins, in the order of their coming
	other    map[string]decimal.Decimal
}

// mostCoins is how many coins of one invoice are told apart.
const mostCoins = 8

func (s standing) money(price providers.Amount, key string) sums {
	m := sums{
		price: decimal.New(price.Minor, -int32(price.Currency.Decimals)), currency: price.Currency, key: key,
		other: map[string]decimal.Decimal{},
	}
	for _, p := range s.came {
		amount, ok := p.amount.Decimal()
		if !ok || !amount.IsPositive() {
			continue
		}
		coin := p.coin
		if strings.EqualFold(coin, price.Currency.Code) {
			m.own = m.own.Add(amount)
			continue
		}
		if !slices.Contains(m.others, coin) {
			if len(m.others) == mostCoins {
				continue
			}
			m.others = append(m.others, coin)
		}
		m.other[coin] = m.other[coin].Add(amount)
	}
	return m
}

// elsewhere says that money of another coin came.
func (m sums) elsewhere() bool { return len(m.others) > 0 }

// short says that less than the price came, all of it in the price's currency.
func (m sums) short() bool {
	return !m.elsewhere() && m.own.IsPositive() && m.own.LessThan(m.price)
}

// note writes down what came. Received and Shortfall are in the currency of
// the price; amounts of other coins go into the small print, where they cannot
// be taken for the price's currency.
func (m sums) note(a providers.Answer) providers.Answer {
	if m.elsewhere() {
		last := m.others[len(m.others)-1]
		text := m.other[last].String()
		for i := len(m.others) - 2; i >= 0; i-- {
			text = m.other[m.others[i]].String() + " " + m.others[i] + " and " + text
		}
		if m.own.IsPositive() {
			text = m.own.String() + " " + m.currency.Code + " and " + text
		}
		a.Message = clean(providers.OtherCoin(text, last), m.key)
		return a
	}
	if !m.own.IsPositive() {
		return a
	}
	a.Received = providers.MajorText(m.own, m.currency)
	if m.short() {
		a.Shortfall = providers.MajorText(m.price.Sub(m.own), m.currency)
	}
	return a
}

// astray adds the coin that the invoice does not take, where one came. A price
// in a common currency is always paid in a coin; of these only the ones outside
// the merchant's list are wrong. A price in a coin is not paid by another one,
// unless the list has it.
func (c *Client) astray(a providers.Answer, m sums) providers.Answer {
	list := c.coins.Load()
	_, err := providers.ISO(m.currency.Code)
	for _, coin := range m.others {
		taken := err == nil
		if list != nil {
			taken = slices.ContainsFunc(*list, func(known string) bool { return strings.EqualFold(known, coin) })
		}
		if !taken && coin != "" {
			a.Coin = clean(m.other[coin].String()+" "+coin, m.key)
			return a
		}
	}
	return a
}
