package images

import (
	"crypto/rand"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"sync"

	"golang.org/x/crypto/bcrypt"
)

// withSignIn asks for credentials as Docker's registry (basic) and its token server (bearer) do.
func withSignIn(plain http.Handler, request serveRequest) (http.Handler, error) {
	if request.Htpasswd == "" {
		return plain, nil
	}
	people := map[string][]byte{}
	for line := range strings.Lines(request.Htpasswd) {
		person, hash, ok := strings.Cut(strings.TrimSpace(line), ":")
		if !ok {
			return nil, fmt.Errorf("not a line of htpasswd: %q", person)
		}
		people[person] = []byte(hash)
	}
	isKnown := func(r *http.Request) bool {
		person, password, ok := r.BasicAuth()
		hash, known := people[person]
		return ok && known && bcrypt.CompareHashAndPassword(hash, []byte(password)) == nil
	}
	if request.Auth == "bearer" {
		return &tokens{plain: plain, isKnown: isKnown, given: map[string]bool{}}, nil
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !isKnown(r) {
			refuse(w, `Basic realm="registry"`)
			return
		}
		plain.ServeHTTP(w, r)
	}), nil
}

type tokens struct {
	plain   http.Handler
	isKnown func(*http.Request) bool

	mutex sync.Mutex
	given map[string]bool
}

func (t *tokens) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.URL.Path == "/token" {
		if !t.isKnown(r) {
			refuse(w, "")
			return
		}
		token := rand.Text()
		t.mutex.Lock()
		t.given[token] = true
		t.mutex.Unlock()
		w.Header().Set("Content-Type", "application/json")
		_ = json.NewEncoder(w).Encode(map[string]any{"token": token, "expires_in": 300})
		return
	}
	t.mutex.Lock()
	isGiven := t.given[strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer ")]
	t.mutex.Unlock()
	if !isGiven {
		scheme := "http"
		if r.TLS != nil {
			scheme = "https"
		}
		refuse(w, fmt.Sprintf(`Bearer realm="%s://%s/token",service="registry"`, scheme, r.Host))
		return
	}
	t.plain.ServeHTTP(w, r)
}

func refuse(w http.ResponseWriter, challenge string) {
	if challenge != "" {
		w.Header().Set("WWW-Authenticate", challenge)
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(http.StatusUnauthorized)
	_, _ = w.Write([]byte(`{"errors":[{"code":"UNAUTHORIZED","message":"authentication required"}]}`))
}
