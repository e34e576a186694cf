package providers_test

import (
	"context"
	"encoding/json"
	"net"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/shopspring/decimal"

	"cashdesk/providers"
	"cashdesk/providers/providertest"
)

// FuzzDecode holds the shared reader of replies against another one.
func FuzzDecode(f *testing.F) {
	for _, body := range []string{`{"a":1,"b":[{"a":1}]}`, `{"a":1,"A":2}`, `{"k":1,"K":2}`, `{"a":"\ud83d\ude00\u00e9\/"}`, ``, `[`, `nul`, `01`, `-`, "\ufeff1", `"\u12G4"`} {
		f.Add([]byte(body))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		var whole json.RawMessage
		err := providers.DecodeJSON(body, &whole)
		tree, other := providertest.ReadTree(body)
		if want := other == nil && !tree.Ambiguous() && tree.Kind != 'n'; (err == nil) != want {
			t.Errorf("%q: %v, the other reader says %v", body, err, want)
		}
		if err != nil {
			return
		}
		var text string
		if said, isText := tree.Text(); isText && (json.Unmarshal(body, &text) != nil || text != said) {
			t.Errorf("%q says %q here and %q there", body, text, said)
		}
	})
}

// FuzzNumber holds the reader of amounts against big.Rat.
func FuzzNumber(f *testing.F) {
	for _, raw := range []string{`"125.50"`, `125.5`, `1e2`, `-0`, `null`, `" 7 "`, `1e99`, `"1e-40"`, `true`, `"０１"`, `12345678901234567890`, `""`} {
		f.Add([]byte(raw))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		var n providers.Number
		if json.Unmarshal(raw, &n) != nil {
			return
		}
		d, ok := n.Decimal()
		want := providertest.Rat(n.String())
		if ok != (want != nil) || ok && d.Rat().Cmp(want) != 0 {
			t.Errorf("%q is %s, %v; want %s", n, d, ok, want)
		}
		if n.Equals(n) != ok {
			t.Errorf("%q is not itself", n)
		}
		if text := providers.MajorText(d, providers.Currency{Decimals: 8}); len(text) > 90 {
			t.Errorf("%q is written with %d characters", n, len(text))
		}
		if whole, is := n.Int(); is && ok && !d.Equal(decimal.NewFromInt(whole)) {
			t.Errorf("%q is %s and %d", n, d, whole)
		}
	})
}

// FuzzLink holds the rules of links against others that say the same.
func FuzzLink(f *testing.F) {
	for _, link := range []string{
		"https://pay.example.com/1", "HTTPS://PAY.EXAMPLE.COM:443/?a=b#c", "http://127.0.0.1:8199/p/1", "http://[::1]/", "https://pay.example.com@evil.example/",
		"https://pay.example.com\\@evil.example/", "https:pay.example.com", "//pay.example.com", "https://pay.example.com:/", "https://pay.example.com%2eevil.example/",
		"javascript:alert(1)", "https://pay.example.com/\x1b[2J", "https://påy.example.com/", "https://pay.example.com./", "http://localhost.evil.example/", "",
	} {
		f.Add(link, true)
		f.Add(link, false)
	}
	f.Fuzz(func(t *testing.T, link string, test bool) {
		shown := providers.CheckLink(link, []string{"pay.example.com"}, test) == nil
		loopback := test && shown && providers.IsLoopback(strings.Trim(hostOf(link), "[]"))
		if shown && !loopback && !providertest.MayShow(link, "pay.example.com") {
			t.Errorf("%q is shown", link)
		}
		if loopback && (len(link) > 2048 || strings.ContainsFunc(link, func(r rune) bool { return r < '!' || r > '~' })) {
			t.Errorf("%q is shown in test mode", link)
		}
		if base, err := providers.CheckBase(link); err == nil && !strings.HasPrefix(strings.ToLower(base), "https://") && !providers.IsLoopback(hostOf(base)) {
			t.Errorf("%q is a base", base)
		}
		providers.LinkHost(link)
	})
}

