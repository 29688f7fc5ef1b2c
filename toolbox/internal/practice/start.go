package practice

import (
	"context"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"time"

	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/tools/clientcmd"

	"flowdeck/toolbox/internal/simulate"
)

// Unix socket paths are limited to about 104 bytes (sun_path).
const socketPathLimit = 100

// start brings the cluster up; everything that can go side by side does.
func (s *supervisor) start(ctx context.Context) error {
	s.board.reach("certificates")
	keys, err := ensurePKI(s.files.path("pki"), simulate.FirstServiceIP(serviceRange), simulate.NodeIPs(maxNodes))
	if err != nil {
		return fmt.Errorf("certificates: %w", err)
	}
	socket, egress, err := s.openSocket()
	if err != nil {
		return err
	}
	if err := s.choosePorts(); err != nil {
		return err
	}
	s.board.reach("etcd")
	if err := s.launch("etcd", etcdArguments(s.files, keys, s.ports)); err != nil {
		return err
	}
	if err := s.writeConfiguration(keys, socket); err != nil {
		return err
	}
	// Webhooks with an empty caBundle are checked against the system's authorities.
	err = s.launch("kube-apiserver", apiServerArguments(s.files, keys, s.ports, s.files.path("internal", "egress.yaml")),
		"SSL_CERT_FILE="+keys.cert("ca"))
	if err != nil {
		return err
	}
	s.board.reach("api-server")

	config, err := clientcmd.BuildConfigFromFlags("", s.files.path("internal", "simulator.kubeconfig"))
	if err != nil {
		return err
	}
	config.QPS, config.Burst = -1, -1
	client, err := kubernetes.NewForConfig(config)
	if err != nil {
		return err
	}
	if err := waitFor(ctx, time.Minute, apiAnswers(client)); err != nil {
		return s.explain("kube-apiserver", err)
	}
	s.board.reach("controllers")
	for name, args := range map[string][]string{
		"kube-controller-manager": controllerManagerArguments(s.files, keys),
		"kube-scheduler":          schedulerArguments(s.files),
		"kwok":                    kwokArguments(s.files),
	} {
		if err := s.launch(name, args); err != nil {
			return err
		}
	}
	simulation, err := simulate.Start(ctx, simulate.Config{
		REST: config, Egress: egress, Faults: s.faultsAt,
		AuthorityCert: keys.cert("ca"), AuthorityKey: keys.key("ca"),
		KubeletCert: keys.cert("kubelet"), KubeletKey: keys.key("kubelet"),
		Nodes: s.settings.Nodes, Version: kubernetesVersion, PodRange: podRange,
	})
	if err != nil {
		return err
	}
	s.mutex.Lock()
	s.simulation = simulation
	s.mutex.Unlock()
	s.board.reach("nodes")
	if err := waitFor(ctx, time.Minute, clusterUsable(client, s.settings.Nodes)); err != nil {
		return s.explain("kube-controller-manager", err)
	}
	if len(s.settings.Faults) > 0 {
		if err := simulation.SetFaults(ctx, s.settings.Faults); err != nil {
			return err
		}
	}
	s.board.update(func(status *Status) {
		if status.State == Starting {
			status.State, status.Step, status.Fraction = Running, "ready", 1
		}
	})
	return writeJSON(s.files.path("settings.json"), s.settings)
}

func (s *supervisor) explain(program string, err error) error {
	s.mutex.Lock()
	c := s.children[program]
	s.mutex.Unlock()
	if c == nil {
		return err
	}
	if line := lastTelling(c.log.tail()); line != "" {
		return fmt.Errorf("%w; the last line of %s: %s", err, program, line)
	}
	return err
}

// openSocket listens where the API server looks for what is inside the cluster.
// A folder with too long a path gets its socket in a temporary folder of its own.
func (s *supervisor) openSocket() (string, net.Listener, error) {
	path := s.files.path("egress.sock")
	if len(path) > socketPathLimit {
		dir, err := os.MkdirTemp("", "flowdeck-")
		if err != nil {
			return "", nil, err
		}
		path = filepath.Join(dir, "egress.sock")
	}
	_ = os.Remove(path)
	listener, err := net.Listen("unix", path)
	if err != nil {
		return "", nil, err
	}
	s.socket = path
	return path, listener, os.Chmod(path, 0o600)
}

func (s *supervisor) choosePorts() error {
	listener, port, err := listen(s.ports.Faults)
	if err != nil {
		return err
	}
	s.faultsAt, s.ports.Faults = listener, port
	if err := reserve(&s.ports.APIServer, &s.ports.Etcd, &s.ports.EtcdPeer); err != nil {
		return err
	}
	return writeJSON(s.files.path("ports.json"), s.ports)
}

func (s *supervisor) writeConfiguration(keys pki, socket string) error {
	server := fmt.Sprintf("https://127.0.0.1:%d", s.ports.APIServer)
	for _, user := range []string{"simulator", "kwok", "controller-manager", "scheduler"} {
		if err := writeKubeconfig(s.files.path("internal", user+".kubeconfig"), server, keys, user); err != nil {
			return err
		}
	}
	if err := writeKubeconfig(s.files.kubeconfig(), server, keys, "admin"); err != nil {
		return err
	}
	s.board.update(func(status *Status) { status.Server = server })
	if err := writeFile(s.files.path("internal", "egress.yaml"), []byte(egressConfiguration(socket))); err != nil {
		return err
	}
	return s.writeStages()
}

func (s *supervisor) writeStages() error {
	text, err := stages(*s.settings.PodReadyMs)
	if err != nil {
		return err
	}
	return writeFile(s.files.path("internal", "stages.yaml"), []byte(text))
}
