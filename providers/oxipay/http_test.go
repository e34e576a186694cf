package oxipay

import (
	"bytes"
	"context"
	"crypto/tls"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"cashdesk/providers"
)

// approve answers whatever is sent with a signed approval that echoes it.
func approve(w http.ResponseWriter, body []byte) {
	s := script{status: "Success", code: "SPRA01", message: "First debit 5 December", number: "52011913",
		sign: providers.SignatureValid, echo: echoOf(body)}
	w.Write(s.body())
}

func read(r *http.Request) []byte {
	body, _ := io.ReadAll(r.Body)
	return body
}

func TestASaleGoesOutAsItWasPreparedAndComesBackApproved(t *testing.T) {
	var got []byte
	var path, method, kind string
	var header http.Header
	c := counter(t, func(w http.ResponseWriter, r *http.Request) {
		got, path, method, kind, header = read(r), r.URL.Path, r.Method, r.Header.Get("Content-Type"), r.Header
		approve(w, got)
	})
	r := prepare(t, c, sale())
	a := c.Send(t.Context(), r, false)
	if a.State != providers.Approved || a.ProviderRef != "52011913" || a.Message != "First debit 5 December" || a.HTTPStatus != 200 || a.ServerDate.IsZero() {
		t.Errorf("answer %+v", a)
	}
	if !bytes.Equal(got, r.Body) || path != "/webapi/v1/ProcessAuthorisation" || method != http.MethodPost || kind != "application/json" {
		t.Errorf("%s %s (%s) got\n%s", method, path, kind, got)
	}
	if header.Get("Idempotency-Key") != "" || header.Get("X-Idempotency-Key") != "" {
		t.Error("a header that lets the transport replay the request went out")
	}
}

func TestAnInvitationIsSentAndNoMoneyIsClaimed(t *testing.T) {
	var path string
	c := counter(t, func(w http.ResponseWriter, r *http.Request) {
		path = r.URL.Path
		s := script{status: "Success", code: "SINV01", message: "Success", sign: providers.SignatureValid, echo: echoOf(read(r))}
		w.Write(s.body())
	})
	a := c.Send(t.Context(), prepare(t, c, invitation()), false)
	if a.State != providers.Invited || a.Code != "SINV01" || a.ProviderRef != "" || path != "/webapi/v1/Invite" {
		t.Errorf("%s answers %+v", path, a)
	}
}

func TestALostReplyIsResentUnchangedAfterTheOperatorAndTheVersionChanged(t *testing.T) {
	var bodies [][]byte
	handler := func(w http.ResponseWriter, r *http.Request) {
		bodies = append(bodies, read(r))
		if len(bodies) == 1 {
			panic(http.ErrAbortHandler)
		}
		approve(w, bodies[1])
	}
	before := counter(t, handler)
	r := prepare(t, before, sale())
	if a := before.Send(t.Context(), r, false); a.State != providers.Unknown || a.Reason != providers.Cut {
		t.Fatalf("a lost reply is %s %s", a.State, a.Reason)
	}
	config := before.config
	config.Firmware = "2.0.0"
	if a := client(t, config).Send(t.Context(), r, true); a.State != providers.Approved {
		t.Errorf("the resend is %s %s", a.State, a.Reason)
	}
	if len(bodies) != 2 || !bytes.Equal(bodies[0], bodies[1]) {
		t.Errorf("%d sends, not of the same bytes", len(bodies))
	}
}

