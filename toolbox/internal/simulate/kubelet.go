package simulate

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"slices"
	"time"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/client-go/kubernetes"
	"k8s.io/cri-streaming/pkg/streaming/portforward"
	"k8s.io/cri-streaming/pkg/streaming/remotecommand"
)

const (
	streamIdle   = 4 * time.Hour
	streamCreate = 30 * time.Second
)

// kubelet answers logs, exec, attach and port-forward for every pod. It has no
// port: connections come through the egress socket, and only the API server's
// kubelet client certificate is let in. Nothing it does touches the user's
// machine: exec is a handful of commands answered in this process (see shell.go).
type kubelet struct {
	client kubernetes.Interface
	server *http.Server
	conns  *handover
	pages  *handover
	files  *fileStore
}

func newKubelet(client kubernetes.Interface, config Config) (*kubelet, error) {
	pair, err := tls.LoadX509KeyPair(config.KubeletCert, config.KubeletKey)
	if err != nil {
		return nil, err
	}
	text, err := os.ReadFile(config.AuthorityCert)
	if err != nil {
		return nil, err
	}
	authorities := x509.NewCertPool()
	if !authorities.AppendCertsFromPEM(text) {
		return nil, errors.New("the cluster's authority is no certificate")
	}
	k := &kubelet{client: client, conns: newHandover(), pages: newHandover(), files: newFileStore()}
	k.server = &http.Server{
		Handler: k.routes(), ErrorLog: quiet(), ReadHeaderTimeout: time.Minute,
		TLSConfig: &tls.Config{
			MinVersion: tls.VersionTLS12, Certificates: []tls.Certificate{pair}, NextProtos: []string{"http/1.1"},
			ClientAuth: tls.RequireAndVerifyClientCert, ClientCAs: authorities,
		},
	}
	go func() { _ = k.server.ServeTLS(k.conns, "", "") }()
	go func() {
		_ = (&http.Server{Handler: http.HandlerFunc(serveStandIn), ReadHeaderTimeout: time.Minute, ErrorLog: quiet()}).Serve(k.pages)
	}()
	return k, nil
}

func (k *kubelet) routes() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "ok") })
	mux.HandleFunc("GET /containerLogs/{namespace}/{pod}/{container}", k.serveLogs)
	for _, path := range []string{"/{namespace}/{pod}/{container}", "/{namespace}/{pod}/{uid}/{container}"} {
		mux.HandleFunc("/exec"+path, k.onlyClient(k.serveExec))
		mux.HandleFunc("/attach"+path, k.onlyClient(k.serveAttach))
	}
	for _, path := range []string{"/{namespace}/{pod}", "/{namespace}/{pod}/{uid}"} {
		mux.HandleFunc("/portForward"+path, k.onlyClient(k.servePortForward))
	}
	return mux
}

// onlyClient keeps other holders of a cluster certificate (any signed CSR) out.
func (k *kubelet) onlyClient(next http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if r.TLS == nil || len(r.TLS.PeerCertificates) == 0 || !isMaster(r.TLS.PeerCertificates[0]) {
			http.Error(w, "forbidden", http.StatusForbidden)
			return
		}
		next(w, r)
	}
}

func isMaster(certificate *x509.Certificate) bool {
	for _, group := range certificate.Subject.Organization {
		if group == "system:masters" {
			return true
		}
	}
	return false
}

// target is a container of a running pod.
type target struct {
	kubelet   *kubelet
	pod       *corev1.Pod
	container string
}

func (k *kubelet) find(w http.ResponseWriter, r *http.Request) (*target, bool) {
	pod, err := k.client.CoreV1().Pods(r.PathValue("namespace")).Get(r.Context(), r.PathValue("pod"), metav1.GetOptions{})
	if err != nil {
		http.Error(w, err.Error(), http.StatusNotFound)
		return nil, false
	}
	return &target{k, pod, r.PathValue("container")}, true
}

