package callbacks

import (
	"net"
	"sync"
)

// mostLines is how many connections are open at a time; more wait.
const mostLines = 256

// lines is a listener with room for so many connections.
type lines struct {
	net.Listener
	room chan struct{}
}

// limited accepts at most mostLines connections at a time.
func limited(l net.Listener) net.Listener { return &lines{l, make(chan struct{}, mostLines)} }

// Accept waits for room, and then for the next connection. The server's end closes
// all connections, so that it does not wait for ever.
func (l *lines) Accept() (net.Conn, error) {
	l.room <- struct{}{}
	c, err := l.Listener.Accept()
	if err != nil {
		<-l.room
		return nil, err
	}
	return &oneLine{Conn: c, free: sync.OnceFunc(func() { <-l.room })}, nil
}

// oneLine is a connection that gives its room back.
type oneLine struct {
	net.Conn
	free func()
}

// Close closes the connection.
func (l *oneLine) Close() error {
	l.free()
	return l.Conn.Close()
}
