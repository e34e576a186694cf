package sandbox

// next is what PlayNext waits with.
type next struct {
	fault Fault
	armed bool
}

// PlayNext plays a fault for the next call that begins something (an
// authorisation, an invitation, an invoice, a transfer) and has none already.
// Calling it again before that replaces the fault.
func (s *Server) PlayNext(f Fault) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.next = next{f, true}
}

// LoseNext lets the provider process the next call that begins something, and
// then cuts the connection before the first byte of the answer. Calling it
// again before that changes nothing.
func (s *Server) LoseNext() { s.PlayNext(Fault{Kind: LoseAnswer}) }

// Losing says whether LoseNext or PlayNext still waits for its call.
func (s *Server) Losing() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.next.armed
}

// Hold keeps the answer to every call that begins something waiting, after it
// was processed, until Release. The channel gives each call whose answer has
// begun to wait (also by a HoldAnswer fault); it holds 64, more are not told.
func (s *Server) Hold() <-chan Recorded {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.holding = true
	s.held = make(chan Recorded, 64)
	return s.held
}

// Release sends every answer that waits, and ends Hold.
func (s *Server) Release() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.holding = false
	if s.gate != nil {
		close(s.gate)
		s.gate = nil
	}
}

// closeGate makes the caller wait for the next Release; mu is held.
func (s *Server) closeGate(r Recorded) <-chan struct{} {
	if s.gate == nil {
		s.gate = make(chan struct{})
	}
	select {
	case s.held <- r:
	default: // nobody listens, or nobody keeps up
	}
	return s.gate
}

// decide is the fault for a call, and why: what Options.Fault gave, else what
// PlayNext waits with, else what the plan says. mu is held.
func (s *Server) decide(c *Call, came Recorded, asked Fault) (Fault, string) {
	planned, rule := s.player.fault(c) // asked always, so that every call is counted
	switch {
	case asked != Fault{}:
		return asked, "the program"
	case c.Begins && s.next.armed:
		f := s.next.fault
		s.next = next{}
		return f, "a key"
	case planned != Fault{}:
		return planned, rule
	case s.options.FaultCodes && c.Name == "oxipay.charge":
		if f, code := s.codes.fault(came.Body); code != "" {
			return f, "code " + code + "####"
		}
	}
	return Fault{}, ""
}
