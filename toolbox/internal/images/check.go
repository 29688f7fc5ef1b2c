package images

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"time"

	"github.com/google/go-containerregistry/pkg/name"
	"github.com/google/go-containerregistry/pkg/v1/remote/transport"
)

const checkPatience = 20 * time.Second

type checkRequest struct {
	access
	Host string `json:"host"`
	// Whether this may be written to is asked, too, where the registry gives tokens for it.
	Repository string `json:"repository"`
}

type checked struct {
	Event string `json:"event"`
	Host  string `json:"host"`
	// How it asks for credentials: none, basic or bearer.
	Challenge string   `json:"challenge,omitempty"`
	Realm     string   `json:"realm,omitempty"`
	Problem   *problem `json:"problem,omitempty"`
	Ms        int64    `json:"ms"`
}

// check signs in as a client does: it asks /v2/, follows the challenge to a
// token, and asks /v2/ again with what it got.
func check(ctx context.Context, request checkRequest, out *events) error {
	began := time.Now()
	ctx, cancel := context.WithTimeout(ctx, checkPatience)
	defer cancel()
	line := checked{Event: "check", Host: request.Host}
	network, err := request.network()
	if err != nil {
		return err
	}
	through := newThrottle(network, out, checkPatience)
	if err := request.signIn(ctx, through, &line); err != nil {
		line.Problem = through.problem(err)
	}
	line.Ms = time.Since(began).Milliseconds()
	out.write(line)
	return nil
}

func (r checkRequest) signIn(ctx context.Context, through http.RoundTripper, line *checked) error {
	var options []name.Option
	if slices.Contains(r.Plain, r.Host) {
		options = append(options, name.Insecure)
	}
	registry, err := name.NewRegistry(r.Host, options...)
	if err != nil {
		return err
	}
	challenge, err := transport.Ping(ctx, registry, through)
	if err != nil {
		return err
	}
	line.Challenge, line.Realm = "none", challenge.Parameters["realm"]
	if challenge.Scheme != "" {
		line.Challenge = challenge.Scheme
	}
	var scopes []string
	if r.Repository != "" {
		scopes = []string{registry.Repo(r.Repository).Scope(transport.PushScope)}
	}
	client, err := transport.NewWithContext(ctx, registry, r.auth(r.Host), through, scopes)
	if err != nil {
		return err
	}
	scheme := "https"
	if challenge.Insecure {
		scheme = "http"
	}
	address := fmt.Sprintf("%s://%s/v2/", scheme, registry.RegistryStr())
	ask, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return err
	}
	response, err := (&http.Client{Transport: client}).Do(ask)
	if err != nil {
		return err
	}
	defer func() { _ = response.Body.Close() }()
	return transport.CheckError(response, http.StatusOK)
}
