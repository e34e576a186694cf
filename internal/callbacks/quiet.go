package callbacks

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"cashdesk/providers"
)

// sayPause is the shortest time between two lines that say the same of one
// provider's reports: a flood of them must not fill the disk.
const sayPause = time.Minute

// quiet tells the log what became of reports, without repeating itself.
type quiet struct {
	log *slog.Logger

	mu   sync.Mutex
	said map[topic]*line
}

// topic is what a line says, of a handful of things, and of whose report.
type topic struct {
	what     string
	provider providers.Provider
}

// line is when a topic was last told, and how often it came since.
type line struct {
	at   time.Time
	came int
}

func newQuiet(log *slog.Logger) *quiet { return &quiet{log: log, said: map[topic]*line{}} }

// say tells a topic with its newest error, unless it was told lately.
func (q *quiet) say(level slog.Level, p providers.Provider, what string, err error) {
	q.mu.Lock()
	defer q.mu.Unlock()
	l := q.said[topic{what, p}]
	if l == nil {
		l = &line{}
		q.said[topic{what, p}] = l
	}
	l.came++
	if now := time.Now(); now.Sub(l.at) >= sayPause {
		q.log.Log(context.Background(), level, what, "provider", p, "count", l.came, "error", err)
		l.at, l.came = now, 0
	}
}
