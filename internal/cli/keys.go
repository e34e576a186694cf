package cli

import (
	"errors"
	"fmt"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"cashdesk/keystore"
	"cashdesk/providers"
)

// atOnce is said after each change of keys or staff.
const atOnce = "A counter that is running takes the change within a second."

func (p *program) keysCommand() *cobra.Command {
	keys := &cobra.Command{
		Use:   "keys",
		Short: "Keep the providers' keys",
		Long: `The keys that cashdesk signs and asks with lie in the keystore, encrypted.
No command shows one. A key is typed at a prompt, or read from standard input
(after the passphrase, each on a line of its own); never from a flag.
A counter that is running takes a change within a second.`,
		Example: `  cashdesk keys list
  cashdesk keys set oxipay.signing_key`,
	}
	keys.AddCommand(p.keysList(), p.keysSet(), p.keysRemove(), p.keysRegister())
	return keys
}

func (p *program) keysList() *cobra.Command {
	return &cobra.Command{
		Use:     "list",
		Short:   "List the keys and which of them are set",
		Example: "  cashdesk keys list",
		Args:    cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			err := p.withStore(func(store *keystore.Store) error { return p.listKeys(store.Has) })
			if !errors.Is(err, keystore.ErrNone) {
				return err
			}
			// Whoever begins has to learn the names from somewhere.
			fmt.Fprintln(p.err, withHint(err))
			return p.listKeys(func(string) bool { return false })
		},
	}
}

func (p *program) listKeys(has func(name string) bool) error {
	w := tabwriter.NewWriter(p.reply(), 0, 4, 2, ' ', 0)
	for _, k := range keystore.Keys() {
		state := "not set"
		if has(k.Name) {
			state = "set"
		}
		fmt.Fprintf(w, "%s\t%s\t%s\n", k.Name, state, k.Title)
	}
	return w.Flush()
}

func (p *program) keysSet() *cobra.Command {
	return &cobra.Command{
		Use:   "set NAME...",
		Short: "Set keys; the keystore is made if there is none",
		Example: `  cashdesk keys set oxipay.signing_key
  cashdesk keys set oxapay.merchant_key xaigate.api_key
  printf '%s\n%s\n' "$PASSPHRASE" "$KEY" | cashdesk keys set xaigate.api_key`,
		Args:              cobra.MinimumNArgs(1),
		ValidArgsFunction: completeKeys,
		RunE: func(cmd *cobra.Command, names []string) error {
			var keys []keystore.Key
			for _, name := range names {
				key, err := namedKey(name)
				if err != nil {
					return err
				}
				keys = append(keys, key)
			}
			return p.change(cmd.Context(), true, func(store *keystore.Store, made *changes) error { return p.setKeys(store, made, keys) })
		},
	}
}

// setKeys asks for one key after the other, and says which are set even if a
// later one is not.
func (p *program) setKeys(store *keystore.Store, made *changes, keys []keystore.Key) error {
	told := ""
	var failed error
	for _, key := range keys {
		if failed = p.setKey(store, key); failed != nil {
			break
		}
		made.add(providers.EventKeySet, key.Name)
		told += key.Name + " is set.\n"
	}
	if told != "" {
		told += atOnce + "\n"
	}
	_, err := fmt.Fprint(p.reply(), told)
	return errors.Join(failed, err)
}

func (p *program) setKey(store *keystore.Store, key keystore.Key) error {
	return p.tries(func() (wrong, err error) {
		value, err := p.secret(fmt.Sprintf("%s (%s)", key.Title, key.Name))
		if err != nil {
			return nil, err
		}
		if err = store.Set(key.Name, keystore.NewSecret(value)); providers.KindOf(err) == providers.Input {
			return err, nil
		}
		return nil, err
	})
}

func (p *program) keysRemove() *cobra.Command {
	return &cobra.Command{
		Use:               "remove NAME",
		Short:             "Remove a key",
		Example:           "  cashdesk keys remove payneteasy.control_key",
		Args:              cobra.ExactArgs(1),
		ValidArgsFunction: completeKeys,
		RunE: func(cmd *cobra.Command, args []string) error {
			key, err := namedKey(args[0])
			if err != nil {
				return err
			}
			return p.change(cmd.Context(), false, func(store *keystore.Store, made *changes) error {
				if err := store.Remove(key.Name); err != nil {
					return err
				}
				made.add(providers.EventKeyRemoved, key.Name)
				_, err := fmt.Fprintf(p.reply(), "%s is removed.\n%s\n", key.Name, atOnce)
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
