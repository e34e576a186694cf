package cli

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"cashdesk/internal/journal"
	"cashdesk/internal/settings"
	"cashdesk/internal/till"
	"cashdesk/keystore"
	"cashdesk/providers"
)

// historyFlags are the filters and the form of `cashdesk history`.
type historyFlags struct {
	json, csv      bool
	text, operator string
	states, from   []string
	since, until   string
	limit          int
}

func (p *program) historyCommand() *cobra.Command {
	var f historyFlags
	cmd := &cobra.Command{
		Use:   "history",
		Short: "List payments, newest first",
		Long: `history lists payments from the journal, beside a running counter too.
Personal data is masked. --json prints one object a line.`,
		Example: `  cashdesk history
  cashdesk history --since 2026-11-20 --state unknown --state open
  cashdesk history --json --text 52011913
  cashdesk history --csv --limit 0 > payments.csv
  cashdesk history verify`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return p.history(cmd.Context(), f) },
	}
	flags := cmd.Flags()
	flags.BoolVar(&f.json, "json", false, "one JSON object a line")
	flags.BoolVar(&f.csv, "csv", false, "comma-separated values with a heading")
	flags.StringVar(&f.text, "text", "", "only what this is found in: references, codes, amounts, operators")
	flags.StringVar(&f.operator, "by", "", "only this operator's")
	flags.StringArrayVar(&f.states, "state", nil, "only in this state (can be repeated)")
	flags.StringArrayVar(&f.from, "provider", nil, "only this provider's (can be repeated)")
	flags.StringVar(&f.since, "since", "", "from this day on, YYYY-MM-DD in the shop's zone")
	flags.StringVar(&f.until, "until", "", "before this day")
	flags.IntVar(&f.limit, "limit", 50, "at most so many, 0 for all")
	cmd.MarkFlagsMutuallyExclusive("json", "csv")
	cmd.AddCommand(&cobra.Command{
		Use: "verify", Short: "Check that nobody has altered the journal", Example: "  cashdesk history verify", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return p.verify(cmd.Context()) },
	}, p.historyForget())
	return cmd
}

// openJournal opens the journal beside a running counter.
func (p *program) openJournal(ctx context.Context, s *settings.Settings) (*journal.Journal, *keystore.Store, error) {
	store, err := p.store(s, false)
	if err != nil {
		return nil, nil, err
	}
	j, err := openBeside(ctx, s, store)
	return j, store, err
}

func (p *program) verify(ctx context.Context) error {
	s, err := p.load()
	if err != nil {
		return err
	}
	j, store, err := p.openJournal(ctx, s)
	if err != nil {
		return err
	}
	defer j.Close()
	w := p.reply()
	report, err := j.Verify(ctx)
	if err != nil {
		return err
	}
	for _, f := range report.Faults {
		where := ""
		if f.Seq > 0 {
			where += fmt.Sprintf("event %d: ", f.Seq)
		}
		if f.Attempt != "" {
			where += fmt.Sprintf("payment %s: ", p.knownAs(ctx, j, s, f.Attempt))
		}
		fmt.Fprintln(w, where+f.Text)
	}
	if !report.OK() {
		return &providers.Error{Kind: providers.Internal, Text: "the journal was altered or damaged", Hint: "keep a copy of the file as it is, compare what is named here with the providers' portals, and put back a backup"}
	}
	doubt, err := till.CheckKeystore(ctx, j, store)
	if err != nil {
		return err
	}
	whole := "Everything"
	if doubt != nil { // the journal's own verdict all the same
		whole = "The journal"
	}
	fmt.Fprintf(w, "%s is as it was written: events %d, payments %d.\n", whole, report.Events, report.Attempts)
	if report.Removed > 0 {
		fmt.Fprintf(w, "Personal data was removed after its time: events %d.\n", report.Removed)
	}
	if report.Anchored == 0 {
		fmt.Fprintf(w, "There is no anchor: had the end been cut off, nobody could tell. The counter writes one at sign-out and when it is left.\n")
	}
	return doubt
}