func (k *kubelet) serveExec(w http.ResponseWriter, r *http.Request) {
	options, err := remotecommand.NewOptions(r)
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	t, found := k.find(w, r)
	if !found {
		return
	}
	if err := t.running(); err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	remotecommand.ServeExec(w, r, t, t.pod.Name, string(t.pod.UID), t.container, r.URL.Query()["command"], options,
		streamIdle, streamCreate, remotecommand.SupportedStreamingProtocols)
}

func (k *kubelet) serveAttach(w http.ResponseWriter, r *http.Request) {
	options, err := remotecommand.NewOptions(r)
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	if t, found := k.find(w, r); found {
		remotecommand.ServeAttach(w, r, t, t.pod.Name, string(t.pod.UID), t.container, options,
			streamIdle, streamCreate, remotecommand.SupportedStreamingProtocols)
	}
}

func (k *kubelet) servePortForward(w http.ResponseWriter, r *http.Request) {
	options, err := portforward.NewV4Options(r)
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	if t, found := k.find(w, r); found {
		portforward.ServePortForward(w, r, t, t.pod.Name, string(t.pod.UID), options, streamIdle, streamCreate, portforward.SupportedProtocols)
	}
}

// running gives nil when the container runs, else the words of a kubelet.
func (t *target) running() error {
	for _, status := range slices.Concat(t.pod.Status.ContainerStatuses, t.pod.Status.EphemeralContainerStatuses) {
		if status.Name == t.container {
			if status.State.Running != nil {
				return nil
			}
			return fmt.Errorf("container not running (%s)", t.container)
		}
	}
	return fmt.Errorf("container not found (%q)", t.container)
}

// ExecInContainer runs a command in the simulated container's shell.
func (t *target) ExecInContainer(ctx context.Context, _, _, _ string, command []string, in io.Reader, out, errOut io.WriteCloser, interactive bool, resize <-chan remotecommand.TerminalSize, _ time.Duration) error {
	if err := missing(t.pod, t.container, command); err != nil {
		go drain(resize)
		return err
	}
	ctx, cancel := t.whileThere(ctx)
	defer cancel()
	var terminal *tty
	if interactive && in != nil {
		terminal = newTTY(ctx, in, orDiscard(out), resize)
		in = terminal
	} else {
		go drain(resize)
	}
	if errOut == nil {
		errOut = out
	}
	var stdout, stderr io.Writer = terminal, terminal
	if terminal == nil {
		stdout, stderr = orDiscard(out), orDiscard(errOut)
	}
	sh := newShell(t.pod, t.container, in, stdout, stderr, terminal)
	sh.files = t.kubelet.files.of(t.pod, t.container)
	code := make(chan int, 1)
	go func() { code <- sh.run(ctx, command) }()
	select {
	case ended := <-code:
		return exitError(ended)
	case <-ctx.Done():
		// Killed with the container.
		return exitError(137)
	}
}

// AttachContainer shows what the container writes.
func (t *target) AttachContainer(ctx context.Context, _, _, _ string, in io.Reader, out, _ io.WriteCloser, _ bool, resize <-chan remotecommand.TerminalSize) error {
	go drain(resize)
	ctx, cancel := t.whileThere(ctx)
	defer cancel()
	if in != nil {
		// The end of the input is the end of the attachment.
		go func() {
			_, _ = io.Copy(io.Discard, in)
			cancel()
		}()
	}
	return followLog(ctx, orDiscard(out), logOf(t.pod, t.container, false), time.Now())
}

// PortForward connects a stream to the stand-in page.
func (t *target) PortForward(ctx context.Context, _, _ string, _ int32, stream io.ReadWriteCloser) error {
	near, far := net.Pipe()
	t.kubelet.pages.give(far)
	defer near.Close()
	stop := context.AfterFunc(ctx, func() { _ = near.Close() })
	defer stop()
	go func() {
		_, _ = io.Copy(near, stream)
		_ = near.Close()
	}()
	_, err := io.Copy(stream, near)
	if err != nil && !errors.Is(err, io.ErrClosedPipe) {
		return err
	}
	return nil
}

func drain(sizes <-chan remotecommand.TerminalSize) {
	for range sizes {
	}
}

func orDiscard(w io.WriteCloser) io.Writer {
	if w == nil {
		return io.Discard
	}
	return w
}
