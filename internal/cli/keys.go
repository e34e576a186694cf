package cli

import (
	"fmt"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"cashdesk/keystore"
	"cashdesk/providers"
)

func (p *program) keysCommand() *cobra.Command {
	keys := &cobra.Command{
		Use:   "keys",
		Short: "Keep the providers' keys",
		Long: `The keys that cashdesk signs and asks with lie in the keystore, encrypted.
No command shows one. A key is typed at a prompt, or read from standard input
(after the passphrase, each on a line of its own); never from a flag.`,
	}
	keys.AddCommand(p.keysList(), p.keysSet(), p.keysRemove())
	return keys
}

func (p *program) keysList() *cobra.Command {
	return &cobra.Command{
		Use:     "list",
		Short:   "List the keys and which of them are set",
		Example: "  cashdesk keys list",
		Args:    cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			return p.withStore(false, func(store *keystore.Store) error {
				w := tabwriter.NewWriter(p.out, 0, 4, 2, ' ', 0)
				for _, k := range keystore.Keys() {
					state := "not set"
					if store.Has(k.Name) {
						state = "set"
					}
					fmt.Fprintf(w, "%s\t%s\t%s\n", k.Name, state, k.Title)
				}
				return w.Flush()
			})
		},
	}
}

func (p *program) keysSet() *cobra.Command {
	return &cobra.Command{
		Use:   "set NAME",
		Short: "Set a key; the keystore is made if there is none",
		Example: `  cashdesk keys set oxipay.signing_key
  cashdesk keys set oxapay.merchant_key
  printf '%s\n%s\n' "$PASSPHRASE" "$KEY" | cashdesk keys set xaigate.api_key`,
		Args:              cobra.ExactArgs(1),
		ValidArgsFunction: completeKeys,
		RunE: func(_ *cobra.Command, args []string) error {
			key, err := namedKey(args[0])
			if err != nil {
				return err
			}
			return p.withStore(true, func(store *keystore.Store) error {
				value, err := p.secret(key.Title)
				if err != nil {
					return err
				}
				if err := store.Set(key.Name, keystore.NewSecret(value)); err != nil {
					return err
				}
				_, err = fmt.Fprintf(p.out, "%s is set.\n", key.Name)
				return err
			})
		},
	}
}

func (p *program) keysRemove() *cobra.Command {
	return &cobra.Command{
		Use:               "remove NAME",
		Short:             "Remove a key",
		Example:           "  cashdesk keys remove payneteasy.control_key",
		Args:              cobra.ExactArgs(1),
		ValidArgsFunction: completeKeys,
		RunE: func(_ *cobra.Command, args []string) error {
			key, err := namedKey(args[0])
			if err != nil {
				return err
			}
			return p.withStore(false, func(store *keystore.Store) error {
				if err := store.Remove(key.Name); err != nil {
					return err
				}
				_, err := fmt.Fprintf(p.out, "%s is removed.\n", key.Name)
				return err
			})
		},
	}
}

func namedKey(name string) (keystore.Key, error) {
	key, ok := keystore.KeyNamed(name)
	if !ok {
		return key, providers.Invalid("key", fmt.Sprintf("there is no key %q", name), "`cashdesk keys list` names them")
	}
	return key, nil
}

func completeKeys(*cobra.Command, []string, string) ([]cobra.Completion, cobra.ShellCompDirective) {
	var names []cobra.Completion
	for _, k := range keystore.Keys() {
		names = append(names, cobra.CompletionWithDesc(k.Name, k.Title))
	}
	return names, cobra.ShellCompDirectiveNoFileComp
}