func TestRepliesThatProveNothingLeaveThePaymentUnknown(t *testing.T) {
	page := "<html><body>Gateway error: SPRA01 Success</body></html>"
	signed := func(r *http.Request) script {
		return script{status: "Success", code: "SPRA01", number: "1", sign: providers.SignatureValid, echo: echoOf(read(r))}
	}
	for name, c := range map[string]struct {
		handler http.HandlerFunc
		reason  providers.Reason
	}{
		"HTML":           {func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, page) }, providers.BadBody},
		"HTML with 502":  {func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(502); io.WriteString(w, page) }, providers.BadStatus},
		"empty":          {func(w http.ResponseWriter, r *http.Request) {}, providers.BadBody},
		"empty with 403": {func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(403) }, providers.BadStatus},
		"an array":       {func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, "[]") }, providers.BadBody},
		"two objects":    {func(w http.ResponseWriter, r *http.Request) { w.Write(signed(r).body()); io.WriteString(w, "{}") }, providers.BadBody},
		"10 MB":          {func(w http.ResponseWriter, r *http.Request) { w.Write(bytes.Repeat([]byte(" "), 10<<20)) }, providers.TooLarge},
		"redirect": {func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "/elsewhere", http.StatusTemporaryRedirect)
		}, providers.Redirected},
		"wrong signature": {func(w http.ResponseWriter, r *http.Request) {
			s := signed(r)
			s.sign = providers.SignatureWrong
			w.Write(s.body())
		}, providers.BadSignature},
		"unsigned": {func(w http.ResponseWriter, r *http.Request) {
			s := signed(r)
			s.sign = providers.SignatureMissing
			w.Write(s.body())
		}, providers.NoSignature},
		"a replayed reply": {func(w http.ResponseWriter, r *http.Request) {
			s := signed(r)
			s.echo = []byte(`{"token":"old"}`)
			w.Write(s.body())
		}, providers.WrongEcho},
		"cut mid-body": {func(w http.ResponseWriter, r *http.Request) {
			body := signed(r).body()
			w.Header().Set("Content-Length", "10000")
			w.Write(body)
			panic(http.ErrAbortHandler)
		}, providers.Cut},
		"cut before the reply": {func(w http.ResponseWriter, r *http.Request) { panic(http.ErrAbortHandler) }, providers.Cut},
	} {
		t.Run(name, func(t *testing.T) {
			var asked atomic.Int32
			sales := counter(t, func(w http.ResponseWriter, r *http.Request) { asked.Add(1); c.handler(w, r) })
			for _, order := range []providers.Order{sale(), invitation()} {
				for _, resend := range []bool{false, true} {
					asked.Store(0)
					a := sales.Send(t.Context(), prepare(t, sales, order), resend)
					if a.State != providers.Unknown || a.Reason != c.reason || a.ProviderRef != "" || a.KeySuspected {
						t.Errorf("%s resend=%v: %+v", order.Kind, resend, a)
					}
					if asked.Load() != 1 {
						t.Errorf("%s: one send reached the server %d times", order.Kind, asked.Load())
					}
				}
			}
		})
	}
}

func TestASlowBankIsWaitedForAndThenThePaymentIsUnknown(t *testing.T) {
	arrived := make(chan struct{}, 1)
	c := counter(t, func(w http.ResponseWriter, r *http.Request) {
		read(r)
		arrived <- struct{}{}
		<-r.Context().Done()
	})
	for name, order := range map[string]providers.Order{"authorisation": sale(), "invitation": invitation()} {
		ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
		a := c.Send(ctx, prepare(t, c, order), false)
		cancel()
		if a.State != providers.Unknown || a.Reason != providers.TimedOut {
			t.Errorf("%s: %s %s", name, a.State, a.Reason)
		}
		<-arrived
	}
	ctx, cancel := context.WithCancel(t.Context())
	go func() { <-arrived; cancel() }()
	if a := c.Send(ctx, prepare(t, c, sale()), false); a.State != providers.Unknown || a.Reason != providers.Cut {
		t.Errorf("a program that stops: %s %s", a.State, a.Reason)
	}
}

func TestAServerThatAsksForAPauseIsHeard(t *testing.T) {
	c := counter(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Retry-After", "7")
		w.WriteHeader(http.StatusTooManyRequests)
	})
	a := c.Send(t.Context(), prepare(t, c, sale()), false)
	if a.State != providers.Unknown || a.Reason != providers.BadStatus || a.RetryAfter != 7*time.Second {
		t.Errorf("%s %s, again after %s", a.State, a.Reason, a.RetryAfter)
	}
}

func TestNoConnectionMeansThatNothingWasSent(t *testing.T) {
	server := httptest.NewServer(http.NotFoundHandler())
	base := server.URL
	server.Close()
	c := client(t, settings(base))
	for _, order := range []providers.Order{sale(), invitation()} {
		r := prepare(t, c, order)
		if a := c.Send(t.Context(), r, false); a.State != providers.Refused || a.Reason != providers.Unreachable || a.HTTPStatus != 0 {
			t.Errorf("%s, first send: %+v", order.Kind, a)
		}
		if a := c.Send(t.Context(), r, true); a.State != providers.Unknown || a.Reason != providers.Unreachable {
			t.Errorf("%s, resend: %+v", order.Kind, a)
		}
	}
}

