package practice

import (
	"sync"

	"flowdeck/toolbox/internal/simulate"
)

// State of the cluster as a whole.
type State string

// The states of a supervisor's cluster.
const (
	Starting State = "starting"
	Running  State = "running"
	Stopping State = "stopping"
	Failed   State = "failed"
)

// The steps of a start, in order, and how far each is when it begins.
var stepFractions = map[string]float64{
	"certificates": 0, "etcd": 0.05, "api-server": 0.1, "controllers": 0.65, "nodes": 0.75, "ready": 1,
}

// Range is a span of milliseconds.
type Range struct {
	Min int `json:"min"`
	Max int `json:"max"`
}

// Problem says why a cluster failed.
type Problem struct {
	Code    string `json:"code"`
	Message string `json:"message"`
	Detail  string `json:"detail,omitempty"`
}

// Status is what GET /status and GET /events answer.
type Status struct {
	State      State            `json:"state"`
	Step       string           `json:"step"`
	Fraction   float64          `json:"fraction"`
	Nodes      int              `json:"nodes"`
	PodReadyMs Range            `json:"podReadyMs"`
	Faults     []simulate.Fault `json:"faults"`
	Kubeconfig string           `json:"kubeconfig"`
	Server     string           `json:"server"`
	Version    string           `json:"version"`
	StartedAt  string           `json:"startedAt"`
	Owner      string           `json:"owner"`
	Error      *Problem         `json:"error,omitempty"`
}

// board holds the status and wakes those who wait for the next one.
type board struct {
	mutex   sync.Mutex
	status  Status
	changed chan struct{}
}

func newBoard(first Status) *board {
	return &board{status: first, changed: make(chan struct{})}
}

// read gives the status and a channel that closes at the next change.
func (b *board) read() (Status, <-chan struct{}) {
	b.mutex.Lock()
	defer b.mutex.Unlock()
	return b.status, b.changed
}

func (b *board) update(change func(*Status)) {
	b.mutex.Lock()
	defer b.mutex.Unlock()
	change(&b.status)
	close(b.changed)
	b.changed = make(chan struct{})
}

// reach moves a start to a step; steps that run side by side never move it back.
func (b *board) reach(step string) {
	b.update(func(s *Status) {
		if s.State == Starting && (s.Step == "" || stepFractions[step] >= stepFractions[s.Step]) {
			s.Step, s.Fraction = step, stepFractions[step]
		}
	})
}
