package practice

import (
	"context"
	"errors"

	"flowdeck/toolbox/internal/simulate"
)

var errNotRunning = errors.New("the practice cluster is not running")

// change applies new settings to the running cluster and remembers them.
func (s *supervisor) change(ctx context.Context, change Settings) error {
	s.changing.Lock()
	defer s.changing.Unlock()
	simulation, kwok, err := s.parts()
	if err != nil {
		return err
	}
	before := s.settings
	s.settings = s.settings.with(change)
	if s.settings.Nodes != before.Nodes {
		if err := simulation.SetNodes(ctx, s.settings.Nodes); err != nil {
			s.settings = before
			return err
		}
	}
	if *s.settings.PodReadyMs != *before.PodReadyMs {
		// kwok reads its stages once.
		if err := s.writeStages(); err != nil {
			return err
		}
		if err := kwok.restart(kwokArguments(s.files)); err != nil {
			return err
		}
	}
	return s.remember()
}

func (s *supervisor) setFaults(ctx context.Context, faults []simulate.Fault) error {
	s.changing.Lock()
	defer s.changing.Unlock()
	simulation, _, err := s.parts()
	if err != nil {
		return err
	}
	if err := simulation.SetFaults(ctx, faults); err != nil {
		return err
	}
	s.settings.Faults = faults
	return s.remember()
}

func (s *supervisor) parts() (*simulate.Simulation, *child, error) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	status, _ := s.board.read()
	if status.State != Running || s.simulation == nil {
		return nil, nil, errNotRunning
	}
	return s.simulation, s.children["kwok"], nil
}

func (s *supervisor) remember() error {
	settings := s.settings
	s.board.update(func(status *Status) {
		status.Nodes, status.PodReadyMs, status.Faults = settings.Nodes, *settings.PodReadyMs, faultsOrNone(settings.Faults)
	})
	return writeJSON(s.files.path("settings.json"), settings)
}