func TestWithoutAKeyOrForAStrangeCallNothingLeaves(t *testing.T) {
	var asked atomic.Int32
	c := counter(t, func(http.ResponseWriter, *http.Request) { asked.Add(1) })
	r := prepare(t, c, sale())
	locked := c.config
	locked.SigningKey = func() string { return "" }
	strange := r
	strange.Call = "../elsewhere"
	for name, send := range map[string]func(resend bool) providers.Answer{
		"no key":         func(resend bool) providers.Answer { return client(t, locked).Send(t.Context(), r, resend) },
		"a strange call": func(resend bool) providers.Answer { return c.Send(t.Context(), strange, resend) },
	} {
		if first, again := send(false), send(true); first.State != providers.Refused || again.State != providers.Unknown || first.KeySuspected || again.KeySuspected {
			t.Errorf("%s: %s first, %s again", name, first.State, again.State)
		}
		if first, again := send(false), send(true); name == "no key" && (first.Reason != providers.NoKey || again.Reason != providers.NoKey) {
			t.Errorf("without a key it says %s first, %s again", first.Reason, again.Reason)
		}
	}
	if asked.Load() != 0 {
		t.Error("something was sent")
	}
}

func TestAServerThatDoesNotKnowTheDeviceIsASuspicionAndNoRefusal(t *testing.T) {
	for _, code := range []string{"ESIG01", "EAUT01"} {
		c := counter(t, func(w http.ResponseWriter, r *http.Request) {
			read(r)
			w.WriteHeader(http.StatusUnauthorized)
			io.WriteString(w, `{"x_status":"Error","x_code":"`+code+`","x_message":"no"}`)
		})
		a := c.Send(t.Context(), prepare(t, c, sale()), false)
		if a.State != providers.Unknown || !a.KeySuspected || a.Reason != providers.SuspectedKey || a.Code != code || a.HTTPStatus != 401 {
			t.Errorf("%s: %+v", code, a)
		}
	}
}

func TestAnUntrustedCertificateStopsTheRequestBeforeItLeaves(t *testing.T) {
	var asked atomic.Int32
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { asked.Add(1) }))
	server.TLS = &tls.Config{MinVersion: tls.VersionTLS12}
	server.Config.ErrorLog = quiet
	server.StartTLS()
	defer server.Close()
	c := client(t, settings(server.URL))
	a := c.Send(t.Context(), prepare(t, c, sale()), false)
	if a.State != providers.Refused || a.Reason != providers.Unreachable || asked.Load() != 0 {
		t.Errorf("%s %s, asked %d times", a.State, a.Reason, asked.Load())
	}
}

func TestPlainHTTPIsForThisMachineOnly(t *testing.T) {
	for base, want := range map[string]bool{
		"http://127.0.0.1:8199/oxipay/webapi/v1": true, "http://[::1]:8199": true, "http://localhost": true,
		"https://pos.example.com/webapi/v1/": true,
		"http://pos.example.com/webapi/v1":   false, "http://10.0.0.5": false, "http://localhost.example.com": false,
		"ftp://127.0.0.1": false, "": false,
	} {
		if _, err := New(settings(base)); (err == nil) != want {
			t.Errorf("%q: %v", base, err)
		} else if err != nil && strings.Contains(err.Error(), testKey) {
			t.Error("the key stands in the error")
		}
	}
}

func TestABankGetsSeventyFiveSecondsUnlessTheSettingsSayOtherwise(t *testing.T) {
	for _, c := range []struct {
		order             providers.Order
		authorise, invite time.Duration
		want              time.Duration
	}{
		{sale(), 0, 0, 75 * time.Second},
		{sale(), 90 * time.Second, 10 * time.Second, 90 * time.Second},
		{refund(), 0, 10 * time.Second, 75 * time.Second},
		{undo(), 0, 10 * time.Second, 75 * time.Second},
		{invitation(), 90 * time.Second, 0, 30 * time.Second},
		{invitation(), 90 * time.Second, 10 * time.Second, 10 * time.Second},
	} {
		synctest.Test(t, func(t *testing.T) {
			config := settings("http://127.0.0.1:1")
			config.Authorise, config.HTTP.Timeout = c.authorise, c.invite
			config.HTTP.Dial = func(context.Context, string, string) (net.Conn, error) {
				here, there := net.Pipe()
				go io.Copy(io.Discard, there)
				return here, nil
			}
			made := client(t, config)
			r, start := prepare(t, made, c.order), time.Now()
			a := made.Send(t.Context(), r, false)
			if a.State != providers.Unknown || a.Reason != providers.TimedOut {
				t.Errorf("%s: %s %s", c.order.Kind, a.State, a.Reason)
			}
			// The clock inside is not the machine's: this is exact.
			if waited := time.Since(start); waited != c.want {
				t.Errorf("%s waited %s, want %s", c.order.Kind, waited, c.want)
			}
		})
	}
}
