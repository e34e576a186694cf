package callbacks

import (
	"errors"
	"log/slog"
	"sync"
	"time"

	"cashdesk/providers"
)

// sayPause is the shortest time between two lines about reports that were thrown
// away: a flood of them must not fill the disk.
const sayPause = time.Minute

// thrown tells the log of reports that were thrown away.
type thrown struct {
	log *slog.Logger

	mu    sync.Mutex
	said  time.Time
	since int // thrown away since
}

// add counts one, and says so if there was nothing said lately. Only errors that
// hold nothing of the report, as a *providers.Error promises, are written.
func (t *thrown) add(p providers.Provider, why error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.since++
	if time.Since(t.said) < sayPause {
		return
	}
	text := "it cannot be read"
	if known := (*providers.Error)(nil); errors.As(why, &known) {
		text = known.Text
	}
	t.log.Warn("reports thrown away", "count", t.since, "provider", p, "why", text)
	t.said, t.since = time.Now(), 0
}
