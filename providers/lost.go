package providers

// Losing is a gateway that says itself what becomes of a request whose answer
// is lost, where that depends on how it was sent.
type Losing interface {
	// Lost is Unknown where it can be found out, and Refused where it does not
	// matter: nobody can pay what may have been made, since its link was never
	// shown.
	Lost(Kind) State
}
