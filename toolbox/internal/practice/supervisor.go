package practice

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"slices"
	"strings"
	"sync"
	"time"

	"go.etcd.io/etcd/client/pkg/v3/fileutil"

	"flowdeck/toolbox/internal/simulate"
)

var errLocked = errors.New("this folder's practice cluster is already running")

// failedLinger is how long a failed supervisor keeps answering, so that the app
// can read why.
const failedLinger = 10 * time.Minute

// supervisor owns one cluster: its folder, its programs and its simulator.
type supervisor struct {
	files    layout
	lock     *fileutil.LockedFile
	board    *board
	control  *http.Server
	ports    ports
	settings Settings
	stopOnce sync.Once
	stop     chan struct{} // closed by requestStop
	stopped  chan struct{} // closed when nothing of the cluster runs any more

	// changing serialises changes of settings and faults.
	changing   sync.Mutex
	mutex      sync.Mutex
	children   map[string]*child
	simulation *simulate.Simulation
	socket     string
	faultsAt   net.Listener
}

// newSupervisor takes the folder's lock, opens the control address and writes
// control.json. It gives errLocked when the folder has a supervisor.
func newSupervisor(dir string, changes Settings, owner string, started time.Time) (*supervisor, error) {
	files := layout{dir}
	for _, folder := range []string{dir, files.path("logs"), files.path("internal")} {
		if err := os.MkdirAll(folder, 0o700); err != nil {
			return nil, err
		}
	}
	if err := os.Chmod(dir, 0o700); err != nil {
		return nil, err
	}
	lock, err := fileutil.TryLockFile(files.path("lock"), os.O_CREATE|os.O_WRONLY, 0o600)
	if errors.Is(err, fileutil.ErrLocked) {
		return nil, fmt.Errorf("%w (%s)", errLocked, dir)
	}
	if err != nil {
		return nil, err
	}
	s := &supervisor{
		files: files, lock: lock, children: map[string]*child{},
		stop: make(chan struct{}), stopped: make(chan struct{}),
		settings: Settings{Nodes: 3, PodReadyMs: &Range{1000, 3000}},
	}
	if err := s.open(changes, owner, started); err != nil {
		lock.Close()
		return nil, err
	}
	return s, nil
}

func (s *supervisor) open(changes Settings, owner string, started time.Time) error {
	// Files that cannot be read are not worth failing for: ports and settings have defaults.
	_ = readJSON(s.files.path("ports.json"), &s.ports)
	_ = readJSON(s.files.path("settings.json"), &s.settings)
	s.settings = s.settings.with(changes)
	if err := s.settings.validate(); err != nil {
		return err
	}
	s.board = newBoard(Status{
		State: Starting, Step: "certificates", Nodes: s.settings.Nodes, PodReadyMs: *s.settings.PodReadyMs,
		Faults: faultsOrNone(s.settings.Faults), Kubeconfig: s.files.kubeconfig(), Version: kubernetesVersion,
		StartedAt: started.UTC().Format(time.RFC3339Nano), Owner: owner,
	})
	listener, port, err := listen(s.ports.Control)
	if err != nil {
		return err
	}
	s.ports.Control = port
	token := rand.Text() + rand.Text()
	s.control = serveControl(listener, s.controlHandler(token, port))
	return writeJSON(s.files.path("control.json"), Control{os.Getpid(), port, token, controlVersion})
}

// run starts the cluster and returns when it has been stopped.
func (s *supervisor) run() {
	ctx, cancel := context.WithCancel(context.Background())
	go func() {
		<-s.stop
		cancel()
	}()
	go s.endWithFolder(ctx)
	begun := make(chan struct{})
	go func() {
		defer close(begun)
		if err := s.start(ctx); err != nil && ctx.Err() == nil {
			s.fail(Problem{Code: "start-failed", Message: "The practice cluster did not start: " + err.Error()})
		}
	}()
	<-s.stop
	s.board.update(func(status *Status) { status.State = Stopping })
	<-begun
	s.end()
	_ = os.Remove(s.files.path("control.json"))
	close(s.stopped)
	shutdown, done := context.WithTimeout(context.Background(), time.Second)
	defer done()
	_ = s.control.Shutdown(shutdown)
	s.lock.Close()
}

func (s *supervisor) requestStop() { s.stopOnce.Do(func() { close(s.stop) }) }

// end stops the programs: first those that use the API server, then it, and etcd
// last (an API server without its etcd hangs when told to end).
func (s *supervisor) end() {
	s.mutex.Lock()
	simulation, children := s.simulation, s.children
	s.simulation, s.children = nil, map[string]*child{}
	s.mutex.Unlock()
	var users sync.WaitGroup
	for _, name := range []string{"kwok", "kube-scheduler", "kube-controller-manager"} {
		if c := children[name]; c != nil {
			users.Go(func() { c.stop(2 * time.Second) })
		}
	}
	users.Wait()
	if simulation != nil {
		simulation.Stop()
	}
	for _, name := range []string{"kube-apiserver", "etcd"} {
		if c := children[name]; c != nil {
			c.stop(5 * time.Second)
		}
	}
	if s.socket != "" {
		_ = os.Remove(s.socket)
	}
}

// fail stops what runs and keeps the reason readable for a while.
func (s *supervisor) fail(problem Problem) {
	first := false
	s.board.update(func(status *Status) {
		if status.State == Starting || status.State == Running {
			first = true
			status.State, status.Error = Failed, &problem
		}
	})
	if first {
		s.end()
		time.AfterFunc(failedLinger, s.requestStop)
	}
}

func (s *supervisor) childFailed(name string, lines []string) {
	last := "it wrote nothing"
	if line := lastTelling(lines); line != "" {
		last = line
	}
	s.fail(Problem{
		Code:    "program-died",
		Message: fmt.Sprintf("%s of the practice cluster keeps ending: %s", name, last),
		Detail:  strings.Join(lines, "\n"),
	})
}

// lastTelling is the last line a program wrote itself.
func lastTelling(lines []string) string {
	for _, line := range slices.Backward(lines) {
		if !strings.HasPrefix(line, "supervisor:") {
			return line
		}
	}
	return ""
}

// launch starts a program and keeps it among those that end with the cluster.
func (s *supervisor) launch(name string, args []string, env ...string) error {
	if status, _ := s.board.read(); status.State == Failed {
		return errors.New("another program failed meanwhile")
	}
	c, err := newChild(s.files.path("logs"), name, s.childFailed, env...)
	if err != nil {
		return err
	}
	s.mutex.Lock()
	s.children[name] = c
	s.mutex.Unlock()
	return c.start(args)
}

func faultsOrNone(faults []simulate.Fault) []simulate.Fault {
	if faults == nil {
		return []simulate.Fault{}
	}
	return faults
}
