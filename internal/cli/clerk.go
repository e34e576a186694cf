package cli

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"sync"
	"syscall"

	"cashdesk/internal/journal"
	"cashdesk/internal/settings"
	"cashdesk/internal/till"
	"cashdesk/keystore"
	"cashdesk/providers"
)

// clerk is one command at the shop's till: beside a running counter, on the
// same journal, with a session of its own for as long as it runs.
type clerk struct {
	*program
	flags    *payFlags
	settings *settings.Settings
	journal  *journal.Journal
	till     *till.Till
	session  till.Session
	log      *os.File
	numbered bool // it is about the sale's receipt number
	remarks  map[string]remark

	mu      sync.Mutex
	unsaved map[string]providers.Attempt // verdicts that the journal has not taken yet
}

// planner reads a command's words against the settings, and gives what is to
// be done with them. It is called before anybody is asked for anything secret.
type planner func(s *settings.Settings, args []string) (work, error)

// work is what a command does at the till. Attempts are told in their order;
// with an error nothing was begun, unless there is one.
type work func(ctx context.Context, c *clerk) ([]providers.Attempt, error)

// pay runs a command about a payment from its words to its answer.
func (p *program) pay(ctx context.Context, f *payFlags, args []string, plan planner) error {
	told, err := p.paid(ctx, f, args, plan)
	if errors.Is(err, context.Canceled) {
		err = f.stopped()
	}
	if err != nil && len(told) == 0 {
		told = []result{failedResult(err, f)}
		if !f.json {
			return err
		}
	}
	return errors.Join(p.tell(f.json, told), err)
}

func (p *program) paid(ctx context.Context, f *payFlags, args []string, plan planner) ([]result, error) {
	if err := f.check(); err != nil {
		return nil, err
	}
	s, err := p.load()
	if err != nil {
		return nil, err
	}
	f.shop = s
	do, err := plan(s, args)
	if err != nil {
		return nil, err
	}
	c := &clerk{program: p, flags: f, settings: s, unsaved: map[string]providers.Attempt{}}
	keys, pin, err := c.ask()
	if err != nil {
		return nil, err
	}
	p.echo() // nothing more is asked: a signal is for the payment from here on
	ctx, stop := signal.NotifyContext(ctx, syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP)
	defer stop()
	if err := c.enter(ctx, keys, pin); err != nil {
		return nil, err
	}
	all, err := do(ctx, c)
	return c.leave(all), err
}

// ask opens the keystore and learns the operator's PIN.
func (c *clerk) ask() (opened, string, error) {
	o, err := c.openKeystore(c.settings, c.flags.passphraseFile)
	if err != nil || c.flags.operator == "" {
		return o, "", err
	}
	pin, err := c.secretOf("pin-file", c.flags.pinFile, "PIN of "+c.flags.operator)
	return o, pin, err
}

// opened is the keystore, and how it was opened.
type opened struct {
	store        *keystore.Store
	byPassphrase bool
}

// openKeystore opens the keystore as a command without a screen does: with the
// passphrase from a file or a prompt, unless the settings name another way.
func (p *program) openKeystore(s *settings.Settings, passphraseFile string) (opened, error) {
	locked, err := keystore.Open(s.Paths.Keystore, keystore.Options{})
	if err != nil {
		return opened{}, err
	}
	store, err := openWithoutPassphrase(s, locked)
	if store != nil || err != nil {
		return opened{store: store}, err
	}
	passphrase, err := p.secretOf("passphrase-file", passphraseFile, "passphrase of the keystore")
	if err != nil {
		return opened{}, err
	}
	p.working("opening the keystore")
	store, err = locked.Unlock(passphrase)
	return opened{store, true}, err
}

// enter opens the journal beside whoever has it open, and signs in at a till of
// its own. What others began is not touched.
func (c *clerk) enter(ctx context.Context, o opened, pin string) error {
	config, err := equipment(c.settings, o.store, o.byPassphrase)
	if err != nil {
		return err
	}
	if c.journal, err = openBeside(ctx, c.settings, o.store); err != nil {
		return err
	}
	config.Journal, config.Notify = c.journal, c.hear
	config.Log, c.log = openLog(c.settings)
	c.till = till.New(config)
	if err = c.till.StartBeside(context.WithoutCancel(ctx)); err == nil {
		c.warn(ctx)
	}
	if err == nil && c.flags.operator != "" {
		err = c.signIn(ctx, pin)
	}
	if err != nil {
		c.leave(nil)
	}
	return err
}

// warn tells of what a counter's header would warn of, and a manager should
// know.
func (c *clerk) warn(ctx context.Context) {
	st, err := c.till.Status(ctx)
	if err == nil && st.KeystoreDoubt != nil {
		fmt.Fprintln(c.err, withHint(st.KeystoreDoubt))
	}
}

// leave ends the work in the background, signs out, and tells how the attempts
// stand now that nothing here works on them any more. What is not known is the
// counter's from here on, or the next command's.
func (c *clerk) leave(all []providers.Attempt) []result {
	c.till.Close()
	ctx := context.Background()
	var told []result
	for _, a := range all {
		told = append(told, c.result(ctx, c.now(ctx, a)))
	}
	var failed []error
	if c.session.ID != "" {
		failed = append(failed, c.till.SignOut(ctx, c.session))
	}
	if err := errors.Join(append(failed, c.journal.Close())...); err != nil {
		c.complain(err)
	}
	if c.log != nil {
		_ = c.log.Close()
	}
	return told
}

// remark is what a command has to add to what is told of an attempt.
type remark struct{ message, next string }

// remark adds to what is told of an attempt.
func (c *clerk) remark(a providers.Attempt, message, next string) {
	if c.remarks == nil {
		c.remarks = map[string]remark{}
	}
	c.remarks[a.ID] = remark{message, next}
}

// complain says what went wrong beside the payment, which stands all the same.
func (c *clerk) complain(err error) { c.report(err) }
