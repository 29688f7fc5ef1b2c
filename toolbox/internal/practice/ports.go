package practice

import (
	"fmt"
	"net"
	"strconv"
)

// ports are the loopback TCP ports of one cluster, kept between runs so that a
// kubeconfig handed out stays valid.
type ports struct {
	Control   int `json:"control"`
	APIServer int `json:"apiServer"`
	Etcd      int `json:"etcd"`
	EtcdPeer  int `json:"etcdPeer"`
	Faults    int `json:"faults"`
}

// listen opens a listener on the wanted port of 127.0.0.1, or on a free one when
// it is zero or taken.
func listen(wanted int) (net.Listener, int, error) {
	if wanted != 0 {
		if listener, err := net.Listen("tcp", loopback(wanted)); err == nil {
			return listener, wanted, nil
		}
	}
	listener, err := net.Listen("tcp", loopback(0))
	if err != nil {
		return nil, 0, fmt.Errorf("no free port on 127.0.0.1: %w", err)
	}
	return listener, listener.Addr().(*net.TCPAddr).Port, nil
}

// reserve finds ports for programs that open them themselves. All are held open
// together so that no two are the same.
func reserve(wanted ...*int) error {
	for _, port := range wanted {
		listener, found, err := listen(*port)
		if err != nil {
			return err
		}
		defer listener.Close()
		*port = found
	}
	return nil
}

func loopback(port int) string { return net.JoinHostPort("127.0.0.1", strconv.Itoa(port)) }
