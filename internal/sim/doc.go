// Package sim holds the simulator: one seed is one counter with random staff,
// random provider faults and random crashes, on the program's own till,
// journal and clients, with the sandbox at the other end of a network in
// memory. After each run the journal and the provider's ledger are compared.
//
// It is tests only. Time is that of a testing/synctest bubble: a wait costs
// nothing, and it passes only when everything is at rest. Every timer and
// every delay ends at a nanosecond of its own, so one thing happens at a time
// and a seed tells the same story each time it is played:
//
//	go test ./internal/sim -run TestSeed -seed=4711
//	go test ./internal/sim -run BooksAgree -tries=100000 -timeout=0
package sim
