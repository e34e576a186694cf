package till

import "context"

// StartBeside begins the work in the background for one command beside whoever
// else is at this journal: what others began is left to them. ctx ends it, as
// Close does.
func (t *Till) StartBeside(ctx context.Context) error {
	t.mu.Lock()
	t.ctx, t.stop = context.WithCancel(ctx)
	t.mu.Unlock()
	if err := t.KeystoreRead(ctx, nil); err != nil {
		t.config.Log.Error("the keystore could not be noted", "error", err)
	}
	t.clerk.beside = true
	t.employ()
	return t.noteKeys(ctx)
}
