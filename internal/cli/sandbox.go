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

	"cashdesk/providers"
	"cashdesk/providers/sandbox"
)

func (p *program) sandboxCommand() *cobra.Command {
	var listen string
	var lenient bool
	cmd := &cobra.Command{
		Use:   "sandbox",
		Short: "Run the dummy servers of all four providers",
		Long: `The sandbox answers as the four providers do, as strictly as their pages say.
No money is in it, and nothing in it is secret: it listens on this machine only.`,
		Example: `  cashdesk sandbox
  cashdesk sandbox --listen 127.0.0.1:8199
  cashdesk sandbox --lenient        for clients of other make`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			ctx, stop := signal.NotifyContext(cmd.Context(), syscall.SIGINT, syscall.SIGTERM)
			defer stop()
			return p.serveSandbox(ctx, listen, sandbox.Options{Lenient: lenient, Confirm: 2 * time.Second})
		},
	}
	cmd.Flags().StringVar(&listen, "listen", "127.0.0.1:8199", "loopback address and port")
	cmd.Flags().BoolVar(&lenient, "lenient", false, "accept numbers as text, other content types, unknown fields, // in paths")
	return cmd
}

// serveSandbox serves until the context ends, and says where.
func (p *program) serveSandbox(ctx context.Context, address string, o sandbox.Options) error {
	origin, serve, err := listenSandbox(address, sandbox.New(o))
	if err != nil {
		return err
	}
	w := tabwriter.NewWriter(p.out, 0, 4, 2, ' ', 0)
	fmt.Fprintln(w, "The sandbox answers. In settings.toml and the keystore:")
	for _, line := range sandbox.Describe(origin) {
		fmt.Fprintf(w, "  %s\t%s\n", line.Name, line.Value)
	}
	fmt.Fprintln(w, "\nHow to play each result:")
	for _, line := range sandbox.Ways() {
		fmt.Fprintf(w, "  %s\t%s\n", line.Name, line.Value)
	}
	fmt.Fprintln(w, "\nCtrl+C stops it.")
	if err := w.Flush(); err != nil {
		return err
	}
	return serve(ctx)
}

// listenSandbox binds a loopback address. serve answers until its context ends.
func listenSandbox(address string, handler http.Handler) (origin string, serve func(context.Context) error, err error) {
	host, _, err := net.SplitHostPort(address)
	if err != nil || !providers.IsLoopback(host) {
		return "", nil, providers.Invalid("listen", fmt.Sprintf("%q is not a loopback address with a port", address), "write it like 127.0.0.1:8199")
	}
	listener, err := net.Listen("tcp", address)
	if err != nil {
		return "", nil, &providers.Error{Kind: providers.Input, Field: "listen", Text: "the sandbox cannot listen on " + address, Hint: "another program has it; choose another port with --listen", Err: err}
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
