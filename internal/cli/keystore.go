package cli

import (
	"fmt"

	"github.com/spf13/cobra"

	"cashdesk/internal/settings"
	"cashdesk/internal/till"
	"cashdesk/keystore"
	"cashdesk/providers"
)

func (p *program) keystoreCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "keystore",
		Short: "Say who may open the keystore, and how",
		Example: `  cashdesk keystore passphrase
  cashdesk keystore identity --keyring`,
	}
	cmd.AddCommand(p.keystoreIdentity(), p.keystorePassphrase(), p.keystoreAccept())
	return cmd
}

// keystoreIdentity hands the keystore's identity to the operating system, so
// that staff can open the counter without the manager's passphrase.
func (p *program) keystoreIdentity() *cobra.Command {
	var file string
	var keyring bool
	cmd := &cobra.Command{
		Use:   "identity",
		Short: "Let this machine open the keystore without the passphrase",
		Long: `identity gives the keystore's identity to the operating system's keyring, or
writes it to a file that only its owner can read (for a systemd credential).
Then set staff.use_keyring or staff.identity_file in the settings. Whoever can
read it can read the keys: the passphrase stays the manager's.`,
		Example: `  cashdesk keystore identity --keyring
  cashdesk keystore identity --file /etc/cashdesk/identity`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return p.change(cmd.Context(), false, func(store *keystore.Store, made *changes) error {
				if keyring {
					if err := store.KeepInKeyring(); err != nil {
						return err
					}
					made.add(providers.EventNoted, "the keyring may open the keystore")
					_, err := fmt.Fprintln(p.reply(), "The keyring can open the keystore now. Set staff.use_keyring = true.")
					return err
				}
				if err := store.WriteIdentityFile(file); err != nil {
					return err
				}
				made.add(providers.EventNoted, "an identity file may open the keystore")
				_, err := fmt.Fprintf(p.reply(), "%s opens the keystore now. Set staff.identity_file to it.\n", file)
				return err
			})
		},
	}
	cmd.Flags().BoolVar(&keyring, "keyring", false, "the operating system's keyring")
	cmd.Flags().StringVar(&file, "file", "", "a file that is made, readable by its owner alone")
	cmd.MarkFlagsOneRequired("keyring", "file")
	cmd.MarkFlagsMutuallyExclusive("keyring", "file")
	return cmd
}

func (p *program) keystorePassphrase() *cobra.Command {
	return &cobra.Command{
		Use:     "passphrase",
		Short:   "Change the passphrase",
		Example: "  cashdesk keystore passphrase",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			s, store, old, err := p.byPassphrase()
			if err != nil {
				return err
			}
			fresh, err := p.secretTwice("New passphrase", func(fresh string) error {
				if fresh == old {
					return &providers.Error{Kind: providers.Input, Text: "that is the passphrase it has", Hint: "choose another one"}
				}
				return keystore.CheckPassphrase(fresh)
			})
			if err != nil {
				return err
			}
			p.working("changing the passphrase")
			return p.changed(cmd.Context(), s, store, func(store *keystore.Store, made *changes) error {
				if err := store.ChangePassphrase(old, fresh); err != nil {
					return err
				}
				made.add(providers.EventNoted, "the keystore has a new passphrase")
				_, err := fmt.Fprintln(p.reply(), "The passphrase is changed.")
				return err
			})
		},
	}
}

// keystoreAccept is a manager's word that a keystore which the journal does not
// know is the right one. The passphrase says that it is a manager.
func (p *program) keystoreAccept() *cobra.Command {
	var reason string
	cmd := &cobra.Command{
		Use:   "accept",
		Short: "Say that an older or another copy of the keystore is the right one",
		Long: `The journal notes each change of the keystore, and so notices when an older
copy is put back. If you did that yourself, from a backup, accept says so; the
journal keeps who, when and why. Look at the keys and the staff first: what was
changed or removed since that copy was made has come back with it.`,
		Example: `  cashdesk keystore accept --reason "restored from Friday's backup"`,
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if reason == "" { // before anybody types a passphrase for it
				return providers.Invalid("reason", "a reason is needed", "write it like --reason \"restored from Friday's backup\"")
			}
			s, store, _, err := p.byPassphrase()
			if err != nil {
				return err
			}
			j, err := openBeside(cmd.Context(), s, store)
			if err != nil {
				return err
			}
			defer j.Close()
			doubt, err := till.CheckKeystore(cmd.Context(), j, store)
			if err != nil {
				return err
			}
			if doubt == nil {
				_, err := fmt.Fprintln(p.reply(), "The journal knows this keystore: there is nothing to accept.")
				return err
			}
			if err := till.AcceptKeystore(cmd.Context(), j, store, atThePrompt(), reason); err != nil {
				return err
			}
			_, err = fmt.Fprintln(p.reply(), "The journal takes this keystore as the right one now.")
			return err
		},
	}
	cmd.Flags().StringVar(&reason, "reason", "", "why, for whoever reads the journal later")
	return cmd
}

// byPassphrase opens the keystore with its passphrase, whoever else may open
// it, and gives that too.
func (p *program) byPassphrase() (*settings.Settings, *keystore.Store, string, error) {
	s, err := p.load()
	if err != nil {
		return nil, nil, "", err
	}
	locked, err := keystore.Open(s.Paths.Keystore, keystore.Options{})
	if err != nil {
		return nil, nil, "", err
	}
	store, passphrase, err := p.unlock(locked)
	return s, store, passphrase, err
}
