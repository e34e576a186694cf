//go:build linux && amd64

package main

import (
	"bytes"
	"strings"
	"syscall"
	"unsafe"
)

// read says what a call is about to do.
func (t *tracing) read(tid int, r *syscall.PtraceRegs) Op {
	op := Op{}
	for name, number := range numbers {
		if uint64(number) == r.Orig_rax {
			op.Call = name
		}
	}
	switch op.Call {
	case "open":
		op.Path, op.Flags = text(tid, r.Rdi), int64(r.Rsi)
	case "openat":
		op.Path, op.Flags = text(tid, r.Rsi), int64(r.Rdx)
	case "unlink":
		op.Path = text(tid, r.Rdi)
	case "unlinkat":
		op.Path = text(tid, r.Rsi)
	case "rename", "link":
		op.Path, op.To = text(tid, r.Rdi), text(tid, r.Rsi)
	case "renameat", "renameat2", "linkat":
		op.Path, op.To = text(tid, r.Rsi), text(tid, r.R10)
	case "ftruncate":
		op.Path, op.Length = t.file(r.Rdi), int64(r.Rsi)
	case "write", "sendto", "pwrite64":
		op.Path, op.Length = t.file(r.Rdi), int64(r.Rdx)
		if op.Call == "pwrite64" {
			op.Offset = int64(r.R10)
		}
		if t.plan.Data && strings.HasPrefix(op.Path, t.plan.Under) {
			op.Data = memory(tid, r.Rsi, int(r.Rdx))
		}
	default:
		op.Path = t.file(r.Rdi)
	}
	return op
}

// text reads a path, which is at most a page long.
func text(tid int, at uint64) string {
	// Up to the end of the page first: the next one may not be there.
	first := int(4096 - at%4096)
	p := memory(tid, at, first)
	if bytes.IndexByte(p, 0) < 0 {
		p = append(p, memory(tid, at+uint64(first), 4096)...)
	}
	before, _, _ := bytes.Cut(p, []byte{0})
	return string(before)
}

const processVMReadv = 310

// memory reads the program's memory.
func memory(tid int, at uint64, n int) []byte {
	if n <= 0 {
		return nil
	}
	p := make([]byte, n)
	ours := syscall.Iovec{Base: &p[0], Len: uint64(n)}
	theirs := struct{ base, length uint64 }{at, uint64(n)}
	got, _, errno := syscall.RawSyscall6(processVMReadv, uintptr(tid), uintptr(unsafe.Pointer(&ours)), 1, uintptr(unsafe.Pointer(&theirs)), 1, 0)
	if errno != 0 {
		return nil
	}
	return p[:got]
}

// writev writes without write, which this thread is not allowed.
func writev(fd int, p []byte) {
	v := syscall.Iovec{Base: &p[0], Len: uint64(len(p))}
	_, _, _ = syscall.RawSyscall(syscall.SYS_WRITEV, uintptr(fd), uintptr(unsafe.Pointer(&v)), 1)
}
