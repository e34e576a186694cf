package cli

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"cashdesk/internal/settings"
	"cashdesk/internal/till"
	"cashdesk/keystore"
	"cashdesk/providers/sandbox"
	"cashdesk/screens/desk"
)

func (p *program) demoCommand() *cobra.Command {
	var faults string
	cmd := &cobra.Command{
		Use:   "demo",
		Short: "Open a working counter with everything inside",
		Long: `demo opens a counter against the built-in sandbox: journal and keys in a
temporary place, signed in as a manager, nothing to set up. No settings, keys or
network of yours are used, and nothing is left behind.`,
		Example: `  cashdesk demo
  cashdesk demo --faults oxipay.charge#1=unsigned`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return p.withFaults(faults, func(plan sandbox.Plan) error { return p.demo(cmd.Context(), plan) })
		},
	}
	cmd.Flags().StringVar(&faults, "faults", "", faultsUsage)
	return cmd
}

// demo runs the counter against a sandbox of its own.
func (p *program) demo(ctx context.Context, plan sandbox.Plan) (err error) {
	dir, err := os.MkdirTemp("", "cashdesk-demo-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	server := sandbox.New(sandbox.Options{Confirm: 2 * time.Second, Plan: plan, FaultCodes: true})
	origin, serve, err := listenSandbox("127.0.0.1:0", server)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	go func() { _ = serve(ctx) }()

	s, err := demoSettings(origin, dir)
	if err != nil {
		return err
	}
	store := keystore.NewMemory()
	return p.show(ctx, &counter{
		settings: s,
		open:     func(string) (*keystore.Store, error) { return store, fillDemo(store) },
		signIn: func(ctx context.Context, t *till.Till) (till.Session, error) {
			return t.SignInTrusted(ctx, demoManager.ID)
		},
		desk: &desk.Desk{Demo: server, Shop: demoShop()},
	})
}

// demoSettings are the example's, with the demo's own sandbox and places.
func demoSettings(origin, dir string) (*settings.Settings, error) {
	text := strings.ReplaceAll(string(settings.Example()), "http://127.0.0.1:8199", origin)
	// The demo plays against the provider with a ledger: a code pays once.
	text = strings.ReplaceAll(text, "/webapi/v1/Test", "/webapi/v1")
	s, err := settings.Parse("demo", []byte(text))
	if err != nil {
		return nil, err
	}
	s.File = "the demo's own"
	// What a shop may switch on can be tried here.
	s.Oxipay.ReceiptNumbers = true
	s.Payneteasy.GetRateURL = origin + "/payneteasy/transfer/get-rate"
	s.Payneteasy.ResultURL = origin + "/payneteasy/result?invoiceId={invoiceId}"
	s.Shop.Name = "Hill St Books"
	s.Paths = settings.Paths{Journal: filepath.Join(dir, "journal.db"), Keystore: "in memory", Anchor: filepath.Join(dir, "anchor")}
	return s, nil
}

var demoManager = keystore.Member{ID: "mia", Name: "Mia", Role: keystore.Manager}

// fillDemo puts the sandbox's published keys and one manager into the demo's
// keystore, which is never written to disk.
func fillDemo(store *keystore.Store) error {
	for name, value := range map[string]string{
		keystore.OxipaySigningKey:      sandbox.OxipayKey,
		keystore.OxaPayMerchantKey:     sandbox.OxaPayMerchant,
		keystore.XaiGateAPIKey:         sandbox.XaiGateKey,
		keystore.PayneteasyAccessToken: sandbox.PayneteasyToken,
		keystore.PayneteasyControlKey:  sandbox.PayneteasyControlKey,
	} {
		if err := store.Set(name, keystore.NewSecret(value)); err != nil {
			return err
		}
	}
	return store.AddMember(demoManager, demoPIN)
}

// demoPIN is shown on the demo's screen; it opens nothing else.
const demoPIN = "4071"

// demoShop is what the demo tells whoever tries it.
func demoShop() desk.Shop {
	return desk.Shop{DemoHint: demoHints(), SignInHint: "in this demo " + demoManager.Name + "'s PIN is " + demoPIN}
}

// demoHints say how to play each result, in the words of the idle screen.
func demoHints() []string {
	return []string{
		"no scanner? type the amount, Enter, Enter, then code 010203, Enter, Enter",
		"6199010203, typed anywhere, counts as a scan of that code",
		"code 01…  approved     code 10… to 23…  declined     code 99…  not known yet",
		"customer confirms: 81… yes, 82… no, 83… never     refund: F5, Enter, F6",
		"spoilt answers: 91 lost 92 cut 93 forged 94 unsigned 95 HTML 96 slow 97 wrong",
		"invite: ….01     register: F2 F4 F4, token 01…     Ctrl+L loses an answer",
	}
}
