package cli

import (
	"crypto/rand"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"sync"
	"text/tabwriter"

	"cashdesk/providers"
	"cashdesk/providers/sandbox"
)

// faultsHelp is what --faults takes for a request to be told about itself.
const faultsHelp = "help"

// faultsUsage stands beside the flag.
const faultsUsage = "make calls go wrong: a plan, @FILE with one, or \"" + faultsHelp + "\""

// maxPlanFile is more than a plan may have, so that its own reader says so.
const maxPlanFile = 1 << 20

// withFaults goes on with the plan that --faults was given, or tells about plans.
func (p *program) withFaults(given string, do func(sandbox.Plan) error) error {
	if given == faultsHelp {
		return p.explainFaults()
	}
	plan, err := faultPlan(given)
	if err != nil {
		return err
	}
	return do(plan)
}

// faultPlan reads what --faults was given; empty for no faults. A plan that
// leaves something to chance gets a seed, so that what it plays can be played
// again.
func faultPlan(given string) (sandbox.Plan, error) {
	if given == "" {
		return sandbox.Plan{}, nil
	}
	text := given
	if name, isFile := strings.CutPrefix(given, "@"); isFile {
		b, err := readPlanFile(name)
		if err != nil {
			return sandbox.Plan{}, &providers.Error{Kind: providers.Input, Field: "faults", Text: "the plan cannot be read from " + name, Hint: err.Error(), Err: err}
		}
		text = string(b)
	}
	plan, err := sandbox.ParsePlan(text)
	var wrong *sandbox.PlanError
	if errors.As(err, &wrong) {
		return plan, providers.Invalid("faults", "the plan of faults cannot be read: "+wrong.Error(), "allowed: "+wrong.Allowed)
	}
	if plan.HasChance() && plan.Seed == nil {
		seed := drawSeed()
		plan.Seed = &seed
	}
	return plan, err
}

func readPlanFile(name string) ([]byte, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(io.LimitReader(f, maxPlanFile))
}

// drawSeed gives a seed that a person can copy: six digits.
func drawSeed() uint64 {
	var b [8]byte
	_, _ = rand.Read(b[:]) // it never fails
	return binary.BigEndian.Uint64(b[:])%900_000 + 100_000
}

// tellFaults gives a line for each fault that is played. Calls are named by the
// first digits of their bytes' SHA-256, as the ledger has it: nothing that a
// client wrote is in a line.
func (p *program) tellFaults() func(sandbox.Played) {
	about := map[sandbox.FaultKind]string{}
	for _, k := range sandbox.Kinds() {
		about[k.Fault] = k.About
	}
	var mu sync.Mutex
	return func(f sandbox.Played) {
		line := fmt.Sprintf("%s  %s %s: %s", f.At.Local().Format("15:04:05"), f.Call, f.Fault, about[f.Fault.Kind])
		if f.Fault.Unprocessed {
			line += "; the provider never got the request"
		}
		mu.Lock()
		defer mu.Unlock()
		fmt.Fprintf(p.out, "%s (bytes %s, by %s)\n", line, f.SHA256[:8], f.Why)
	}
}

// explainFaults prints the plan's language, its calls and its faults.
func (p *program) explainFaults() error {
	w := tabwriter.NewWriter(p.out, 0, 4, 2, ' ', 0)
	fmt.Fprint(w, `A plan is a list of rules, with commas or spaces between them:

  CALL=FAULT             every time
  CALL#2=FAULT           the second time; #2-5 the second to the fifth, #2- from the second on
  CALL%30=FAULT          by chance, 30 times in a hundred
  CALL=FAULT|FAULT       one of them, by chance
  CALL=FAULT:20s         after 20 seconds
  CALL=FAULT/unprocessed the request never reached the provider
  seed=7                 the same chances every time

The first rule that speaks for a call counts.

  cashdesk sandbox --faults oxipay.charge#1=cut-before
  cashdesk sandbox --faults 'seed=7 *%30=any'
  cashdesk sandbox --faults 'oxipay.charge=none, begins#2-=delay:20s|503'
  cashdesk sandbox --faults @plan.txt

The calls:
`)
	fmt.Fprintln(w, "  *\tevery call")
	fmt.Fprintln(w, "  begins\tevery call that begins a payment")
	fmt.Fprintln(w, "  oxipay, oxapay, xaigate, payneteasy\tevery call of that provider")
	for _, c := range sandbox.Calls() {
		fmt.Fprintf(w, "  %s\t%s\n", c.Name, c.About)
	}
	fmt.Fprintln(w, "\nThe faults:")
	for _, k := range sandbox.Kinds() {
		fmt.Fprintf(w, "  %s\t%s%s\n", k.Fault, k.About, kindNotes(k))
	}
	fmt.Fprintln(w, "  any\tany of these that fits the call, by chance")
	fmt.Fprintln(w, "  none\tthe true answer")
	fmt.Fprintln(w, "\n* may be played /unprocessed")
	return w.Flush()
}

// kindNotes says how long a fault lasts, and marks one that needs no answer of
// the provider.
func kindNotes(k sandbox.Kind) string {
	notes := ""
	if k.Takes > 0 {
		notes += ", within " + k.Takes.String()
		if k.Fault == sandbox.Delay {
			notes = ", by " + k.Takes.String()
		}
		notes += " unless the plan says how long"
	}
	if k.Instead {
		notes += " *"
	}
	return notes
}
