package journal

import (
	"context"
	"time"
)

// SetBack says how far this machine's clock was set back at most since an
// event, as the times of the events after it and the present time tell; 0 if
// it never was. A clock that was set forward looks like time that passed.
func (j *Journal) SetBack(ctx context.Context, since int64) (time.Duration, error) {
	rows, err := j.read.QueryContext(ctx, "SELECT at FROM events WHERE seq >= ? ORDER BY seq", since)
	if err != nil {
		return 0, translate(err)
	}
	defer rows.Close()
	var before, at, most int64
	for rows.Next() {
		if err := rows.Scan(&at); err != nil {
			return 0, translate(err)
		}
		most, before = max(most, before-at), at
	}
	if err := rows.Err(); err != nil {
		return 0, translate(err)
	}
	return time.Duration(max(most, before-nanos(j.now()))), nil
}
