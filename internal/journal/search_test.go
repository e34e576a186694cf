package journal

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"cashdesk/providers"
)

// shelf is a journal with some attempts that differ in everything.
func shelf(t *testing.T) (*Journal, map[string]string) {
	t.Helper()
	j := fresh(t)
	names := map[string]string{}
	keep := func(name string, n int, change func(*providers.Attempt)) providers.Attempt {
		a := sale(n)
		a.Personal = providers.Personal{}
		change(&a)
		names[a.ID] = name
		return record(t, j, a)
	}
	shoes := keep("shoes", 1, func(a *providers.Attempt) {
		a.Personal = providers.Personal{PreApproval: "6199203001", Mobile: "0412 345 678"}
	})
	approve(t, j, shoes.ID, "PN-777")
	hat := keep("hat", 2, func(a *providers.Attempt) {
		a.Personal.PreApproval, a.Operator, a.Session = "550123", "bob", "S2"
		a.Amount.Minor = 4999
	})
	add(t, j, providers.Event{Type: providers.EventSent, To: providers.Sent, Attempt: hat.ID})
	add(t, j, providers.Event{Type: providers.EventAnswered, Attempt: hat.ID, To: providers.Declined, Code: "FPRA21"})
	coat := keep("coat", 3, func(a *providers.Attempt) {
		a.Provider, a.Kind, a.Reference, a.Sale = providers.XaiGate, providers.Invoice, `100%_"x"`, "ÄPFEL"
		a.Amount = providers.Amount{Minor: 700, Currency: providers.Currency{Code: "JPY"}}
	})
	add(t, j, providers.Event{Type: providers.EventSent, To: providers.Sent, Attempt: coat.ID})
	keep("scarf", 4, func(a *providers.Attempt) {
		a.Provider, a.Kind, a.Session, a.Personal.Mobile = providers.Payneteasy, providers.Transfer, "S2", "+61498765432"
	})
	return j, names
}

func TestSearchFindsWhatAPersonWouldType(t *testing.T) {
	j, names := shelf(t)
	for text, want := range map[string][]string{
		"":              {"scarf", "coat", "hat", "shoes"},
		"ref-2":         {"hat"},
		"SALE-4":        {"scarf"},
		"pn-77":         {"shoes"},
		"fpra21":        {"hat"},
		"bob":           {"hat"},
		"125.50":        {"scarf", "shoes"},
		"49.9":          {"hat"},
		"700 jpy":       {"coat"},
		"xaigate":       {"coat"},
		"payneteasy":    {"scarf"},
		"approved":      {"shoes"},
		"declin":        {"hat"},
		"waiting":       {"scarf", "coat"},
		"6199203001":    {"shoes"},
		"203001":        {"shoes"},
		"619920":        {"shoes"},
		"61992":         {"shoes"},
		"6199":          {"hat", "shoes"},
		"6199550123":    {"hat"},
		"550123":        {"hat"},
		"0412345678":    {"shoes"},
		"0412 345 678":  {"shoes"},
		"498765":        {"scarf"},
		"oxipay 125.50": {"shoes"},
		"oxipay 49":     {"hat"},
		"pn":            {"shoes"},
		"7":             {"scarf", "coat", "shoes"},
		"äpf":           {"coat"},
		"äp":            {"coat"},
		`100%_"x"`:      {"coat"},
		"%":             {"coat"},
		`"`:             {"coat"},
		"___":           nil,
		"AND":           nil,
		"zzz":           nil,
		"12\x0050":      {"scarf", "hat", "shoes"}, // two words
	} {
		page, err := j.Page(context.Background(), Query{Text: text})
		if err != nil {
			t.Errorf("%q: %v (%v)", text, err, errors.Unwrap(err))
			continue
		}
		var got []string
		for _, a := range page.Attempts {
			got = append(got, names[a.ID])
		}
		if !slices.Equal(got, want) || page.Searched != 0 {
			t.Errorf("%q found %v, want %v; searched %d", text, got, want, page.Searched)
		}
	}
}

func TestATextPastedByMistakeIsSearchedLikeAnyOther(t *testing.T) {
	j, _ := shelf(t)
	for _, text := range []string{
		strings.Repeat("oxipay ", 5000), strings.Repeat("o", 100_000), strings.Repeat(`"`, 1000),
		strings.Repeat("( ", 1000), "\xff\xfe\x00", strings.Repeat("a b ", 500),
	} {
		if _, err := j.Page(context.Background(), Query{Text: text}); err != nil {
			t.Errorf("%.20q: %v (%v)", text, err, errors.Unwrap(err))
		}
	}
}

