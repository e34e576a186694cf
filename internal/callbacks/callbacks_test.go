package callbacks

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"strings"
	"sync"
	"testing"
	"testing/iotest"
	"testing/synctest"
	"time"

	"cashdesk/providers"
)

func TestAProvenReportIsAnsweredOkOnceItIsWrittenDown(t *testing.T) {
	s := newStand(t)
	s.books.during = func(ctx context.Context) {
		if _, limited := ctx.Deadline(); !limited {
			t.Error("a report may take for ever")
		}
	}
	s.sends(request("POST", "/oxapay", "rightly", `{"ID":"7","Order":"R-1"}`), 200)
	s.heard("R-1")
	s.sends(request("POST", "/oxapay", "rightly", `{"ID":"9","Order":"nobody's"}`), 200)
	s.heard("R-1")
	s.sends(request("POST", "/oxapay", "rightly", `{"ID":"7","Order":"R-2"}`), 200) // it may contradict what is final
	s.heard("R-1 R-2")
}

func TestWhatCannotBeWrittenDownComesAgain(t *testing.T) {
	s := newStand(t)
	s.books.fault = errors.New("the disk is full")
	s.sends(request("POST", "/oxapay", "rightly", `{"ID":"7","Order":"R-1"}`), 503)
	s.sends(request("POST", "/xaigate", "", `{"Order":"R-1"}`), 503)
	if !strings.Contains(s.log.String(), "the disk is full") {
		t.Errorf("the log does not say why: %s", s.log)
	}
}

func TestAProvenReportWhoseWritingFailsComesAgain(t *testing.T) {
	s := newStand(t)
	s.books.silent = errors.New("the disk is full")
	s.sends(request("POST", "/oxapay", "rightly", `{"ID":"7","Order":"R-1"}`), 503)
	s.heard("R-1")
}

func TestAReportThatCannotBeCheckedForWantOfTheKeyComesAgain(t *testing.T) {
	s := newStand(t)
	s.oxapay.noKey = true
	s.sends(request("POST", "/oxapay", "rightly", `{"Order":"R-1"}`), 503)
	s.heard("")
	s.oxapay.noKey = false // a manager sets it
	s.sends(request("POST", "/oxapay", "rightly", `{"Order":"R-1"}`), 200)
	s.heard("R-1")
}

func TestAWrongSignatureChangesNothingAndTellsNothing(t *testing.T) {
	s := newStand(t)
	s.sends(request("POST", "/oxapay", "wrongly", `{"Order":"R-1","Note":"4000001234567899"}`), 403)
	s.sends(request("POST", "/oxapay", "", `4000001234567899`), 403)
	s.sends(request("POST", "/xaigate", "", `<4000001234567899>`), 403)
	s.heard("")
	log := s.log.String()
	if strings.Contains(log, "4000001234567899") || !strings.Contains(log, "the signature is wrong") {
		t.Errorf("the log says %s", log)
	}
}

func TestAFloodDoesNotFillTheLog(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newStand(t)
		defer s.receiver.Close()
		lines := func(want int, holds string) {
			t.Helper()
			log := s.log.String()
			if got := strings.Count(log, "\n"); got != want || !strings.Contains(log, holds) {
				t.Errorf("%d lines, want %d with %q:\n%s", got, want, holds, log)
			}
		}
		for range 1000 {
			s.sends(request("POST", "/xaigate", "", "?"), 403)
			s.sends(request("POST", "/oxapay", "wrongly", "?"), 403)
		}
		lines(2, "count=1")
		s.books.fault = errors.New("the disk is full")
		for range 1000 {
			s.sends(request("POST", "/xaigate", "", `{"Order":"R-1"}`), 503)
		}
		lines(3, "the disk is full")
		time.Sleep(sayPause)
		s.sends(request("POST", "/xaigate", "", "?"), 403)
		lines(4, "count=1000")
	})
}

func TestTheKeysAreReadAgainBeforeAReportIs(t *testing.T) {
	s := newStand(t)
	s.oxapay.noKey = true
	s.receiver.config.Fresh = func() { s.oxapay.noKey = false }
	s.sends(request("POST", "/oxapay", "rightly", `{"Order":"R-1"}`), 200)
	s.heard("R-1")
}

func TestOnlyAPostToAPathWrittenExactlySoIsFound(t *testing.T) {
	s := newStand(t)
	for _, path := range []string{
		"/", "/oxapay/", "//oxapay", "/oxapay/x", "/OxaPay", "/%6fxapay", "/./oxapay", "/x/../oxapay", "/oxipay", "/payneteasy",
		"/oxapay%2f", "/oxapay;x", "/favicon.ico", "/debug/pprof/",
	} {
		s.sends(request("POST", path, "rightly", `{"Order":"R-1"}`), 404)
	}
	for _, method := range []string{"GET", "HEAD", "PUT", "DELETE", "OPTIONS", "TRACE", "CONNECT", "PATCH", "post", "X"} {
		s.sends(request(method, "/oxapay", "rightly", `{"Order":"R-1"}`), 404)
	}
	s.heard("")
	s.sends(request("POST", "/oxapay?from=oxapay", "rightly", `{"Order":"R-1"}`), 200) // callback_url may have one
	s.heard("R-1")
}