// hostOf is the host between the two slashes and the next end, without a port.
func hostOf(link string) string {
	_, rest, _ := strings.Cut(link, "://")
	if end := strings.IndexAny(rest, "/?#"); end >= 0 {
		rest = rest[:end]
	}
	if end := strings.Index(rest, "]"); end >= 0 {
		return strings.Trim(rest[:end], "[]")
	}
	host, _, _ := strings.Cut(rest, ":")
	return host
}

// FuzzText holds the cleaning of a provider's texts, and the taking out of
// secrets, against what they are for.
func FuzzText(f *testing.F) {
	for _, text := range []string{"Approved", "\x1b[2J\u202etext\u200b", strings.Repeat("long ", 90), "a SECRETKEY1 b secretkey1", "secretkesecretkey1", "\xff\xfe", "", " \t "} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		clean := providers.CleanText(text)
		moves := func(r rune) bool {
			return r == utf8.RuneError || unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp)
		}
		if strings.ContainsFunc(clean, moves) || utf8.RuneCountInString(clean) > providers.MaxMessage+1 || providers.CleanText(clean) != clean {
			t.Errorf("%q is cleaned to %q", text, clean)
		}
		lower := strings.Map(func(r rune) rune {
			if r >= 'A' && r <= 'Z' {
				return r + 'a' - 'A'
			}
			return r
		}, providers.Redact(text, "SecretKey1", "name"))
		if strings.Contains(lower, "secretkey1") {
			t.Errorf("the secret is still in %q", lower)
		}
	})
}

// FuzzHTTP lets a server say any bytes at all to one request.
func FuzzHTTP(f *testing.F) {
	for _, raw := range []string{
		"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}", "HTTP/1.0 200 OK\r\n\r\n{}", "HTTP/1.1 204 No Content\r\n\r\n", "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n\r\n{}",
		"HTTP/1.1 302 Found\r\nLocation: https://evil.example/\r\n\r\n", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n", "HTTP/1.1 101 Switching Protocols\r\n\r\n{}",
		"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n\x1f\x8b\x08", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}", "\x16\x03\x01", "",
		"HTTP/1.1 429 Slow\r\nRetry-After: 7\r\nDate: Mon, 02 Mar 2026 12:00:00 GMT\r\nContent-Length: 0\r\n\r\n", "HTTP/1.1 999 ?\r\nContent-Length: -1\r\n\r\n",
	} {
		f.Add([]byte(raw))
	}
	reasons := []providers.Reason{providers.NoReason, providers.TimedOut, providers.Cut, providers.TooLarge, providers.Redirected}
	f.Fuzz(func(t *testing.T, raw []byte) {
		var got []string
		done := make(chan struct{})
		h := wayOut(t, "http://127.0.0.1:1", func(o *providers.HTTPOptions) {
			o.Timeout = 5 * time.Second
			o.Dial = func(context.Context, string, string) (net.Conn, error) {
				here, there := net.Pipe()
				go func() {
					defer close(done)
					defer there.Close()
					got = append(got, hear(there))
					there.Write(raw)
				}()
				return here, nil
			}
		})
		reply := h.Post(t.Context(), "/call", []byte("{}"))
		<-done
		if len(got) != 1 || got[0] != "POST /call {}" {
			t.Errorf("%q went out", got)
		}
		if !slices.Contains(reasons, reply.Reason) || reply.Reason != providers.NoReason && reply.Body != nil || len(reply.Body) > providers.MaxReply {
			t.Errorf("%q gives %s and %d bytes", raw, reply.Reason, len(reply.Body))
		}
		if (reply.Status >= 300 && reply.Status < 400) != (reply.Reason == providers.Redirected) || reply.RetryAfter > time.Hour || reply.Status == 0 && reply.Reason == providers.NoReason {
			t.Errorf("%q gives %+v", raw, reply)
		}
	})
}
