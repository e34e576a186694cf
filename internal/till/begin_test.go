package till

import (
	"errors"
	"strings"
	"testing"

	"cashdesk/internal/journal"
	"cashdesk/providers"
)

func TestAFullDiskBeforeASaleSaysThatNothingWasCharged(t *testing.T) {
	full := &providers.Error{Kind: providers.Internal, Text: "the disk with the journal is full: nothing was saved", Hint: "make room", Err: journal.ErrFull}
	err := uncharged(full)
	if !strings.Contains(err.Error(), "nothing was charged") || !errors.Is(err, journal.ErrFull) || providers.KindOf(err) != providers.Internal || providers.HintOf(err) != "make room" {
		t.Errorf("%v", err)
	}
	other := providers.Invalid("amount", "too much", "")
	if uncharged(other) != other || uncharged(nil) != nil {
		t.Error("another error was changed")
	}
}