func TestWhatChangedIsFoundByItsNewStateOnly(t *testing.T) {
	ctx := context.Background()
	j := fresh(t)
	a := record(t, j, sale(1))
	approve(t, j, a.ID, "PN-1")
	for text, want := range map[string]int{"waiting": 0, "approved": 1, "pn-1": 1} {
		if p, err := j.Page(ctx, Query{Text: text}); err != nil || len(p.Attempts) != want {
			t.Errorf("%q: %d found, %v; want %d", text, len(p.Attempts), err, want)
		}
	}
}

func TestAShortSearchOfAnOldShopSaysHowFarItLooked(t *testing.T) {
	j := fresh(t)
	tx, err := j.write.Begin()
	if err != nil {
		t.Fatal(err)
	}
	defer rollback(tx)
	// The oldest row alone has a q; 50,000 newer ones stand before it.
	_, err = tx.Exec(`WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i <= ?)
		INSERT INTO wording SELECT i, iif(i = 1, 'q', 'x') FROM n`, newest)
	if err != nil {
		t.Fatal(err)
	}
	if err := tx.Commit(); err != nil {
		t.Fatal(err)
	}
	p, err := j.Page(context.Background(), Query{Text: "q"})
	if err != nil || p.Searched != newest {
		t.Errorf("searched %d, %v; want %d", p.Searched, err, newest)
	}
	if p, err = j.Page(context.Background(), Query{Text: "qqq"}); err != nil || p.Searched != 0 {
		t.Errorf("three characters: searched %d, %v; want all", p.Searched, err)
	}
}

func TestFiltersChooseAndTotalsAddUp(t *testing.T) {
	ctx := context.Background()
	j, names := shelf(t)
	hat, err := j.ByReference(ctx, "REF-2")
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		q    Query
		want []string
	}{
		"session":           {Query{Session: "S2"}, []string{"scarf", "hat"}},
		"operator":          {Query{Operator: "bob"}, []string{"hat"}},
		"both":              {Query{Operator: "bob", Session: "S1"}, nil},
		"provider":          {Query{Providers: []providers.Provider{providers.XaiGate, providers.Payneteasy}}, []string{"scarf", "coat"}},
		"state":             {Query{States: []providers.State{providers.Sent}}, []string{"coat"}},
		"states":            {Query{States: []providers.State{providers.Approved, providers.Recorded, providers.Declined}}, []string{"scarf", "hat", "shoes"}},
		"states of session": {Query{Session: "S2", States: []providers.State{providers.Approved, providers.Declined}}, []string{"hat"}},
		"since":             {Query{Since: hat.CreatedAt}, []string{"scarf", "coat", "hat"}},
		"until":             {Query{Until: hat.CreatedAt}, []string{"shoes"}},
		"a moment":          {Query{Since: hat.CreatedAt, Until: hat.CreatedAt.Add(1)}, []string{"hat"}},
		"text and all":      {Query{Text: "oxipay", Since: hat.CreatedAt, Until: hat.CreatedAt.Add(time.Hour), States: []providers.State{providers.Declined}, Operator: "bob"}, []string{"hat"}},
	} {
		page, err := j.Page(ctx, c.q)
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
		var got []string
		for _, a := range page.Attempts {
			got = append(got, names[a.ID])
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
		totals, err := j.Totals(ctx, c.q)
		count := 0
		for _, total := range totals {
			count += total.Count
		}
		if err != nil || count != len(c.want) {
			t.Errorf("%s: the totals count %d, the page has %d; %v", name, count, len(c.want), err)
		}
	}
	totals, err := j.Totals(ctx, Query{})
	if err != nil {
		t.Fatal(err)
	}
	jpy := providers.Currency{Code: "JPY"}
	want := []Total{
		{State: providers.Recorded, Currency: aud, Count: 1, Minor: 12550},
		{State: providers.Sent, Currency: jpy, Count: 1, Minor: 700},
		{State: providers.Approved, Currency: aud, Count: 1, Minor: 12550},
		{State: providers.Declined, Currency: aud, Count: 1, Minor: 4999},
	}
	if diff := cmp.Diff(want, totals); diff != "" {
		t.Errorf("totals: %s", diff)
	}
}

func TestOnlyWhatIsApprovedIsTakings(t *testing.T) {
	for _, s := range providers.States {
		if got := (Total{State: s}).Takings(); got != (s == providers.Approved) {
			t.Errorf("%s: %v", s, got)
		}
	}
}

