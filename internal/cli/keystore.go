package cli

import (
	"fmt"

	"github.com/spf13/cobra"

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
	cmd.AddCommand(p.keystoreIdentity(), p.keystorePassphrase())
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
		RunE: func(*cobra.Command, []string) error {
			return p.withStore(false, func(store *keystore.Store) error {
				if keyring {
					if err := store.KeepInKeyring(); err != nil {
						return err
					}
					_, err := fmt.Fprintln(p.reply(), "The keyring can open the keystore now. Set staff.use_keyring = true.")
					return err
				}
				if err := store.WriteIdentityFile(file); err != nil {
					return err
				}
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
		RunE: func(*cobra.Command, []string) error {
			s, err := p.load()
			if err != nil {
				return err
			}
			locked, err := keystore.Open(s.Paths.Keystore, keystore.Options{})
			if err != nil {
				return err
			}
			store, old, err := p.unlock(locked)
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
			if err := store.ChangePassphrase(old, fresh); err != nil {
				return err
			}
			_, err = fmt.Fprintln(p.reply(), "The passphrase is changed.")
			return err
		},
	}
}
