package practice

import (
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"sync"
	"time"

	"flowdeck/toolbox/internal/lifeline"
)

const (
	maxRestarts   = 3
	restartWindow = time.Minute
)

// child is one program the supervisor keeps running.
type child struct {
	name string
	log  *logFile
	// env is added to the clean environment.
	env []string
	// failed is called once, when the program has died too often.
	failed func(name string, lastLines []string)

	mutex    sync.Mutex
	args     []string
	process  *os.Process
	lifeline io.Closer
	exited   chan struct{}
	stopping bool
	deaths   []time.Time
}

func newChild(logs, name string, failed func(string, []string), env ...string) (*child, error) {
	log, err := openLog(filepath.Join(logs, name+".log"))
	if err != nil {
		return nil, err
	}
	return &child{name: name, log: log, env: env, failed: failed}, nil
}

// start runs the program and keeps it running until stop.
func (c *child) start(args []string) error {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	c.args, c.stopping = args, false
	return c.spawn()
}

func (c *child) spawn() error {
	self, err := os.Executable()
	if err != nil {
		return err
	}
	cmd := exec.Command(self)
	cmd.Args = append([]string{c.name}, c.args...)
	cmd.Env = append(cleanEnvironment(), append(c.env, lifeline.Variable+"=stdin")...)
	cmd.Stdout, cmd.Stderr = c.log, c.log
	// The pipe's other end stays with this process: see package lifeline.
	input, err := cmd.StdinPipe()
	if err != nil {
		return err
	}
	bindToParent(cmd)
	if err := startOnOwnThread(cmd); err != nil {
		return fmt.Errorf("start %s: %w", c.name, err)
	}
	c.process, c.lifeline, c.exited = cmd.Process, input, make(chan struct{})
	go c.wait(cmd, c.exited)
	return nil
}

func (c *child) wait(cmd *exec.Cmd, exited chan struct{}) {
	err := cmd.Wait()
	close(exited)
	c.mutex.Lock()
	defer c.mutex.Unlock()
	if c.stopping {
		return
	}
	now := time.Now()
	c.deaths = slices.DeleteFunc(append(c.deaths, now), func(at time.Time) bool { return now.Sub(at) > restartWindow })
	fmt.Fprintf(c.log, "supervisor: %s ended unexpectedly (%v), death %d within a minute\n", c.name, err, len(c.deaths))
	if len(c.deaths) > maxRestarts {
		go c.failed(c.name, c.log.tail())
		return
	}
	delay := time.Duration(len(c.deaths)) * 300 * time.Millisecond
	time.AfterFunc(delay, func() {
		c.mutex.Lock()
		defer c.mutex.Unlock()
		if c.stopping {
			return
		}
		if err := c.spawn(); err != nil {
			go c.failed(c.name, []string{err.Error()})
		}
	})
}

// stop ends the program and waits for it; what has not ended after the grace
// period is killed.
func (c *child) stop(grace time.Duration) {
	c.mutex.Lock()
	c.stopping = true
	process, exited := c.process, c.exited
	c.mutex.Unlock()
	if process == nil {
		return
	}
	interrupt(process)
	select {
	case <-exited:
	case <-time.After(grace):
		_ = process.Kill()
		<-exited
	}
}

// restart runs the program again with other arguments.
func (c *child) restart(args []string) error {
	c.stop(3 * time.Second)
	return c.start(args)
}

// cleanEnvironment is what the programs need and nothing a user's shell may add:
// no proxies (everything is on 127.0.0.1), no kubeconfig, no Go debug switches.
func cleanEnvironment() []string {
	var kept []string
	for _, name := range []string{"PATH", "HOME", "TMPDIR", "TEMP", "TMP", "SYSTEMROOT", "LANG", "TZ"} {
		if value, ok := os.LookupEnv(name); ok {
			kept = append(kept, name+"="+value)
		}
	}
	return kept
}

var starts = make(chan func())

// startOnOwnThread starts a process from the one thread that lives as long as
// this process: Linux sends the parent-death signal when the starting thread ends.
func startOnOwnThread(cmd *exec.Cmd) error {
	startThread.Do(func() {
		go func() {
			runtime.LockOSThread()
			for start := range starts {
				start()
			}
		}()
	})
	result := make(chan error)
	starts <- func() { result <- cmd.Start() }
	return <-result
}

var startThread sync.Once
