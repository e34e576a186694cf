//go:build linux && amd64

package main

import (
	"fmt"
	"syscall"
	"unsafe"
)

// numbers are the calls that can be traced.
var numbers = map[string]uint32{
	"write": syscall.SYS_WRITE, "pwrite64": syscall.SYS_PWRITE64, "fsync": syscall.SYS_FSYNC, "fdatasync": syscall.SYS_FDATASYNC,
	"ftruncate": syscall.SYS_FTRUNCATE, "fallocate": syscall.SYS_FALLOCATE,
	"open": syscall.SYS_OPEN, "openat": syscall.SYS_OPENAT, "unlink": syscall.SYS_UNLINK, "unlinkat": syscall.SYS_UNLINKAT,
	"rename": syscall.SYS_RENAME, "renameat": syscall.SYS_RENAMEAT, "renameat2": 316, "link": syscall.SYS_LINK, "linkat": syscall.SYS_LINKAT,
	"connect": syscall.SYS_CONNECT, "sendto": syscall.SYS_SENDTO,
}

// Of the kernel's prctl.h, seccomp.h and ptrace.h.
const (
	setNoNewPrivs  = 38
	setSeccomp     = 22
	modeFilter     = 2
	retTrace       = 0x7ff00000
	retAllow       = 0x7fff0000
	traceSeccomp   = 0x80
	exitKill       = 0x100000
	eventOfSeccomp = 7
)

// filter makes the kernel stop this thread's children at the calls, and at no
// others: every stop costs more than the call.
func filter(names []string) error {
	program := []syscall.SockFilter{{Code: syscall.BPF_LD | syscall.BPF_W | syscall.BPF_ABS}} // the call's number
	for _, name := range names {
		number, ok := numbers[name]
		if !ok {
			return fmt.Errorf("no call is named %q", name)
		}
		program = append(program,
			syscall.SockFilter{Code: syscall.BPF_JMP | syscall.BPF_JEQ | syscall.BPF_K, Jf: 1, K: number},
			syscall.SockFilter{Code: syscall.BPF_RET | syscall.BPF_K, K: retTrace})
	}
	program = append(program, syscall.SockFilter{Code: syscall.BPF_RET | syscall.BPF_K, K: retAllow})
	if _, _, errno := syscall.RawSyscall6(syscall.SYS_PRCTL, setNoNewPrivs, 1, 0, 0, 0, 0); errno != 0 {
		return errno
	}
	prog := syscall.SockFprog{Len: uint16(len(program)), Filter: &program[0]}
	if _, _, errno := syscall.RawSyscall(syscall.SYS_PRCTL, setSeccomp, modeFilter, uintptr(unsafe.Pointer(&prog))); errno != 0 {
		return errno
	}
	return nil
}
