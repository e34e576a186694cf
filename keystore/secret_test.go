package keystore

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const plain = "dy33vQhksVsv"

// holder is what somebody else's code does with a secret: a field that fmt
// may look into but whose methods it may not call.
type holder struct {
	Shown  Secret
	hidden Secret
	list   []Secret
}

func TestASecretPrintsAsRedactedUnderEveryVerb(t *testing.T) {
	s := NewSecret(plain)
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%X", "%d", "%10s", "%t"} {
		if got := fmt.Sprintf(verb, s); got != redacted {
			t.Errorf("%s prints %q", verb, got)
		}
		in := holder{Shown: s, hidden: s, list: []Secret{s}}
		for _, v := range []any{in, &in, []Secret{s}, map[string]Secret{"key": s}, &s} {
			if got := fmt.Sprintf(verb, v); leaks(got) {
				t.Errorf("%s of %T prints the secret", verb, v)
			}
		}
	}
	if got := fmt.Sprint(s, " ", fmt.Errorf("with %w", fmt.Errorf("%v", s))); leaks(got) {
		t.Error("an error prints the secret")
	}
}

// leaks sees the text itself and its bytes in hexadecimal.
func leaks(printed string) bool {
	low := strings.ToLower(printed)
	return strings.Contains(printed, plain) || strings.Contains(low, fmt.Sprintf("%x", plain))
}

func TestASecretIsRedactedInJSONAndInLogs(t *testing.T) {
	s := NewSecret(plain)
	got, err := json.Marshal(map[string]any{"key": s, "held": holder{Shown: s, hidden: s}})
	if err != nil {
		t.Fatal(err)
	}
	if want := `{"held":{"Shown":"[redacted]"},"key":"[redacted]"}`; string(got) != want {
		t.Errorf("JSON is %s, want %s", got, want)
	}
	var log bytes.Buffer
	for _, handler := range []slog.Handler{slog.NewTextHandler(&log, nil), slog.NewJSONHandler(&log, nil)} {
		slog.New(handler).Info("set", "key", s, "held", holder{Shown: s, hidden: s}, slog.Group("in", "key", s))
	}
	if leaks(log.String()) || strings.Count(log.String(), redacted) < 4 {
		t.Errorf("the log reads:\n%s", log.String())
	}
}

func TestSecretsCompareByWhatTheyHold(t *testing.T) {
	a, b := NewSecret(plain), NewSecret(strings.Clone(plain))
	if !a.Equal(b) || !cmp.Equal(a, b) {
		t.Error("two secrets with one text are not equal")
	}
	if a.Equal(NewSecret(plain+"x")) || a.Equal(Secret{}) {
		t.Error("secrets with other texts are equal")
	}
	if !NewSecret("").Empty() || !(Secret{}).Empty() || a.Empty() || (Secret{}).Reveal() != "" {
		t.Error("an empty secret is not what it says")
	}
}
