//go:build linux && amd64

// Command tracer runs a program and stops it at its calls to the system: it
// counts them, writes them down, and at a chosen one kills the program or lets
// the call fail.
//
// strace can do the same for one thread at a time: it counts the calls of each
// thread for itself, and a Go program's writes wander between threads. Here
// they have one order and one number.
package main

import (
	"encoding/json"
	"os"
	"os/signal"
	"runtime"
	"strings"
	"syscall"
)

// Plan says what to trace and what to do; it is the first argument, as JSON.
type Plan struct {
	Calls []string // names of calls, as in the table
	Under string   // only files whose path begins so are counted
	Not   string   // but none whose path ends so; "" leaves nothing out
	Log   string   // the file for a line of JSON per call; "" for none
	Data  bool     // with what was written
	Sent  bool     // nothing is counted before something went out on a socket
	At    int      // the number of the call at which something is done, from 1
	Until int      // the last one; 0 for At alone, -1 for all that follow
	Do    string   // one of the deeds
	Errno int      // of the deed "fail"
}

// The deeds.
const (
	killBefore = "kill before" // the call is never made
	killAfter  = "kill after"  // and nothing comes after it
	killHalf   = "kill half"   // only half of it is written
	failIt     = "fail"        // the call is not made and fails with Errno
)

func main() {
	// What ends the program is for the program to hear, which gets it too.
	signal.Notify(make(chan os.Signal, 1), syscall.SIGTERM, syscall.SIGINT, syscall.SIGHUP)
	// The filter is this thread's and its children's alone. No other thread may
	// be made from it, and it makes none of the traced calls itself.
	runtime.LockOSThread()
	var plan Plan
	if len(os.Args) < 3 || json.Unmarshal([]byte(os.Args[1]), &plan) != nil {
		end("usage: tracer PLAN PROGRAM [ARGUMENT…]")
	}
	t := &tracing{plan: plan, log: -1, known: map[int]bool{}, leaving: map[int]bool{}}
	if plan.Log != "" {
		var err error
		if t.log, err = syscall.Open(plan.Log, syscall.O_CREAT|syscall.O_WRONLY|syscall.O_APPEND|syscall.O_CLOEXEC, 0o600); err != nil {
			end("the log: " + err.Error())
		}
	}
	if err := filter(plan.Calls); err != nil {
		end("the filter: " + err.Error())
	}
	pid, err := syscall.ForkExec(os.Args[2], os.Args[2:], &syscall.ProcAttr{
		Env: os.Environ(), Files: []uintptr{0, 1, 2}, Sys: &syscall.SysProcAttr{Ptrace: true},
	})
	if err != nil {
		end("the program: " + err.Error())
	}
	os.Exit(t.run(pid))
}

// end says why; the filter may keep write away by now, so it is not write.
func end(why string) {
	writev(2, []byte("tracer: "+strings.TrimSpace(why)+"\n"))
	os.Exit(125)
}
