package cli

import (
	"bufio"
	"context"
	"io"
	"net"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"cashdesk/providers/sandbox"
)

func TestTheSandboxSaysWhereItAnswersAndAnswersThere(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	read, write := io.Pipe()
	ended := make(chan error, 1)
	p := &program{out: write}
	go func() {
		ended <- p.serveSandbox(ctx, "127.0.0.1:0", sandbox.Options{})
		write.Close()
	}()
	said := readUntil(t, read, "Ctrl+C")
	go io.Copy(io.Discard, read)
	for _, what := range []string{sandbox.OxipayKey, sandbox.OxaPayMerchant, sandbox.XaiGateKey, sandbox.PayneteasyToken, sandbox.PayneteasyControlKey, "/oxipay/webapi/v1/Test", "/oxapay", "/xaigate", "/payneteasy"} {
		if !strings.Contains(said, what) {
			t.Errorf("%s is not told:\n%s", what, said)
		}
	}
	for name, value := range sandboxKeys {
		if !regexp.MustCompile(`(?m)^  ` + regexp.QuoteMeta(name) + ` +` + regexp.QuoteMeta(value) + `$`).MatchString(said) {
			t.Errorf("%s is not told by its name:\n%s", name, said)
		}
	}
	for _, name := range []string{"oxipay.base_url", "oxapay.base_url", "xaigate.base_url", "payneteasy.base_url", "payneteasy.handover_url"} {
		if !regexp.MustCompile(`(?m)^  ` + name + ` +http://127`).MatchString(said) {
			t.Errorf("%s is not told:\n%s", name, said)
		}
	}
	if strings.Contains(said, "endpoint") {
		t.Errorf("it tells what nobody sets:\n%s", said)
	}
	var base string
	for _, word := range strings.Fields(said) {
		if strings.HasSuffix(word, "/oxipay/webapi/v1/Test") {
			base = word
		}
	}
	answer, err := http.Post(base+"/ProcessAuthorisation", "application/json", strings.NewReader(`{"signature":"none"}`))
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	if body, _ := io.ReadAll(answer.Body); !strings.Contains(string(body), "ESIG01") {
		t.Errorf("an unsigned request got %s", body)
	}
	cancel()
	if err := <-ended; err != nil {
		t.Errorf("it ended with %v", err)
	}
	if _, err := http.Get(base); err == nil {
		t.Error("it still answers after its end")
	}
}

func TestASandboxWithoutItsPortSaysWhatToDo(t *testing.T) {
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	var out, errOut strings.Builder
	if code := Run([]string{"sandbox", "--listen", taken.Addr().String()}, strings.NewReader(""), &out, &errOut); code != exitUsage {
		t.Errorf("exit code %d", code)
	}
	if said := errOut.String(); !strings.Contains(said, "cannot listen on "+taken.Addr().String()) || !strings.Contains(said, "another program has it") || !strings.Contains(said, "--listen") || out.Len() > 0 {
		t.Errorf("it said %q and printed %q", said, out.String())
	}
}

// readUntil reads lines up to one that contains the text.
func readUntil(t *testing.T, r io.Reader, text string) string {
	t.Helper()
	var all strings.Builder
	lines := bufio.NewScanner(r)
	for lines.Scan() {
		all.WriteString(lines.Text() + "\n")
		if strings.Contains(lines.Text(), text) {
			return all.String()
		}
	}
	t.Fatalf("it never said %q:\n%s", text, all.String())
	return ""
}
