package till

import (
	"testing"

	"cashdesk/providers"
)

func TestTheProvidersTableSaysWhetherASaleIsTriedAgain(t *testing.T) {
	c := newCounter(t)
	for code, want := range map[string]providers.Retry{
		"FPRA01": providers.RetryNever, "FPRA03": providers.RetryNewCode, "": providers.RetryLater, "XYZ": providers.RetryLater,
	} {
		a := providers.Attempt{Provider: providers.Oxipay, State: providers.Declined, Code: code}
		if got := c.till.Retry(a); got != want {
			t.Errorf("after %q: %q, want %q", code, got, want)
		}
	}
	if got := c.till.Retry(providers.Attempt{Provider: providers.OxaPay, Code: "FPRA01"}); got != providers.RetryLater {
		t.Errorf("another provider's code says %q", got)
	}
}
