package cli

import (
	"errors"
	"fmt"
	"net"
	"strconv"
	"syscall"

	"cashdesk/providers"
)

// bind takes an address and port of this machine for one of our servers.
func bind(server, address string) (net.Listener, error) {
	if _, port, err := net.SplitHostPort(address); err == nil {
		if _, err := strconv.ParseUint(port, 10, 16); err != nil {
			return nil, providers.Invalid("listen", fmt.Sprintf("%q is not a port", port), "a port is a number from 0 to 65535; 0 takes any that is free")
		}
	}
	listener, err := net.Listen("tcp", address)
	if err != nil {
		hint := "choose another port with --listen"
		if errors.Is(err, syscall.EADDRINUSE) {
			hint = "another program has it; " + hint
		}
		return nil, &providers.Error{Kind: providers.Input, Field: "listen", Text: server + " cannot listen on " + address, Hint: hint, Err: err}
	}
	return listener, nil
}
