//go:build linux && amd64

package main

import (
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"syscall"
)

// tracing is one run of a program under the plan.
type tracing struct {
	plan    Plan
	log     int
	main    int
	known   map[int]bool // threads that have had their first stop
	leaving map[int]bool // threads at whose next stop the program is killed
	count   int
	sent    bool // something went out on a socket
}

// run goes from stop to stop until the program has ended, and gives its exit
// code as a shell does.
func (t *tracing) run(pid int) int {
	t.main = pid
	t.known[pid] = true
	var status syscall.WaitStatus
	if _, err := syscall.Wait4(pid, &status, syscall.WALL, nil); err != nil || !status.Stopped() {
		end(fmt.Sprintf("the program did not start: %v", err))
	}
	const options = syscall.PTRACE_O_TRACECLONE | syscall.PTRACE_O_TRACESYSGOOD | traceSeccomp | exitKill
	if err := syscall.PtraceSetOptions(pid, options); err != nil {
		end("ptrace: " + err.Error())
	}
	_ = syscall.PtraceCont(pid, 0)
	for {
		tid, err := syscall.Wait4(-1, &status, syscall.WALL, nil)
		switch {
		case err == syscall.EINTR:
		case err != nil:
			end("wait: " + err.Error())
		case tid == pid && status.Exited():
			return status.ExitStatus()
		case tid == pid && status.Signaled():
			return 128 + int(status.Signal())
		case status.Stopped():
			t.stopped(tid, status)
		}
	}
}

// stopped lets a thread go on. That it may be dead by now is no error.
func (t *tracing) stopped(tid int, status syscall.WaitStatus) {
	signal := status.StopSignal()
	switch {
	case signal == syscall.SIGTRAP && status.TrapCause() == eventOfSeccomp:
		t.call(tid)
		return
	case t.leaving[tid] && signal == syscall.SIGTRAP|0x80:
		t.kill()
		return
	case signal == syscall.SIGTRAP:
		signal = 0 // a new thread was made
	case signal == syscall.SIGSTOP && !t.known[tid]:
		signal = 0 // its first stop
	}
	t.known[tid] = true
	_ = syscall.PtraceCont(tid, int(signal))
}

func (t *tracing) kill() { _ = syscall.Kill(t.main, syscall.SIGKILL) }

// Op is a line of the log.
type Op struct {
	N      int // among the counted ones; 0 for one that is not
	Call   string
	Path   string // of the file, or as given
	To     string `json:",omitempty"` // of a rename or link
	Offset int64  `json:",omitempty"`
	Length int64  `json:",omitempty"`
	Flags  int64  `json:",omitempty"`
	Data   []byte `json:",omitempty"`
	Done   string `json:",omitempty"` // the deed
}

// call looks at a call that is about to be made.
func (t *tracing) call(tid int) {
	var regs syscall.PtraceRegs
	if syscall.PtraceGetRegs(tid, &regs) != nil {
		return // it is dead
	}
	op := t.read(tid, &regs)
	mine := strings.HasPrefix(op.Path, t.plan.Under) && (t.plan.Not == "" || !strings.HasSuffix(op.Path, t.plan.Not))
	t.sent = t.sent || op.Call == "write" && strings.HasPrefix(op.Path, "socket:")
	if mine && (t.sent || !t.plan.Sent) {
		t.count++
		op.N = t.count
		if t.due() {
			op.Done = t.plan.Do
		}
	}
	if mine || strings.HasPrefix(op.Path, "socket:") {
		t.note(op)
	}
	t.act(tid, &regs, op)
}

func (t *tracing) due() bool {
	p := t.plan
	return p.At > 0 && t.count >= p.At && (t.count == p.At || t.count <= p.Until || p.Until < 0)
}

func (t *tracing) act(tid int, regs *syscall.PtraceRegs, op Op) {
	switch op.Done {
	case killBefore:
		t.kill()
		return
	case killHalf:
		if op.Call == "pwrite64" || op.Call == "write" {
			regs.Rdx /= 2
			_ = syscall.PtraceSetRegs(tid, regs)
		}
		fallthrough
	case killAfter:
		t.leaving[tid] = true
		_ = syscall.PtraceSyscall(tid, 0)
		return
	case failIt:
		regs.Orig_rax = ^uint64(0) // no call at all
		regs.Rax = uint64(-int64(t.plan.Errno))
		_ = syscall.PtraceSetRegs(tid, regs)
	}
	_ = syscall.PtraceCont(tid, 0)
}

// note writes the line with a call that is not filtered.
func (t *tracing) note(op Op) {
	if t.log < 0 {
		return
	}
	line, err := json.Marshal(op)
	if err != nil {
		end(err.Error())
	}
	writev(t.log, append(line, '\n'))
}

// file is what a descriptor of the program stands for.
func (t *tracing) file(fd uint64) string {
	path, _ := os.Readlink(fmt.Sprintf("/proc/%d/fd/%d", t.main, int32(fd)))
	return path
}