func TestPagesHaveNoGapsAndNoRepeatsWhileSalesComeIn(t *testing.T) {
	ctx := context.Background()
	j := fresh(t)
	var want []string
	n := 0
	another := func() string { n++; return record(t, j, sale(n)).ID }
	for range 23 {
		want = append(want, another())
	}
	slices.Reverse(want)
	for name, q := range map[string]Query{
		"plain": {Limit: 4}, "text": {Limit: 4, Text: "oxipay"}, "short text": {Limit: 4, Text: "r"},
		"states": {Limit: 4, States: []providers.State{providers.Recorded, providers.Sent}}, "session": {Limit: 4, Session: "S1"},
	} {
		fixed := want
		var got []string
		for pages := 0; pages < 100; pages++ {
			p, err := j.Page(ctx, q)
			if err != nil {
				t.Fatal(err)
			}
			got = append(got, ids(p.Attempts)...)
			if q.Before = p.Next; q.Before == "" {
				break
			}
			want = append([]string{another()}, want...)
		}
		if diff := cmp.Diff(fixed, got); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
	for _, before := range []string{"not a page!", "-5", "0"} {
		if _, err := j.Page(ctx, Query{Before: before}); providers.KindOf(err) != providers.Input {
			t.Errorf("the page before %q: %v", before, err)
		}
	}
}

func TestAttemptsAreFoundByTheirSaleCodeAndPurchaseNumber(t *testing.T) {
	ctx := context.Background()
	j := fresh(t)
	first := record(t, j, sale(1))
	again := sale(2)
	again.Sale, again.Personal.PreApproval = first.Sale, "203001" // typed without its 6199
	second := record(t, j, again)
	other := sale(3)
	other.Personal.PreApproval = "6199999999"
	third := record(t, j, other)
	approve(t, j, first.ID, "PN-1")
	approve(t, j, third.ID, "PN-1")
	for name, c := range map[string]struct {
		find func() ([]providers.Attempt, error)
		want []string
	}{
		"sale":      {func() ([]providers.Attempt, error) { return j.BySale(ctx, first.Sale) }, []string{first.ID, second.ID}},
		"bare code": {func() ([]providers.Attempt, error) { return j.ByCode(ctx, "203001") }, []string{second.ID, first.ID}},
		"full code": {func() ([]providers.Attempt, error) { return j.ByCode(ctx, "6199203001") }, []string{second.ID, first.ID}},
		"no code":   {func() ([]providers.Attempt, error) { return j.ByCode(ctx, "") }, nil},
		"purchase":  {func() ([]providers.Attempt, error) { return j.ByProviderRef(ctx, providers.Oxipay, "PN-1") }, []string{first.ID, third.ID}},
		"another's": {func() ([]providers.Attempt, error) { return j.ByProviderRef(ctx, providers.OxaPay, "PN-1") }, nil},
		"none":      {func() ([]providers.Attempt, error) { return j.ByProviderRef(ctx, providers.Oxipay, "") }, nil},
	} {
		got, err := c.find()
		if err != nil || !slices.Equal(ids(got), c.want) {
			t.Errorf("by %s: %v, %v; want %v", name, ids(got), err, c.want)
		}
	}
}

func TestManyRowsOfOneSpanOfTimeAreStillAllFound(t *testing.T) {
	ctx := context.Background()
	j := fresh(t)
	a := record(t, j, sale(1))
	tx, err := j.write.Begin()
	if err != nil {
		t.Fatal(err)
	}
	defer rollback(tx)
	for n := 2; n <= narrow+10; n++ {
		b := sale(n)
		b.CreatedAt, b.State = a.CreatedAt, providers.Recorded
		if _, err := tx.Exec(insertAttempt, append([]any{n}, fields(b)...)...); err != nil {
			t.Fatal(err)
		}
	}
	if err := tx.Commit(); err != nil {
		t.Fatal(err)
	}
	p, err := j.Page(ctx, Query{Since: a.CreatedAt, Until: a.CreatedAt.Add(1), Limit: 2})
	if err != nil || len(p.Attempts) != 2 || p.Attempts[0].Reference != fmt.Sprintf("REF-%d", narrow+10) {
		t.Errorf("the newest of many: %+v, %v", ids(p.Attempts), err)
	}
	if p, err = j.Page(ctx, Query{Since: a.CreatedAt.Add(1)}); err != nil || len(p.Attempts) != 0 {
		t.Errorf("after them: %d, %v", len(p.Attempts), err)
	}
}
