//go:build unix && !linux

package practice

import (
	"os"
	"os/exec"
	"syscall"
)

// bindToParent keeps signals meant for this process's group away from the child;
// its lifeline ends it with this process.
func bindToParent(cmd *exec.Cmd) { cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} }

func interrupt(process *os.Process) { _ = process.Signal(syscall.SIGTERM) }
