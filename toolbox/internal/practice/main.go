// Package practice runs a practice cluster: a real Kubernetes control plane on
// 127.0.0.1 whose nodes and pods are simulated.
package practice

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"
	"time"
)

const (
	contextName = "practice"
	// Version of what control.json and the control address speak.
	controlVersion    = "1"
	kubernetesVersion = "v1.36.3"

	exitFailed  = 1
	exitUsage   = 2
	exitRunning = 3
)

// Main runs `practice run` and gives the exit code: 3 says that the folder's
// cluster has a supervisor already.
func Main(args []string) int {
	if len(args) == 0 || args[0] != "run" {
		fmt.Fprintln(os.Stderr, "usage: practice run --dir DIR [--nodes 3] [--pod-ready 1s-3s] [--owner app|cli]")
		return exitUsage
	}
	flags := flag.NewFlagSet("practice run", flag.ContinueOnError)
	dir := flags.String("dir", "", "folder of the cluster; made if missing")
	nodes := flags.Int("nodes", 0, "number of simulated nodes, 1 to 50 (default: as before, at first 3)")
	ready := flags.String("pod-ready", "", "how long a pod takes to become Ready, as MIN-MAX (default: as before, at first 1s-3s)")
	owner := flags.String("owner", "cli", "who asked for the cluster: app or cli")
	if err := flags.Parse(args[1:]); err != nil {
		return exitUsage
	}
	changes, err := parseChanges(*nodes, *ready)
	if err == nil && *dir == "" {
		err = errors.New("--dir is missing")
	}
	if err == nil && *owner != "app" && *owner != "cli" {
		err = fmt.Errorf("--owner is app or cli, not %q", *owner)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "practice:", err)
		return exitUsage
	}
	absolute, err := filepath.Abs(*dir)
	if err != nil {
		fmt.Fprintln(os.Stderr, "practice:", err)
		return exitFailed
	}
	return run(absolute, changes, *owner)
}

func run(dir string, changes Settings, owner string) int {
	started := time.Now()
	s, err := newSupervisor(dir, changes, owner, started)
	if errors.Is(err, errLocked) {
		fmt.Fprintln(os.Stderr, "practice:", err)
		return exitRunning
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "practice:", err)
		return exitFailed
	}
	// The supervisor outlives the terminal it was started from.
	signal.Ignore(syscall.SIGHUP)
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
	go func() {
		<-signals
		s.requestStop()
	}()
	s.run()
	return 0
}
