// Package crash tries to make the built program lose a payment by ending it:
// killed at any moment and at every write of its files, cut off from power
// with unsynced writes torn, reordered and dropped, and with a disk that
// fails at any call. After each the journal is compared with the provider's
// own ledger.
//
// It is tests only. The program that is killed is the one that ships, on a
// pseudo-terminal, with its keystore and journal on disk, against a sandbox of
// the test's own:
//
//	go test ./internal/crash -run '^TestKilledAtAnyMomentNothingIsLost$' -tries=10000 -timeout=0
package crash
