package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/signal"
	"syscall"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"cashdesk/internal/callbacks"
	"cashdesk/internal/settings"
	"cashdesk/providers"
)

func (p *program) callbacksCommand() *cobra.Command {
	var listen, passphraseFile string
	cmd := &cobra.Command{
		Use:   "callbacks",
		Short: "Hear from OxaPay and XaiGate what became of an invoice",
		Long: `callbacks takes the reports that OxaPay and XaiGate send when an invoice is
paid, beside the counter and on its journal: the counter shows them at once.
Without it the counter learns the same by asking, a little later.

It speaks plain http, on this machine only unless --listen says otherwise. What
the providers reach is a server with TLS before it, which hands POST /oxapay
and POST /xaigate on; oxapay.callback_url and xaigate.notify_url in the
settings name it. A report of OxaPay's counts when its signature verifies. One
of XaiGate's has none: XaiGate is asked.`,
		Example: `  cashdesk callbacks
  cashdesk callbacks --listen 127.0.0.1:8190`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return p.callbacks(cmd.Context(), listen, passphraseFile)
		},
	}
	cmd.Flags().StringVar(&listen, "listen", "127.0.0.1:8190", "address and port")
	cmd.Flags().StringVar(&passphraseFile, "passphrase-file", "", "file with the keystore's passphrase, where nothing else opens it; - for standard input")
	return cmd
}

// callbacks hears reports until it is told to end.
func (p *program) callbacks(ctx context.Context, address, passphraseFile string) error {
	s, err := p.load()
	if err != nil {
		return err
	}
	if !s.OxaPay.Enabled && !s.XaiGate.Enabled {
		return providers.Invalid("callbacks", "there is nobody to hear from: neither OxaPay nor XaiGate is enabled", "the other providers report nothing by themselves")
	}
	listener, err := listenCallbacks(address) // before anybody types a passphrase for it
	if err != nil {
		return err
	}
	defer listener.Close()
	o, err := p.openKeystore(s, passphraseFile)
	if err != nil {
		return err
	}
	p.echo() // nothing more is asked: a signal is for the answers on their way
	ctx, stop := signal.NotifyContext(ctx, os.Interrupt, syscall.SIGTERM)
	defer stop()
	post, err := openPost(ctx, s, o)
	if err != nil {
		return err
	}
	err = greet(p.out, s, listener.Addr(), post.receiver.Providers())
	if err == nil {
		err = post.receiver.Serve(ctx, listener)
	}
	return errors.Join(err, post.close())
}

// listenCallbacks binds the address. One without a host would be every address
// of this machine, which nobody should get by leaving something out.
func listenCallbacks(address string) (net.Listener, error) {
	host, _, err := net.SplitHostPort(address)
	if err != nil || host == "" {
		return nil, providers.Invalid("listen", fmt.Sprintf("%q is not an address with a port", address), "write it like 127.0.0.1:8190; 0.0.0.0:8190 is every address of this machine")
	}
	return bind("the receiver", address)
}

// greet says where reports come in, and what the settings ask the providers for.
func greet(out io.Writer, s *settings.Settings, at net.Addr, from []providers.Provider) error {
	w := tabwriter.NewWriter(out, 0, 4, 2, ' ', 0)
	fmt.Fprintf(w, "Reports are heard at http://%s.\n\n", at)
	for _, p := range from {
		key, address := "oxapay.callback_url", s.OxaPay.CallbackURL
		if p == providers.XaiGate {
			key, address = "xaigate.notify_url", s.XaiGate.NotifyURL
		}
		told := "reports to " + address
		if address == "" {
			told = "reports nothing: " + key + " is not set"
		}
		fmt.Fprintf(w, "  POST %s\t%s %s\n", callbacks.Path(p), p.Title(), told)
	}
	if tcp, ok := at.(*net.TCPAddr); ok && !tcp.IP.IsLoopback() {
		fmt.Fprintln(w, "\nThis is plain http, open to the network: let nobody but the server with TLS reach it.")
	}
	fmt.Fprintln(w, "\nCtrl+C stops it.")
	return w.Flush()
}
