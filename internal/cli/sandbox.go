package cli

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os/signal"
	"syscall"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"cashdesk/keystore"
	"cashdesk/providers"
	"cashdesk/providers/sandbox"
)

func (p *program) sandboxCommand() *cobra.Command {
	var listen, faults string
	var lenient bool
	cmd := &cobra.Command{
		Use:   "sandbox",
		Short: "Run the dummy servers of all four providers",
		Long: `The sandbox answers as the four providers do, as strictly as their pages say.
No money is in it, and nothing in it is secret: it listens on this machine only.
What they really did stands at /ledger.json of its address. With --faults their
answers go wrong as a plan says, and each time a line tells so.`,
		Example: `  cashdesk sandbox
  cashdesk sandbox --listen 127.0.0.1:8199
  cashdesk sandbox --lenient        for clients of other make
  cashdesk sandbox --faults oxipay.charge#1=cut-before
  cashdesk sandbox --faults 'seed=7 *%30=any'
  cashdesk sandbox --faults help`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return p.withFaults(faults, func(plan sandbox.Plan) error {
				ctx, stop := signal.NotifyContext(cmd.Context(), syscall.SIGINT, syscall.SIGTERM)
				defer stop()
				return p.serveSandbox(ctx, listen, sandbox.Options{Lenient: lenient, Confirm: 2 * time.Second, Plan: plan})
			})
		},
	}
	cmd.Flags().StringVar(&listen, "listen", "127.0.0.1:8199", "loopback address and port")
	cmd.Flags().BoolVar(&lenient, "lenient", false, "accept numbers as text, other content types, unknown fields, // in paths")
	cmd.Flags().StringVar(&faults, "faults", "", faultsUsage)
	return cmd
}

// serveSandbox serves until the context ends, and says where.
func (p *program) serveSandbox(ctx context.Context, address string, o sandbox.Options) error {
	o.Played = p.tellFaults()
	origin, serve, err := listenSandbox(address, sandbox.New(o))
	if err != nil {
		return err
	}
	w := tabwriter.NewWriter(p.out, 0, 4, 2, ' ', 0)
	fmt.Fprintln(w, "The sandbox answers at "+origin+".")
	for _, part := range []struct {
		title string
		lines []sandbox.Line
	}{
		{"Its keys, for `cashdesk keys set`:", acceptedKeys()},
		{"Its addresses, for settings.toml:", sandboxSettings(origin)},
		{"How to play each result:", sandbox.Ways()},
	} {
		fmt.Fprintln(w, "\n"+part.title)
		for _, line := range part.lines {
			fmt.Fprintf(w, "  %s\t%s\n", line.Name, line.Value)
		}
	}
	fmt.Fprintf(w, "\nWhat the providers really did: %s/ledger.json\n", origin)
	if len(o.Plan.Rules) > 0 {
		fmt.Fprintf(w, "\nAnswers go wrong: --faults '%s'\n", o.Plan)
	}
	fmt.Fprintln(w, "\nCtrl+C stops it.")
	if err := w.Flush(); err != nil {
		return err
	}
	return serve(ctx)
}

// acceptedKeys are the keys that the sandbox accepts, under the names that the
// keystore has for them.
func acceptedKeys() []sandbox.Line {
	return []sandbox.Line{
		{Name: keystore.OxipaySigningKey, Value: sandbox.OxipayKey},
		{Name: keystore.OxaPayMerchantKey, Value: sandbox.OxaPayMerchant},
		{Name: keystore.XaiGateAPIKey, Value: sandbox.XaiGateKey},
		{Name: keystore.PayneteasyAccessToken, Value: sandbox.PayneteasyToken},
		{Name: keystore.PayneteasyControlKey, Value: sandbox.PayneteasyControlKey},
	}
}

// sandboxSettings are the settings that lead to a sandbox at origin.
func sandboxSettings(origin string) []sandbox.Line {
	b := sandbox.Bases(origin)
	return []sandbox.Line{
		{Name: "oxipay.base_url", Value: b.OxipayDummy},
		{Name: "  or, with a ledger", Value: b.Oxipay},
		{Name: "oxapay.base_url", Value: b.OxaPay},
		{Name: "xaigate.base_url", Value: b.XaiGate},
		{Name: "payneteasy.base_url", Value: b.Payneteasy},
		{Name: "payneteasy.handover_url", Value: b.Handover},
		{Name: "payneteasy.result_url", Value: b.Result},
		{Name: "payneteasy.access_token_url", Value: b.AccessToken},
		{Name: "payneteasy.get_rate_url", Value: b.GetRate},
	}
}

// listenSandbox binds a loopback address. serve answers until its context ends.
func listenSandbox(address string, handler http.Handler) (origin string, serve func(context.Context) error, err error) {
	host, _, err := net.SplitHostPort(address)
	if err != nil || !providers.IsLoopback(host) {
		return "", nil, providers.Invalid("listen", fmt.Sprintf("%q is not a loopback address with a port", address), "write it like 127.0.0.1:8199")
	}
	listener, err := bind("the sandbox", address)
	if err != nil {
		return "", nil, err
	}
	server := &http.Server{Handler: handler, ReadHeaderTimeout: 10 * time.Second}
	serve = func(ctx context.Context) error {
		stop := context.AfterFunc(ctx, func() { _ = server.Close() })
		defer stop()
		if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
			return err
		}
		return nil
	}
	return "http://" + listener.Addr().String(), serve, nil
}
