package cli

import (
	"fmt"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"cashdesk/keystore"
	"cashdesk/providers"
)

func (p *program) staffCommand() *cobra.Command {
	staff := &cobra.Command{
		Use:   "staff",
		Short: "Keep who may sign in",
		Long: `Everybody who takes payments has an id, a name, a role and a PIN. The PIN is
asked for at a prompt, or read from standard input after the passphrase.`,
	}
	staff.AddCommand(p.staffList(), p.staffAdd(), p.staffPIN(), p.staffRemove())
	return staff
}

func (p *program) staffList() *cobra.Command {
	return &cobra.Command{
		Use: "list", Short: "List who may sign in", Example: "  cashdesk staff list", Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			return p.withStore(false, func(store *keystore.Store) error {
				w := tabwriter.NewWriter(p.out, 0, 4, 2, ' ', 0)
				for _, m := range store.Staff() {
					fmt.Fprintf(w, "%s\t%s\t%s\n", m.ID, m.Role, m.Name)
				}
				return w.Flush()
			})
		},
	}
}

func (p *program) staffAdd() *cobra.Command {
	var name, role string
	cmd := &cobra.Command{
		Use:   "add ID",
		Short: "Add somebody; the PIN is asked for",
		Example: `  cashdesk staff add mia --name Mia --role manager
  cashdesk staff add tom --name Tom`,
		Args: cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			if role != string(keystore.Operator) && role != string(keystore.Manager) {
				return providers.Invalid("role", fmt.Sprintf("there is no role %q", role), "it is operator or manager")
			}
			if name == "" {
				name = args[0]
			}
			return p.withStore(true, func(store *keystore.Store) error {
				pin, err := p.secretTwice("PIN for " + name + " (4 to 8 digits)")
				if err != nil {
					return err
				}
				if err := store.AddMember(keystore.Member{ID: args[0], Name: name, Role: keystore.Role(role)}, pin); err != nil {
					return err
				}
				_, err = fmt.Fprintf(p.out, "%s can sign in as %s.\n", name, role)
				return err
			})
		},
	}
	cmd.Flags().StringVar(&name, "name", "", "name as the screens show it (default the id)")
	cmd.Flags().StringVar(&role, "role", string(keystore.Operator), "operator or manager")
	return cmd
}

func (p *program) staffPIN() *cobra.Command {
	return &cobra.Command{
		Use: "pin ID", Short: "Give somebody a new PIN", Example: "  cashdesk staff pin mia", Args: cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			return p.withStore(false, func(store *keystore.Store) error {
				pin, err := p.secretTwice("New PIN (4 to 8 digits)")
				if err != nil {
					return err
				}
				if err := store.SetPIN(args[0], pin); err != nil {
					return err
				}
				_, err = fmt.Fprintln(p.out, "The PIN is changed.")
				return err
			})
		},
	}
}

func (p *program) staffRemove() *cobra.Command {
	return &cobra.Command{
		Use: "remove ID", Short: "Remove somebody", Example: "  cashdesk staff remove tom", Args: cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			return p.withStore(false, func(store *keystore.Store) error {
				if err := store.RemoveMember(args[0]); err != nil {
					return err
				}
				_, err := fmt.Fprintf(p.out, "%s can no longer sign in.\n", args[0])
				return err
			})
		},
	}
}

// withStore opens the keystore of the settings and does something with it.
func (p *program) withStore(create bool, do func(*keystore.Store) error) error {
	s, err := p.load()
	if err != nil {
		return err
	}
	store, err := p.store(s, create)
	if err != nil {
		return err
	}
	return do(store)
}
