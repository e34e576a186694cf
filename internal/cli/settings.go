package cli

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"cashdesk/internal/settings"
	"cashdesk/keystore"
	"cashdesk/providers"
)

func (p *program) settingsCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "settings",
		Short: "Write, check and find settings.toml",
		Example: `  cashdesk settings init
  cashdesk settings check`,
	}
	cmd.AddCommand(
		&cobra.Command{
			Use: "init", Short: "Write a settings.toml with comments", Args: cobra.NoArgs,
			Example: "  cashdesk settings init\n  cashdesk settings init --settings /etc/cashdesk/settings.toml",
			RunE:    func(*cobra.Command, []string) error { return p.settingsInit() },
		},
		&cobra.Command{
			Use: "check", Short: "Say everything that is wrong in the settings", Args: cobra.NoArgs,
			Example: "  cashdesk settings check",
			RunE:    func(*cobra.Command, []string) error { return p.settingsCheck() },
		},
		&cobra.Command{
			Use: "path", Short: "Say which settings file is used", Args: cobra.NoArgs,
			Example: "  cashdesk settings path",
			RunE: func(*cobra.Command, []string) error {
				_, err := fmt.Fprintln(p.out, p.settingsPath())
				return err
			},
		},
	)
	return cmd
}

// settingsInit writes the example; a file that is there is never overwritten.
func (p *program) settingsInit() error {
	path := p.settingsPath()
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return cannotWrite(path, err)
	}
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if errors.Is(err, os.ErrExist) {
		return &providers.Error{Kind: providers.Input, Text: "there are settings at " + path + " already", Hint: "edit them, or move them away first", Err: err}
	}
	if err != nil {
		return cannotWrite(path, err)
	}
	_, err = file.Write(settings.Example())
	if err = errors.Join(err, file.Close()); err != nil {
		return cannotWrite(path, err)
	}
	_, err = fmt.Fprintf(p.out, `Settings are written to %s.
They work against the sandbox as they are. In another terminal, left running:

  cashdesk sandbox                         prints its keys

Then, in this one:

  cashdesk keys set oxipay.signing_key oxapay.merchant_key
  cashdesk keys set xaigate.api_key payneteasy.access_token payneteasy.control_key
  cashdesk staff add mia --name Mia --role manager
  cashdesk
`, path)
	return err
}

func cannotWrite(path string, err error) error {
	return &providers.Error{Kind: providers.Input, Text: "the settings cannot be written to " + path, Hint: "check who may write there, or name another place with --settings", Err: err}
}

// settingsCheck prints warnings and a good word; errors go the usual way.
func (p *program) settingsCheck() error {
	s, err := p.load()
	if err != nil {
		return err
	}
	for _, w := range s.Warnings {
		fmt.Fprintf(p.out, "warning: %s\n", w)
	}
	unsuited, looked := unsuitedKeys(s)
	for _, text := range unsuited {
		fmt.Fprintf(p.out, "warning: %s\n", text)
	}
	if s.Payneteasy.Enabled && !s.Payneteasy.HandoverTooLong() {
		fmt.Fprintf(p.out, "payneteasy.handover_url %s.\n", s.Payneteasy.HandoverFits())
	}
	_, err = fmt.Fprintf(p.out, "%s is in order: mode %s, providers %v.\n", s.File, s.Mode, s.Enabled())
	if !looked {
		_, err = fmt.Fprintln(p.out, "Whether the keys are set, `cashdesk keys list` says.")
	}
	return err
}

// unsuitedKeys says what is wrong with the keys for these settings, as far as
// that can be seen without the passphrase; looked is false where it cannot.
func unsuitedKeys(s *settings.Settings) (unsuited []string, looked bool) {
	locked, err := keystore.Open(s.Paths.Keystore, keystore.Options{})
	var store *keystore.Store
	if err == nil {
		store, err = openWithoutPassphrase(s, locked)
	}
	switch {
	case err != nil:
		return []string{withHint(err)}, true
	case store == nil:
		return nil, false
	}
	for _, provider := range s.Enabled() {
		if name := neededKey(s, provider); name != "" && !store.Has(name) {
			unsuited = append(unsuited, fmt.Sprintf("%s is switched on, but its key is not set; `cashdesk keys set %s`", provider.Title(), name))
		}
	}
	err = s.CheckKeys(func(name string) (string, bool) { key, ok := store.Get(name); return key.Reveal(), ok })
	if err != nil {
		unsuited = append(unsuited, withHint(err))
	}
	return unsuited, true
}

// withHint is an error and how to mend it in one line.
func withHint(err error) string {
	if hint := providers.HintOf(err); hint != "" {
		return err.Error() + "; " + hint
	}
	return err.Error()
}
