package cli

import (
	"bufio"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
)

// nobody is a user without rights, as which a test that is root can run a
// program: root's own processes belong to root whether dumpable or not.
const nobody = 65534

// inTheOpen runs a command with core files allowed, in a folder where it may
// write, as somebody who is not root, until it says something.
func inTheOpen(t *testing.T, dir string, command ...string) *exec.Cmd {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "sh", append([]string{"-c", `ulimit -c unlimited 2>/dev/null; exec "$@"`, "sh"}, command...)...)
	cmd.Dir = dir
	cmd.Env = []string{"HOME=" + dir, "GOTRACEBACK=crash", "PATH=" + os.Getenv("PATH")}
	if os.Getuid() == 0 {
		cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: nobody, Gid: nobody}}
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = cmd.Process.Kill(); _ = cmd.Wait() })
	if line, err := bufio.NewReader(out).ReadString('\n'); err != nil {
		t.Fatalf("it said %q, then %v", line, err)
	}
	return cmd
}

// openPlace is a folder in which everybody may write, with the program in it: who
// may not read a program cannot be dumped for that reason alone.
func openPlace(t *testing.T) (dir, program string) {
	t.Helper()
	dir, err := os.MkdirTemp("", "cashdesk-core-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	data, err := os.ReadFile(built.binary(t, "cashdesk"))
	if err != nil {
		t.Fatal(err)
	}
	program = filepath.Join(dir, "cashdesk")
	if err := os.WriteFile(program, data, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(dir, 0o777); err != nil {
		t.Fatal(err)
	}
	return dir, program
}

// closed says that a process's memory is closed to its own user.
func closed(t *testing.T, pid int) bool {
	t.Helper()
	info, err := os.Stat(filepath.Join("/proc", strconv.Itoa(pid), "mem"))
	if err != nil {
		t.Fatal(err)
	}
	return info.Sys().(*syscall.Stat_t).Uid == 0
}

func TestTheMemoryOfARunningCashdeskIsClosedAndLeavesNoCore(t *testing.T) {
	dir, program := openPlace(t)
	other := inTheOpen(t, dir, "sh", "-c", "echo here; exec sleep 60")
	if closed(t, other.Process.Pid) {
		t.Fatal("every process looks closed: this test could not fail")
	}
	cmd := inTheOpen(t, dir, program, "sandbox", "--listen", "127.0.0.1:0")
	if !closed(t, cmd.Process.Pid) {
		t.Error("other programs of the same user can read its memory")
	}
	limits, err := os.ReadFile(filepath.Join("/proc", strconv.Itoa(cmd.Process.Pid), "limits"))
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(limits)) {
		if f := strings.Fields(line); strings.HasPrefix(line, "Max core file size") && (f[4] != "0" || f[5] != "0") {
			t.Errorf("it may write core files: %s", line)
		}
	}
	crashes(t, cmd)
	if left := cores(t, dir); len(left) > 0 {
		t.Errorf("it left %q", left)
	}
	crashes(t, other)
	if len(cores(t, dir)) == 0 {
		t.Log("this system leaves no core of any program here (see /proc/sys/kernel/core_pattern)")
	}
}

// crashes ends a program as a fault of its own would.
func crashes(t *testing.T, cmd *exec.Cmd) {
	t.Helper()
	if err := cmd.Process.Signal(syscall.SIGABRT); err != nil {
		t.Fatal(err)
	}
	err := cmd.Wait()
	if status, ok := cmd.ProcessState.Sys().(syscall.WaitStatus); !ok || !status.Signaled() || status.Signal() != syscall.SIGABRT {
		t.Fatalf("it did not end by the signal: %v", err)
	}
}

// cores are the files that were not there before.
func cores(t *testing.T, dir string) []string {
	t.Helper()
	all, err := filepath.Glob(filepath.Join(dir, "*core*"))
	if err != nil {
		t.Fatal(err)
	}
	return all
}