// knownAs names a payment as the shop knows it: its own id stands on no screen.
func (p *program) knownAs(ctx context.Context, j *journal.Journal, s *settings.Settings, id string) string {
	a, err := j.Attempt(ctx, id)
	if err != nil {
		return id
	}
	return a.Reference + " of " + a.CreatedAt.In(s.Shop.TimeZone).Format("2 Jan 2006 15:04")
}

func (p *program) history(ctx context.Context, f historyFlags) error {
	s, err := p.load()
	if err != nil {
		return err
	}
	q, err := f.query(s.Shop.TimeZone) // before anybody types a passphrase for it
	if err != nil {
		return err
	}
	j, _, err := p.openJournal(ctx, s)
	if err != nil {
		return err
	}
	defer j.Close()
	write, flush := p.historyPrinter(f, s.Shop.TimeZone)
	for left := f.limit; ; {
		q.Limit = 1000
		if f.limit > 0 {
			q.Limit = min(left, 1000)
		}
		page, err := j.Page(ctx, q)
		if err != nil {
			return err
		}
		for _, a := range page.Attempts {
			if err := write(a); err != nil {
				return err
			}
		}
		left -= len(page.Attempts)
		if page.Next == "" || f.limit > 0 && left <= 0 {
			return flush()
		}
		q.Before = page.Next
	}
}

func (f historyFlags) query(zone *time.Location) (journal.Query, error) {
	q := journal.Query{Text: f.text, Operator: f.operator}
	if f.limit < 0 {
		return q, providers.Invalid("limit", fmt.Sprintf("%d is no number of payments", f.limit), "take 1 or more, or 0 for all")
	}
	for _, name := range f.states {
		if !slices.Contains(providers.States, providers.State(name)) {
			return q, providers.Invalid("state", fmt.Sprintf("there is no state %q", name), fmt.Sprintf("one of %v", providers.States))
		}
		q.States = append(q.States, providers.State(name))
	}
	for _, name := range f.from {
		if !slices.Contains(providers.All, providers.Provider(strings.ToLower(name))) {
			return q, providers.Invalid("provider", fmt.Sprintf("there is no provider %q", name), fmt.Sprintf("one of %v", providers.All))
		}
		q.Providers = append(q.Providers, providers.Provider(strings.ToLower(name)))
	}
	var err error
	if q.Since, err = day("since", f.since, zone); err != nil {
		return q, err
	}
	q.Until, err = day("until", f.until, zone)
	return q, err
}

func day(flag, text string, zone *time.Location) (time.Time, error) {
	if text == "" {
		return time.Time{}, nil
	}
	at, err := time.ParseInLocation(time.DateOnly, text, zone)
	if err != nil {
		return at, providers.Invalid(flag, fmt.Sprintf("%q is not a day", text), "write it like 2026-11-20")
	}
	return at, nil
}

// historyPrinter gives the form that was asked for: a table, JSON lines or CSV.
func (p *program) historyPrinter(f historyFlags, zone *time.Location) (write func(providers.Attempt) error, flush func() error) {
	out := p.reply()
	switch {
	case f.json:
		encoder := json.NewEncoder(out)
		return func(a providers.Attempt) error { return encoder.Encode(newRow(a, zone)) }, func() error { return nil }
	case f.csv:
		w := csv.NewWriter(out)
		_ = w.Write(rowHeading)
		return func(a providers.Attempt) error { return w.Write(newRow(a, zone).fields()) },
			func() error { w.Flush(); return w.Error() }
	}
	w := tabwriter.NewWriter(out, 0, 4, 2, ' ', 0)
	heading := "TIME\tPROVIDER\tAMOUNT\tRESULT\tCODE\tREFERENCE\tOPERATOR\n"
	return func(a providers.Attempt) error {
		r := newRow(a, zone)
		result := a.State.Word()
		if r.Doubt != "" {
			result += ", a manager must look"
		}
		line := heading // above the first row only: an empty table has none
		heading = ""
		_, err := fmt.Fprintf(w, line+"%s\t%s\t%s %s\t%s\t%s\t%s\t%s\n", r.At, a.Provider.Title(), r.Amount.Decimal, r.Amount.Currency, result, r.Code, r.Reference, r.Operator)
		return err
	}, w.Flush
}
