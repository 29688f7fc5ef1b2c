package practice

import (
	"os"
	"os/exec"
	"syscall"
)

// bindToParent keeps console signals away from the child; its lifeline ends it
// with this process.
func bindToParent(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{CreationFlags: syscall.CREATE_NEW_PROCESS_GROUP}
}

// interrupt ends the process: Windows has no polite signal for one without a console.
func interrupt(process *os.Process) { _ = process.Kill() }
