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
	over chan struct{} // closed with the listener
	once sync.Once
}

// limited accepts at most mostLines connections at a time.
func limited(l net.Listener) net.Listener {
	return &lines{Listener: l, room: make(chan struct{}, mostLines), over: make(chan struct{})}
}

// Accept waits for room, and then for the next connection.
func (l *lines) Accept() (net.Conn, error) {
	select {
	case l.room <- struct{}{}:
	case <-l.over:
		return nil, net.ErrClosed
	}
	c, err := l.Listener.Accept()
	if err != nil {
		<-l.room
		return nil, err
	}
	return &oneLine{Conn: c, free: sync.OnceFunc(func() { <-l.room })}, nil
}

// Close ends the listener, and whoever waits for room.
func (l *lines) Close() error {
	l.once.Do(func() { close(l.over) })
	return l.Listener.Close()
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
