// Package lifeline ends a child process together with the supervisor that
// started it, on every operating system: the child's standard input is a pipe
// nobody writes to, and it closes when the supervisor is gone, however it went.
package lifeline

import (
	"io"
	"os"
)

// Variable marks a process whose standard input is a lifeline.
const Variable = "FLOWDECK_LIFELINE"

// Watch returns at once. In a process started with Variable=stdin, the process
// exits with code 143 as soon as its standard input ends.
func Watch() {
	if os.Getenv(Variable) != "stdin" {
		return
	}
	// A grandchild must not mistake its own standard input for the lifeline.
	_ = os.Unsetenv(Variable)
	go func() {
		_, _ = io.Copy(io.Discard, os.Stdin)
		os.Exit(143)
	}()
}
