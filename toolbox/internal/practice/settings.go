package practice

import (
	"fmt"
	"strings"
	"time"

	"flowdeck/toolbox/internal/simulate"
)

const (
	maxNodes      = 50
	maxPodReadyMs = 10 * 60 * 1000
)

// Settings are what a user can change while the cluster runs. Zero values in a
// change mean: as it was.
type Settings struct {
	Nodes      int              `json:"nodes,omitempty"`
	PodReadyMs *Range           `json:"podReadyMs,omitempty"`
	Faults     []simulate.Fault `json:"faults,omitempty"`
}

func (s Settings) with(change Settings) Settings {
	if change.Nodes != 0 {
		s.Nodes = change.Nodes
	}
	if change.PodReadyMs != nil {
		s.PodReadyMs = change.PodReadyMs
	}
	return s
}

func (s Settings) validate() error {
	if s.Nodes < 0 || s.Nodes > maxNodes {
		return fmt.Errorf("nodes: %d is not between 1 and %d", s.Nodes, maxNodes)
	}
	if r := s.PodReadyMs; r != nil && (r.Min < 0 || r.Max < r.Min || r.Max > maxPodReadyMs) {
		return fmt.Errorf("podReadyMs: %d to %d is not a span within 0 and %d", r.Min, r.Max, maxPodReadyMs)
	}
	return nil
}

// parseChanges reads the command line's values; empty ones change nothing.
func parseChanges(nodes int, podReady string) (Settings, error) {
	change := Settings{Nodes: nodes}
	if podReady != "" {
		span, err := parseRange(podReady)
		if err != nil {
			return change, err
		}
		change.PodReadyMs = &span
	}
	return change, change.validate()
}

// parseRange reads "1s-3s", or "500ms" for both ends.
func parseRange(text string) (Range, error) {
	low, high, both := strings.Cut(text, "-")
	if !both {
		high = low
	}
	least, err := time.ParseDuration(low)
	if err != nil {
		return Range{}, fmt.Errorf("--pod-ready %q: %w", text, err)
	}
	most, err := time.ParseDuration(high)
	if err != nil {
		return Range{}, fmt.Errorf("--pod-ready %q: %w", text, err)
	}
	return Range{int(least.Milliseconds()), int(most.Milliseconds())}, nil
}
