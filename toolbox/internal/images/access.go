package images

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"net"
	"net/http"
	"slices"
	"strings"

	"github.com/google/go-containerregistry/pkg/authn"
	"github.com/google/go-containerregistry/pkg/name"
	"github.com/google/go-containerregistry/pkg/v1/remote"
)

// access is how registries are reached; every request has it.
type access struct {
	// By host (and port), as in an image's name; Docker Hub is docker.io.
	Credentials map[string]credential `json:"credentials"`
	// Hosts that may be spoken to without TLS; loopback may always.
	Plain []string `json:"plain"`
	// PEM certificates to trust, by host.
	Certificates map[string]string `json:"certificates"`
}

type credential struct {
	Username string `json:"username"`
	Password string `json:"password"`
}

const dockerHub = "docker.io"

// hostOf names a registry as an image's name does.
func hostOf(registry name.Registry) string {
	if registry.RegistryStr() == name.DefaultRegistry {
		return dockerHub
	}
	return registry.RegistryStr()
}

func (a access) reference(image string) (name.Reference, error) {
	ref, err := name.ParseReference(image)
	if err != nil || !slices.Contains(a.Plain, hostOf(ref.Context().Registry)) {
		return ref, err
	}
	return name.ParseReference(image, name.Insecure)
}

func (a access) auth(host string) authn.Authenticator {
	given, ok := a.Credentials[host]
	if !ok {
		return authn.Anonymous
	}
	return &authn.Basic{Username: given.Username, Password: given.Password}
}

// options reach the registry of a repository through `through`.
func (a access) options(ctx context.Context, registry name.Registry, through http.RoundTripper) []remote.Option {
	return []remote.Option{
		remote.WithContext(ctx),
		remote.WithAuth(a.auth(hostOf(registry))),
		remote.WithTransport(through),
		remote.WithUserAgent("flowdeck"),
	}
}

// network is the transport of all registries: the certificates each is trusted
// by, and no plain HTTP but where that is allowed, as it shows the password.
func (a access) network() (http.RoundTripper, error) {
	base, ok := remote.DefaultTransport.(*http.Transport)
	if !ok {
		return nil, fmt.Errorf("the default transport is a %T", remote.DefaultTransport)
	}
	guarded := &guard{plain: a.Plain, usual: base.Clone(), own: map[string]http.RoundTripper{}}
	for host, pem := range a.Certificates {
		pool, err := x509.SystemCertPool()
		if err != nil {
			pool = x509.NewCertPool()
		}
		if !pool.AppendCertsFromPEM([]byte(pem)) {
			return nil, fmt.Errorf("the certificate for %s is not a PEM certificate", host)
		}
		own := base.Clone()
		own.TLSClientConfig = &tls.Config{RootCAs: pool, MinVersion: tls.VersionTLS12}
		guarded.own[host] = own
	}
	return guarded, nil
}

type guard struct {
	plain []string
	usual http.RoundTripper
	own   map[string]http.RoundTripper
}

// plainError is a refusal to send a request that anyone on the way can read.
type plainError struct{ host string }

func (e plainError) Error() string {
	return fmt.Sprintf("%s answers without encryption only", e.host)
}

func (g *guard) RoundTrip(request *http.Request) (*http.Response, error) {
	host := request.URL.Host
	if request.URL.Scheme != "https" && !isLoopback(request.URL.Hostname()) && !slices.Contains(g.plain, host) {
		return nil, plainError{host}
	}
	if own, ok := g.own[host]; ok {
		return own.RoundTrip(request)
	}
	return g.usual.RoundTrip(request)
}

func isLoopback(host string) bool {
	if strings.EqualFold(host, "localhost") {
		return true
	}
	address := net.ParseIP(host)
	return address != nil && address.IsLoopback()
}
