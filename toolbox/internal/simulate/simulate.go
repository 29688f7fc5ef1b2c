// Package simulate is everything in a practice cluster that a real one has and
// nothing here provides: nodes, what answers behind a Service, and the few
// controllers an installer waits for. It acts openly (every object it makes
// carries Label) and honestly: a webhook or a controller answers only while the
// pods that would answer in a real cluster are Ready.
package simulate

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"sync"
	"time"

	"k8s.io/client-go/dynamic"
	"k8s.io/client-go/informers"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/rest"
)

const (
	// Label marks the objects made by the simulation.
	Label = "practice.flowdeck.dev/simulated"
	// fieldManager is who writes them.
	fieldManager = "practice-simulator"
)

// Config is what a simulation needs of its cluster.
type Config struct {
	REST                        *rest.Config
	Egress                      net.Listener // Unix socket of the API server's egress selector
	Faults                      net.Listener // loopback address of the faults webhook
	AuthorityCert, AuthorityKey string       // files of the cluster's authority
	KubeletCert, KubeletKey     string       // files of the simulated kubelets' serving pair
	Nodes                       int
	Version                     string // of the simulated kubelets
	PodRange                    string // CIDR
}

// Simulation runs until Stop.
type Simulation struct {
	config  Config
	client  kubernetes.Interface
	dynamic dynamic.Interface
	signer  *signer
	cancel  context.CancelFunc
	tasks   sync.WaitGroup
	nodes   *nodeKeeper
	faults  *faultKeeper
	servers []*http.Server
}

// Start begins to simulate; it does not wait for anything.
func Start(parent context.Context, config Config) (*Simulation, error) {
	client, err := kubernetes.NewForConfig(config.REST)
	if err != nil {
		return nil, err
	}
	dynamicClient, err := dynamic.NewForConfig(config.REST)
	if err != nil {
		return nil, err
	}
	signer, err := newSigner(config.AuthorityCert, config.AuthorityKey)
	if err != nil {
		return nil, fmt.Errorf("the cluster's authority: %w", err)
	}
	ctx, cancel := context.WithCancel(context.WithoutCancel(parent))
	s := &Simulation{config: config, client: client, dynamic: dynamicClient, signer: signer, cancel: cancel}
	s.nodes = &nodeKeeper{client: client, count: config.Nodes, version: config.Version, wake: make(chan struct{}, 1)}
	s.faults = newFaultKeeper(client, signer, config.Faults.Addr().String())

	factory := informers.NewSharedInformerFactory(client, 0)
	backends := newBackends(factory)
	gates := newGates(factory)
	if err := s.serve(backends); err != nil {
		cancel()
		return nil, err
	}
	s.run(ctx, s.nodes.run)
	s.run(ctx, func(ctx context.Context) { ensureStorageClass(ctx, client) })
	s.run(ctx, func(ctx context.Context) { newEventTeller().run(ctx, client) })
	s.run(ctx, func(ctx context.Context) { newRunner(client, dynamicClient, signer, gates).run(ctx) })
	factory.Start(ctx.Done())
	return s, nil
}

// Stop ends the simulation and waits for it.
func (s *Simulation) Stop() {
	s.cancel()
	for _, server := range s.servers {
		_ = server.Close()
	}
	s.tasks.Wait()
}

// SetNodes adds or removes nodes until there are as many.
func (s *Simulation) SetNodes(ctx context.Context, count int) error { return s.nodes.set(ctx, count) }

// SetFaults replaces the faults and returns once they hold for new pods.
func (s *Simulation) SetFaults(ctx context.Context, faults []Fault) error {
	return s.faults.set(ctx, faults)
}

func (s *Simulation) run(ctx context.Context, task func(context.Context)) {
	s.tasks.Go(func() { task(ctx) })
}

// serve opens what the API server reaches: the egress socket and the faults webhook.
func (s *Simulation) serve(backends *backends) error {
	kubelet, err := newKubelet(s.client, s.config)
	if err != nil {
		return err
	}
	_, pods, err := net.ParseCIDR(s.config.PodRange)
	if err != nil {
		return err
	}
	egress := newEgress(backends, s.signer, kubelet, pods)
	backends.onChange(egress.closeUnready)
	egressServer := &http.Server{Handler: egress, ReadHeaderTimeout: 10 * time.Second}
	faultsServer := &http.Server{
		Handler: s.faults, TLSConfig: s.signer.tlsConfig("127.0.0.1"), ReadHeaderTimeout: 10 * time.Second, ErrorLog: quiet(),
	}
	s.servers = []*http.Server{egressServer, faultsServer, egress.webhooks, egress.pages, kubelet.server}
	go func() { _ = egressServer.Serve(s.config.Egress) }()
	go func() { _ = faultsServer.ServeTLS(s.config.Faults, "", "") }()
	return nil
}
