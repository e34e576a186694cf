package callbacks

import (
	"bufio"
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// street is a listener in memory: knock is a connection to it.
type street struct {
	comes chan net.Conn
	over  chan struct{}
}

func (l *street) Accept() (net.Conn, error) {
	select {
	case c := <-l.comes:
		return c, nil
	case <-l.over:
		return nil, net.ErrClosed
	}
}

func (l *street) Close() error {
	select {
	case <-l.over:
	default:
		close(l.over)
	}
	return nil
}

func (l *street) Addr() net.Addr { return &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1), Port: 1} }

// server is a stand that serves, in a bubble.
type server struct {
	*stand
	*street
	end   context.CancelFunc
	ended chan error
}

func serves(t *testing.T, story func(s *server)) {
	synctest.Test(t, func(t *testing.T) {
		s := &server{stand: newStand(t), street: &street{comes: make(chan net.Conn), over: make(chan struct{})}, ended: make(chan error, 1)}
		ctx, end := context.WithCancel(t.Context())
		s.end = end
		go func() { s.ended <- s.receiver.Serve(ctx, s.street) }()
		story(s)
		end()
		if err := <-s.ended; err != nil {
			t.Errorf("it ended with %v", err)
		}
	})
}

// knock opens a connection, or nil when nobody takes it now.
func (s *server) knock() net.Conn {
	ours, theirs := net.Pipe()
	synctest.Wait()
	select {
	case s.comes <- theirs:
		s.Cleanup(func() { ours.Close() })
		return ours
	default:
		return nil
	}
}

func (s *server) write(c net.Conn, text string) {
	s.Helper()
	if _, err := io.WriteString(c, text); err != nil {
		s.Fatal(err)
	}
}

// status reads one answer.
func (s *server) status(c net.Conn) (int, string) {
	s.Helper()
	answer, err := http.ReadResponse(bufio.NewReader(c), nil)
	if err != nil {
		s.Fatal(err)
	}
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		s.Fatal(err)
	}
	return answer.StatusCode, string(body)
}

const signed = "POST /oxapay HTTP/1.1\r\nHost: shop.example\r\nSigned: rightly\r\nContent-Length: 15\r\n\r\n"

func TestAReportOverTheWireIsAnsweredOk(t *testing.T) {
	serves(t, func(s *server) {
		c := s.knock()
		s.write(c, signed+`{"Order":"R-1"}`)
		if status, body := s.status(c); status != 200 || body != "ok" {
			t.Errorf("%d %q", status, body)
		}
		s.heard("R-1")
	})
}

func TestWhoIsSlowIsCutOff(t *testing.T) {
	serves(t, func(s *server) {
		began := time.Now()
		c := s.knock()
		s.write(c, "POST /oxapay HTTP/1.1\r\nHost: shop")
		rest, err := io.ReadAll(c)
		if err != nil || time.Since(began) > headerTime {
			t.Errorf("a header that never ends: %q, %v after %s", rest, err, time.Since(began))
		}
		began, c = time.Now(), s.knock()
		s.write(c, signed+`{"Order":`)
		if status, body := s.status(c); status != 400 || body != "" || time.Since(began) > readTime {
			t.Errorf("a report that never ends: %d %q after %s", status, body, time.Since(began))
		}
		s.heard("")
	})
}

func TestATooLongHeaderIsTurnedAway(t *testing.T) {
	serves(t, func(s *server) {
		c := s.knock()
		go func() {
			_, _ = io.WriteString(c, "POST /oxapay HTTP/1.1\r\nHost: shop.example\r\nX: "+strings.Repeat("x", 2*maxHeader)+"\r\n\r\n")
		}()
		if status, _ := s.status(c); status != 431 {
			t.Errorf("status %d", status)
		}
		s.heard("")
	})
}

func TestAnAnswerOnItsWayIsFinishedBeforeTheEnd(t *testing.T) {
	serves(t, func(s *server) {
		gate := make(chan struct{})
		s.books.during = func(context.Context) { <-gate }
		c := s.knock()
		s.write(c, signed+`{"Order":"R-1"}`)
		synctest.Wait()
		s.end()
		synctest.Wait()
		select {
		case err := <-s.ended:
			t.Fatalf("it ended in the midst of an answer: %v", err)
		default:
		}
		if s.knock() != nil {
			t.Error("a new report is taken")
		}
		close(gate)
		if status, body := s.status(c); status != 200 || body != "ok" {
			t.Errorf("%d %q", status, body)
		}
		s.heard("R-1")
	})
}

func TestMoreConnectionsThanThereIsRoomForWait(t *testing.T) {
	serves(t, func(s *server) {
		var all []net.Conn
		for range mostLines {
			all = append(all, s.knock())
		}
		if s.knock() != nil {
			t.Fatal("there is no limit")
		}
		all[0].Close()
		c := s.knock()
		if c == nil {
			t.Fatal("the room was not given back")
		}
		s.write(c, signed+`{"Order":"R-1"}`)
		if status, _ := s.status(c); status != 200 {
			t.Errorf("status %d", status)
		}
	})
}

func TestTheEndComesThoughThereIsNoRoom(t *testing.T) {
	serves(t, func(s *server) {
		for range mostLines {
			s.write(s.knock(), "POST /oxapay HTTP/1.1\r\n") // and no more
		}
		synctest.Wait()
		s.end()
		if err := <-s.ended; err != nil {
			t.Errorf("it ended with %v", err)
		}
		s.ended <- nil
	})
}

func TestAListenerThatBreaksEndsIt(t *testing.T) {
	s := newStand(t)
	broken := errors.New("broken")
	if err := s.receiver.Serve(t.Context(), deaf{broken}); !errors.Is(err, broken) {
		t.Errorf("it ended with %v", err)
	}
}

// deaf is a listener that accepts nothing.
type deaf struct{ err error }

func (d deaf) Accept() (net.Conn, error) { return nil, d.err }

func (d deaf) Close() error { return nil }

func (d deaf) Addr() net.Addr { return &net.TCPAddr{} }
