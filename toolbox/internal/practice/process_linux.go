package practice

import (
	"os"
	"os/exec"
	"syscall"
)

// bindToParent makes the kernel end the child when this process is gone, and
// keeps signals meant for this process's group away from it: the order of a stop
// is the supervisor's business.
func bindToParent(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGKILL}
}

func interrupt(process *os.Process) { _ = process.Signal(syscall.SIGTERM) }
