//go:build unix

package crash

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"syscall"
	"time"

	"cashdesk/internal/settings"
	"cashdesk/internal/terminal"
	"cashdesk/keystore"
	"cashdesk/providers/sandbox"
)

// patience ends a life of the program that stands still. No life that goes
// well comes near it, on a busy machine neither.
const patience = 2 * time.Minute

// pin is that of the shop's manager, who serves.
const pin = "4071"

// shop is a counter on disk and the providers that it speaks to.
type shop struct {
	dir      string
	box      *sandbox.Server
	door     *door // before the sandbox
	web      *httptest.Server
	settings *settings.Settings
	key      []byte // the journal's
	dice     *dice
	sales    int     // amounts and codes given out
	shown    []shown // what a person saw, in every life so far
	checked  map[string]bool
	// complaint finds on a screen that the disk fails; nil where it does not.
	complain func(terminal.Screen) string
	trace    string // what the tracer does with the next life; empty for no tracer
}

// newShop sets a shop up in a folder of its own. more are pairs: what to
// replace in its settings, and by what.
func newShop(d *dice, more ...string) (*shop, error) {
	dir, err := os.MkdirTemp(workshop, "shop-")
	if err != nil {
		return nil, err
	}
	s := &shop{dir: dir, dice: d, box: sandbox.New(sandbox.Options{}), checked: map[string]bool{}}
	s.door = &door{box: s.box}
	s.web = httptest.NewServer(s.door)
	if err := s.equip(more); err != nil {
		s.close()
		return nil, err
	}
	return s, nil
}

// equip writes keystore and settings.
func (s *shop) equip(more []string) error {
	// The passphrase is never used: its cost is not what is tried here.
	store, err := keystore.Create(filepath.Join(s.dir, "keystore"), "correct horse battery", keystore.Options{WorkFactor: 10, PINMemoryKiB: 64})
	if err != nil {
		return err
	}
	for name, value := range map[string]string{
		keystore.OxipaySigningKey: sandbox.OxipayKey, keystore.OxaPayMerchantKey: sandbox.OxaPayMerchant,
		keystore.XaiGateAPIKey: sandbox.XaiGateKey, keystore.PayneteasyAccessToken: sandbox.PayneteasyToken,
		keystore.PayneteasyControlKey: sandbox.PayneteasyControlKey,
	} {
		if err := store.Set(name, keystore.NewSecret(value)); err != nil {
			return err
		}
	}
	if err := store.AddMember(keystore.Member{ID: "mia", Name: "Mia", Role: keystore.Manager}, pin); err != nil {
		return err
	}
	if err := store.WriteIdentityFile(s.path("identity")); err != nil {
		return err
	}
	s.key = store.JournalKey()
	if err := os.WriteFile(s.path("settings.toml"), s.toml(more), 0o600); err != nil {
		return err
	}
	s.settings, err = settings.Load(s.path("settings.toml"))
	return err
}

func (s *shop) toml(more []string) []byte {
	text := strings.NewReplacer(
		"http://127.0.0.1:8199", s.web.URL, "/webapi/v1/Test", "/webapi/v1",
		"\n[paths]\n", fmt.Sprintf("\n[paths]\njournal = %q\nkeystore = %q\nanchor = %q\n",
			s.path("data", "journal.db"), s.path("keystore"), s.path("anchor", "journal.anchor")),
		"\n[staff]\n", fmt.Sprintf("\n[staff]\nidentity_file = %q\n", s.path("identity")),
		`#bursts = "auto"`, `bursts = "never"`, // a test types as fast as a scanner
		`#resend_window = "10m"`, `resend_window = "24h"`, // one journal lives through many kills
	).Replace(string(settings.Example()))
	for i := 0; i < len(more); i += 2 {
		text = strings.Replace(text, more[i], more[i+1], 1)
	}
	return []byte(text)
}

func (s *shop) path(names ...string) string {
	return filepath.Join(append([]string{s.dir}, names...)...)
}

func (s *shop) close() {
	s.box.Release()
	s.web.Close()
	_ = os.RemoveAll(s.dir)
}

// life is one run of the program, from its start to its end.
type life struct {
	*terminal.Session
	shop   *shop
	cancel context.CancelFunc
	still  *time.Timer // asks a life that stands still where it does so
	killed atomic.Bool
}

// start runs the program on a new terminal of 80×24. tee sees all that it
// writes there.
func (s *shop) start(ctx context.Context, tee func(*life) io.Writer) (*life, error) {
	program, err := product()
	if err != nil {
		return nil, err
	}
	command := []string{program}
	if s.trace != "" {
		by, err := tracer()
		if err != nil {
			return nil, err
		}
		command = []string{by, s.trace, program}
	}
	l := &life{shop: s}
	ctx, l.cancel = context.WithTimeout(ctx, patience)
	o := terminal.Options{Command: command, Dir: s.dir, Env: []string{
		"HOME=" + s.dir, "TMPDIR=" + s.dir, "TZ=UTC", "CASHDESK_SETTINGS=" + s.path("settings.toml"),
	}}
	if tee != nil {
		o.Tee = tee(l)
	}
	if l.Session, err = terminal.Start(ctx, o); err != nil {
		l.cancel()
		return nil, err
	}
	l.still = time.AfterFunc(patience-10*time.Second, func() { _ = l.Signal(syscall.SIGQUIT) })
	return l, nil
}

// stood is err with where the program stood when it was asked: the end of what
// it wrote.
func (l *life) stood(err error) error {
	const most = 20_000
	said := l.Written()
	return fmt.Errorf("%w\nit wrote:\n%s", err, said[max(0, len(said)-most):])
}

// kill is the end without warning.
func (l *life) kill() {
	l.killed.Store(true)
	_ = l.Signal(syscall.SIGKILL) // it may have ended already
}

// end tells the program to end, as the system does at shutdown, and waits.
func (l *life) end() error {
	if err := syscall.Kill(-l.Pid(), syscall.SIGTERM); err != nil {
		return err
	}
	code, err := l.Wait()
	if err == nil && code != 0 {
		err = fmt.Errorf("told to end, it ended with %d", code)
	}
	return err
}

// over ends the life, if it goes on, and gives its terminal back.
func (l *life) over() {
	l.still.Stop()
	l.Close()
	l.cancel()
}

// ended says whether the program has ended, and with what code.
func (l *life) ended() (code int, ended bool) {
	if _, err := l.WaitFor(func(terminal.Screen) bool { return false }); !errors.Is(err, terminal.ErrEnded) {
		return 0, false
	}
	code, err := l.Wait()
	return code, err == nil
}

func (s *shop) complaint(screen terminal.Screen) string {
	if s.complain == nil {
		return ""
	}
	return s.complain(screen)
}
