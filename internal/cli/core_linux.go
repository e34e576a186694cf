package cli

import "syscall"

// prSetDumpable is PR_SET_DUMPABLE of <linux/prctl.h>, which syscall does not name.
const prSetDumpable = 4

// keepMemory keeps the keys out of core files. The limit alone is not enough:
// where the system pipes cores to a collector the kernel does not look at it.
// A process that is not dumpable is also closed to the debuggers, and its
// /proc entries to the other programs, of the same user. What fails here must
// not keep a shop from selling.
func keepMemory() {
	_ = syscall.Setrlimit(syscall.RLIMIT_CORE, &syscall.Rlimit{})
	_, _, _ = syscall.RawSyscall(syscall.SYS_PRCTL, prSetDumpable, 0, 0)
}