func TestAnOverlongOrCutReportIsNotRead(t *testing.T) {
	s := newStand(t)
	long := `{"Order":"R-1"}` + strings.Repeat(" ", maxBody)
	s.sends(request("POST", "/oxapay", "rightly", long), 413)
	chunked := request("POST", "/oxapay", "rightly", "")
	chunked.Body, chunked.ContentLength = io.NopCloser(strings.NewReader(long)), -1
	s.sends(chunked, 413)
	cut := request("POST", "/oxapay", "rightly", "")
	cut.Body = io.NopCloser(io.MultiReader(strings.NewReader(`{"Order":"R-1"}`), iotest.ErrReader(io.ErrUnexpectedEOF)))
	s.sends(cut, 400)
	s.heard("")
	s.sends(request("POST", "/oxapay", "rightly", long[:maxBody]), 200)
	s.heard("R-1")
}

func TestAFloodOfOneProvidersReportsKeepsNoneOfTheOthersWaiting(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newStand(t)
		defer s.receiver.Close()
		gate := make(chan struct{})
		s.books.during = func(context.Context) { <-gate }
		var all sync.WaitGroup
		for range mostAtOnce {
			all.Go(func() { s.sends(request("POST", "/oxapay", "rightly", `{"Order":"R-1"}`), 200) })
		}
		synctest.Wait()
		s.sends(request("POST", "/oxapay", "rightly", `{"Order":"R-1"}`), 503) // it waited its time
		s.sends(request("POST", "/xaigate", "", `{"Order":"nobody's"}`), 200)
		s.sends(request("POST", "/oxapay", "rightly", strings.Repeat(" ", maxBody+1)), 413) // what is not heard does not wait
		all.Go(func() { s.sends(request("POST", "/oxapay", "rightly", `{"Order":"R-2"}`), 200) })
		synctest.Wait()
		if n := len(s.books.heard); n != mostAtOnce {
			t.Errorf("%d are heard at a time", n)
		}
		close(gate)
		all.Wait()
		if n := len(s.books.heard); n != mostAtOnce+1 {
			t.Errorf("%d were heard", n)
		}
	})
}

func TestWhoHangsUpHasReportedAllTheSame(t *testing.T) {
	s := newStand(t)
	ctx, hangUp := context.WithCancel(t.Context())
	s.books.during = func(ctx context.Context) {
		hangUp()
		if ctx.Err() != nil {
			t.Error("the writing was cut off with the connection")
		}
	}
	r := request("POST", "/oxapay", "rightly", `{"Order":"R-1"}`).WithContext(ctx)
	s.sends(r, 200)
	s.heard("R-1")
}

func TestOnlyGatewaysThatReportHaveAPath(t *testing.T) {
	s := newStand(t)
	if got := s.receiver.Providers(); len(got) != 2 || got[0] != providers.OxaPay || got[1] != providers.XaiGate {
		t.Errorf("heard are %v", got)
	}
}

// FuzzAReport: whatever comes, nobody who has not signed it makes the till write
// anything, and no answer says more than a status.
func FuzzAReport(f *testing.F) {
	f.Add("POST", "/oxapay", "wrongly", []byte(`{"Order":"R-1"}`))
	f.Add("POST", "/xaigate", "", []byte(`{"Order":"R-2"}`))
	f.Add("GET", "/%2e%2e/oxapay", "rightly", []byte{0xff})
	f.Fuzz(func(t *testing.T, method, path, signed string, body []byte) {
		if signed == "rightly" {
			signed = ""
		}
		r, err := http.NewRequest(method, "http://shop.example"+path, bytes.NewReader(body))
		if err != nil {
			return
		}
		if r.Header.Set("Signed", signed); strings.Contains(string(body), "R-1") {
			return // a hint about an open invoice is asked about
		}
		s := newStand(t)
		w := &answer{header: http.Header{}}
		s.receiver.ServeHTTP(w, r)
		if text := w.body.String(); text != "" && text != "ok" {
			t.Errorf("the answer says %q", text)
		}
		s.heard("")
	})
}

// answer is what came back, with a method of any kind.
type answer struct {
	header http.Header
	status int
	body   bytes.Buffer
}

func (a *answer) Header() http.Header { return a.header }

func (a *answer) WriteHeader(status int) { a.status = status }

func (a *answer) Write(p []byte) (int, error) { return a.body.Write(p) }
