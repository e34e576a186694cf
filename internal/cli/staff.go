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
asked for at a prompt, or read from standard input after the passphrase.
A counter that is running takes a change within a second.`,
		Example: `  cashdesk staff add mia --name Mia --role manager
  cashdesk staff list`,
	}
	staff.AddCommand(p.staffList(), p.staffAdd(), p.staffPIN(), p.staffRemove())
	return staff
}

func (p *program) staffList() *cobra.Command {
	return &cobra.Command{
		Use: "list", Short: "List who may sign in", Example: "  cashdesk staff list", Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			return p.withStore(func(store *keystore.Store) error {
				w := tabwriter.NewWriter(p.reply(), 0, 4, 2, ' ', 0)
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
		RunE: func(cmd *cobra.Command, args []string) error {
			if role != string(keystore.Operator) && role != string(keystore.Manager) {
				return providers.Invalid("role", fmt.Sprintf("there is no role %q", role), "it is operator or manager")
			}
			if name == "" {
				name = args[0]
			}
			member := keystore.Member{ID: args[0], Name: name, Role: keystore.Role(role)}
			if err := keystore.CheckMember(member); err != nil {
				return err
			}
			return p.change(cmd.Context(), true, func(store *keystore.Store, made *changes) error {
				pin, err := p.pin("PIN for "+name, member.ID)
				if err != nil {
					return err
				}
				if err := store.AddMember(member, pin); err != nil {
					return err
				}
				made.add(providers.EventStaff, member.ID+" was added as "+role)
				_, err = fmt.Fprintf(p.reply(), "%s can sign in as %s.\n%s\n", name, role, atOnce)
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
		RunE: func(cmd *cobra.Command, args []string) error {
			return p.change(cmd.Context(), false, func(store *keystore.Store, made *changes) error {
				pin, err := p.pin("New PIN", args[0])
				if err != nil {
					return err
				}
				if err := store.SetPIN(args[0], pin); err != nil {
					return err
				}
				made.add(providers.EventStaff, args[0]+" has a new PIN")
				_, err = fmt.Fprintf(p.reply(), "The PIN is changed.\n%s\n", atOnce)
				return err
			})
		},
	}
}

func (p *program) staffRemove() *cobra.Command {
	return &cobra.Command{
		Use: "remove ID", Short: "Remove somebody", Example: "  cashdesk staff remove tom", Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return p.change(cmd.Context(), false, func(store *keystore.Store, made *changes) error {
				if err := store.RemoveMember(args[0]); err != nil {
					return err
				}
				made.add(providers.EventStaff, args[0]+" was removed")
				_, err := fmt.Fprintf(p.reply(), "%s can no longer sign in.\n%s\n", args[0], atOnce)
				return err
			})
		},
	}
}

// pin asks for the PIN of the member with this id.
func (p *program) pin(question, id string) (string, error) {
	question = fmt.Sprintf("%s (%d to %d digits)", question, keystore.MinPIN, keystore.MaxPIN)
	return p.secretTwice(question, func(pin string) error { return keystore.CheckPINForm(id, pin) })
}
