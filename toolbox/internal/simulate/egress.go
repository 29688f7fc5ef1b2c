package simulate

import (
	"bufio"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/http"
	"strconv"
	"sync"
	"time"
)

// egress is the far end of the API server's egress selector: an HTTP CONNECT
// proxy that, instead of connecting anywhere, answers itself. No connection
// leaves this process.
// https://kubernetes.io/docs/tasks/extend-kubernetes/setup-konnectivity/
type egress struct {
	backends *backends
	kubelet  *kubelet
	pods     *net.IPNet
	tls      *tls.Config
	webhooks *http.Server
	pages    *http.Server
	// what accepted connections are handed to
	webhookConns, pageConns *handover

	mutex sync.Mutex
	open  map[net.Conn]string // connection → Service it goes to
}

func newEgress(backends *backends, signer *signer, kubelet *kubelet, pods *net.IPNet) *egress {
	e := &egress{
		backends: backends, kubelet: kubelet, pods: pods, tls: signer.tlsConfig("localhost"), open: map[net.Conn]string{},
		webhooks:     &http.Server{Handler: http.HandlerFunc(serveWebhook), ReadHeaderTimeout: time.Minute, ErrorLog: quiet()},
		pages:        &http.Server{Handler: http.HandlerFunc(serveStandIn), ReadHeaderTimeout: time.Minute, ErrorLog: quiet()},
		webhookConns: newHandover(), pageConns: newHandover(),
	}
	go func() { _ = e.webhooks.Serve(e.webhookConns) }()
	go func() { _ = e.pages.Serve(e.pageConns) }()
	return e
}

func (e *egress) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodConnect {
		http.Error(w, "only CONNECT is served here", http.StatusMethodNotAllowed)
		return
	}
	host, port, err := net.SplitHostPort(r.Host)
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	service, err := e.route(host, port)
	conn, buffered, hijackErr := http.NewResponseController(w).Hijack()
	if hijackErr != nil {
		return
	}
	if err != nil {
		// The API server shows this line as the reason why it could not connect.
		fmt.Fprintf(conn, "HTTP/1.1 503 %s\r\nContent-Length: 0\r\n\r\n", err)
		_ = conn.Close()
		return
	}
	if _, err := conn.Write([]byte("HTTP/1.1 200 OK\r\n\r\n")); err != nil {
		_ = conn.Close()
		return
	}
	e.hand(&peekedConn{Conn: conn, reader: buffered.Reader}, host, port, service)
}

// route says which Service a target is, "" for a kubelet or a pod, or why nothing
// answers there.
func (e *egress) route(host, port string) (string, error) {
	ip := net.ParseIP(host)
	if e.isKubelet(ip, port) || ip != nil && e.pods.Contains(ip) {
		return "", nil
	}
	service, known := e.backends.service(host)
	if !known {
		return "", fmt.Errorf("connection refused: nothing in the practice cluster has the address %s", net.JoinHostPort(host, port))
	}
	if !e.backends.ready(service) {
		return "", fmt.Errorf("connection refused: no Ready pod behind Service %s", service)
	}
	return service, nil
}

func (e *egress) isKubelet(ip net.IP, port string) bool {
	return port == strconv.Itoa(kubeletPort) && ip != nil && net.IPv4(172, 30, 0, 0).Mask(net.CIDRMask(16, 32)).Equal(ip.Mask(net.CIDRMask(16, 32)))
}

func (e *egress) hand(conn *peekedConn, host, port, service string) {
	if e.isKubelet(net.ParseIP(host), port) {
		e.kubelet.conns.give(conn)
		return
	}
	tracked := &trackedConn{Conn: conn, closed: func(c net.Conn) { e.forget(c) }}
	if service != "" {
		e.mutex.Lock()
		e.open[tracked] = service
		e.mutex.Unlock()
	}
	go func() {
		// TLS begins with a handshake record (22); anything else is plain HTTP,
		// as `kubectl proxy` to a Service sends.
		first, err := conn.reader.Peek(1)
		switch {
		case err != nil:
			_ = tracked.Close()
		case first[0] == 22:
			e.webhookConns.give(tls.Server(tracked, e.tls))
		default:
			e.pageConns.give(tracked)
		}
	}()
}

// closeUnready ends the kept-alive connections to Services that lost their last
// Ready pod, as the end of the pod would.
func (e *egress) closeUnready() {
	e.mutex.Lock()
	var dead []net.Conn
	for conn, service := range e.open {
		if !e.backends.ready(service) {
			dead = append(dead, conn)
		}
	}
	e.mutex.Unlock()
	for _, conn := range dead {
		_ = conn.Close()
	}
}

func (e *egress) forget(conn net.Conn) {
	e.mutex.Lock()
	delete(e.open, conn)
	e.mutex.Unlock()
}

// peekedConn reads first what was buffered while the proxy request was read.
type peekedConn struct {
	net.Conn
	reader *bufio.Reader
}

func (c *peekedConn) Read(into []byte) (int, error) { return c.reader.Read(into) }

// trackedConn tells when it is closed.
type trackedConn struct {
	net.Conn
	once   sync.Once
	closed func(net.Conn)
}

func (c *trackedConn) Close() error {
	c.once.Do(func() { c.closed(c) })
	return c.Conn.Close()
}

// handover is a net.Listener whose connections are given to it.
type handover struct {
	conns  chan net.Conn
	once   sync.Once
	closed chan struct{}
}

var errHandoverClosed = errors.New("closed")

func newHandover() *handover {
	return &handover{conns: make(chan net.Conn), closed: make(chan struct{})}
}

func (h *handover) give(conn net.Conn) {
	select {
	case h.conns <- conn:
	case <-h.closed:
		_ = conn.Close()
	}
}

func (h *handover) Accept() (net.Conn, error) {
	select {
	case conn := <-h.conns:
		return conn, nil
	case <-h.closed:
		return nil, errHandoverClosed
	}
}

func (h *handover) Close() error {
	h.once.Do(func() { close(h.closed) })
	return nil
}

func (h *handover) Addr() net.Addr { return &net.UnixAddr{Name: "practice", Net: "unix"} }
