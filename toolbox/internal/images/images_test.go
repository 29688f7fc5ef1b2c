package images

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-containerregistry/pkg/name"
	"github.com/google/go-containerregistry/pkg/registry"
	"github.com/google/go-containerregistry/pkg/v1/remote"
	"golang.org/x/crypto/bcrypt"
)

type line map[string]any

// run executes a command with a request as the app does, and gives its lines.
func run(ctx context.Context, t *testing.T, command string, request any) ([]line, error) {
	t.Helper()
	raw, err := json.Marshal(request)
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	failed := commands[command](ctx, raw, &events{encoder: json.NewEncoder(&out)})
	var lines []line
	for text := range strings.Lines(out.String()) {
		var one line
		if err := json.Unmarshal([]byte(text), &one); err != nil {
			t.Fatal(err, text)
		}
		lines = append(lines, one)
	}
	return lines, failed
}

func must(t *testing.T, command string, request any) []line {
	t.Helper()
	lines, err := run(t.Context(), t, command, request)
	if err != nil {
		t.Fatal(err)
	}
	return lines
}

func of(lines []line, event string) line {
	for at := len(lines) - 1; at >= 0; at-- {
		if lines[at]["event"] == event {
			return lines[at]
		}
	}
	return nil
}

func reason(one line) string {
	found, _ := one["problem"].(map[string]any)
	text, _ := found["reason"].(string)
	return text
}

func quiet() registry.Option { return registry.Logger(log.New(io.Discard, "", 0)) }

// registryWith serves crane's registry with images, through a handler in front.
func registryWith(t *testing.T, images []randomImage, front func(http.Handler) http.Handler) (string, map[string]string) {
	t.Helper()
	plain := registry.New(quiet())
	digests, err := fill(images, plain)
	if err != nil {
		t.Fatal(err)
	}
	handler := http.Handler(plain)
	if front != nil {
		handler = front(plain)
	}
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	return strings.TrimPrefix(server.URL, "http://"), digests
}

func htpasswd(t *testing.T) string {
	t.Helper()
	hash, err := bcrypt.GenerateFromPassword([]byte("right"), bcrypt.MinCost)
	if err != nil {
		t.Fatal(err)
	}
	return "course:" + string(hash) + "\n"
}

func TestInspectTellsSizesAndArchitectures(t *testing.T) {
	host, digests := registryWith(t, []randomImage{
		{Name: "kubeflow/many:1", Platforms: []string{"linux/amd64", "linux/arm64/v8"}, Layers: 2, Bytes: 500},
		{Name: "kubeflow/one:1", Layers: 3, Bytes: 100},
	}, nil)
	lines := must(t, "inspect", map[string]any{"images": []string{host + "/kubeflow/many:1"}})
	found := of(lines, "image")
	platforms, _ := found["platforms"].([]any)
	if found["digest"] != digests["kubeflow/many:1"] || len(platforms) != 2 {
		t.Fatal(found)
	}
	second, _ := platforms[1].(map[string]any)
	if second["platform"] != "linux/arm64/v8" || second["layers"] != 2.0 || second["size"].(float64) < 1000 {
		t.Error(second)
	}
	one := of(must(t, "inspect", map[string]any{"images": []string{host + "/kubeflow/one:1"}}), "image")
	platforms, _ = one["platforms"].([]any)
	if first, _ := platforms[0].(map[string]any); first["platform"] != "linux/amd64" || first["layers"] != 3.0 {
		t.Error(one)
	}
	head := of(must(t, "inspect", map[string]any{"head": true, "images": []string{host + "/kubeflow/many:1"}}), "image")
	if head["digest"] != digests["kubeflow/many:1"] || head["platforms"] != nil {
		t.Error(head)
	}
	if gone := of(must(t, "inspect", map[string]any{"images": []string{host + "/kubeflow/gone:1"}}), "image"); reason(gone) != "not-found" {
		t.Error(gone)
	}
	if wrong := of(must(t, "inspect", map[string]any{"images": []string{"Not An Image"}}), "image"); reason(wrong) != "invalid-name" {
		t.Error(wrong)
	}
}

func TestCheckFollowsTheChallenge(t *testing.T) {
	for _, auth := range []string{"basic", "bearer"} {
		t.Run(auth, func(t *testing.T) {
			people := htpasswd(t)
			host, _ := registryWith(t, nil, func(plain http.Handler) http.Handler {
				handler, err := withSignIn(plain, serveRequest{Auth: auth, Htpasswd: people})
				if err != nil {
					t.Fatal(err)
				}
				return handler
			})
			sign := func(password string) line {
				return of(must(t, "check", map[string]any{
					"host": host, "credentials": map[string]any{host: credential{"course", password}},
				}), "check")
			}
			if right := sign("right"); right["problem"] != nil || right["challenge"] != auth {
				t.Error(right)
			}
			if wrong := sign("wrong"); reason(wrong) != "unauthorized" {
				t.Error(wrong)
			}
			if nobody := of(must(t, "check", map[string]any{"host": host}), "check"); reason(nobody) != "unauthorized" {
				t.Error(nobody)
			}
		})
	}
	if closed := of(must(t, "check", map[string]any{"host": "127.0.0.1:1"}), "check"); reason(closed) != "unreachable" {
		t.Error(closed)
	}
}

func TestCheckNamesWhatIsWrongWithACertificate(t *testing.T) {
	for _, one := range []struct {
		names   []string
		expired bool
		trusted bool
		reason  string
	}{
		{[]string{"127.0.0.1"}, false, true, ""},
		{[]string{"127.0.0.1"}, false, false, "certificate-untrusted"},
		{[]string{"another.example"}, false, true, "certificate-name"},
		{[]string{"127.0.0.1"}, true, true, "certificate-expired"},
	} {
		ctx, stop := context.WithCancel(t.Context())
		reader, writer := io.Pipe()
		done := make(chan error, 1)
		go func() {
			done <- serve(ctx, serveRequest{Address: "127.0.0.1:0", TLSNames: one.names, Expired: one.expired}, &events{encoder: json.NewEncoder(writer)})
		}()
		var started listening
		if err := json.NewDecoder(reader).Decode(&started); err != nil {
			t.Fatal(err)
		}
		request := map[string]any{"host": started.Address}
		if one.trusted {
			request["certificates"] = map[string]string{started.Address: started.Certificate}
		}
		if found := of(must(t, "check", request), "check"); reason(found) != one.reason {
			t.Error(one, found)
		}
		stop()
		if err := <-done; err != nil {
			t.Error(err)
		}
	}
}

func TestPasswordsAreNotSentWithoutEncryption(t *testing.T) {
	allowed := &guard{plain: []string{"registry.example:5000"}}
	ask, _ := http.NewRequest(http.MethodGet, "http://other.example:5000/v2/", nil)
	if _, err := allowed.RoundTrip(ask); reasonOf(err) != "plain" {
		t.Error(err)
	}
}

func TestMirrorKeepsDigestsAndContinues(t *testing.T) {
	images := []randomImage{
		{Name: "a/many:1", Platforms: []string{"linux/amd64", "linux/arm64"}, Layers: 2, Bytes: 2000},
		{Name: "b/one:1", Layers: 4, Bytes: 2000},
	}
	from, digests := registryWith(t, images, nil)
	to, _ := registryWith(t, nil, nil)
	request := map[string]any{"images": []pair{
		{from + "/a/many@" + digests["a/many:1"], to + "/copy/a/many@" + digests["a/many:1"]},
		{from + "/b/one:1", to + "/copy/b/one:1"},
	}}
	first := of(must(t, "mirror", request), "summary")
	// Two platforms with two layers and a configuration each, and one image with four and a configuration.
	if first["copied"] != 2.0 || first["blobsSent"] != 11.0 || first["bytesSent"].(float64) < 16000 {
		t.Fatal(first)
	}
	ref, _ := name.ParseReference(to + "/copy/b/one:1")
	if head, err := remote.Head(ref); err != nil || head.Digest.String() != digests["b/one:1"] {
		t.Error(head, err)
	}
	if again := of(must(t, "mirror", request), "summary"); again["present"] != 2.0 || again["blobsSent"] != 0.0 {
		t.Error(again)
	}
}

func TestMirrorCopiesOnlyChosenPlatforms(t *testing.T) {
	from, digests := registryWith(t, []randomImage{
		{Name: "a/many:1", Platforms: []string{"linux/amd64", "linux/arm64/v8"}, Layers: 2, Bytes: 200},
	}, nil)
	to, _ := registryWith(t, nil, nil)
	chosen := func(platform, suffix string) []line {
		return must(t, "mirror", map[string]any{
			"platforms": []string{platform},
			"images":    []pair{{from + "/a/many" + suffix, to + "/copy/" + strings.ReplaceAll(platform, "/", "-") + suffix}},
		})
	}
	part := chosen("linux/arm64", ":1")
	if sum := of(part, "summary"); sum["copied"] != 1.0 || sum["blobsSent"] != 3.0 {
		t.Error(sum)
	}
	if again := of(chosen("linux/arm64", ":1"), "summary"); again["present"] != 1.0 {
		t.Error(again)
	}
	whole := chosen("linux/amd64", "@"+digests["a/many:1"])
	if image := of(whole, "image"); image["whole"] != true || image["digest"] != digests["a/many:1"] {
		t.Error(image)
	}
	if none := of(chosen("linux/riscv64", ":1"), "image"); none["state"] != "failed" {
		t.Error(none)
	}
}

func TestMirrorStoppedSendsOnlyTheRestAgain(t *testing.T) {
	from, _ := registryWith(t, []randomImage{{Name: "a/big:1", Layers: 12, Bytes: 4000}}, nil)
	var uploads atomic.Int32
	ctx, stop := context.WithCancel(t.Context())
	to, _ := registryWith(t, nil, func(plain http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			plain.ServeHTTP(w, r)
			if r.Method == http.MethodPut && strings.Contains(r.URL.Path, "/blobs/") && uploads.Add(1) == 5 {
				stop()
			}
		})
	})
	request := map[string]any{"images": []pair{{from + "/a/big:1", to + "/a/big:1"}}}
	if _, err := run(ctx, t, "mirror", request); err == nil {
		t.Fatal("it was not stopped")
	}
	time.Sleep(100 * time.Millisecond)
	before := uploads.Load()
	if before < 5 || before > 12 {
		t.Fatal(before)
	}
	rest := of(must(t, "mirror", request), "summary")
	if rest["copied"] != 1.0 || int32(rest["blobsSent"].(float64)) != 13-before || rest["blobsPresent"].(float64) < float64(before) {
		t.Error(before, rest)
	}
}

// storm answers every second request with 429.
func storm(retryAfter string, count *atomic.Int32) func(http.Handler) http.Handler {
	return func(plain http.Handler) http.Handler {
		var mutex sync.Mutex
		seen := map[string]bool{}
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			key := r.Method + " " + r.URL.Path
			mutex.Lock()
			isFirst := !seen[key]
			seen[key] = true
			mutex.Unlock()
			if isFirst && strings.Contains(r.URL.Path, "/manifests/") {
				count.Add(1)
				w.Header().Set("Retry-After", retryAfter)
				w.WriteHeader(http.StatusTooManyRequests)
				return
			}
			w.Header().Set("RateLimit-Limit", "100;w=21600")
			w.Header().Set("RateLimit-Remaining", "7;w=21600")
			plain.ServeHTTP(w, r)
		})
	}
}

func TestLimitsAreToldAndWaitedFor(t *testing.T) {
	var refused atomic.Int32
	images := []randomImage{{Name: "a/a:1"}, {Name: "a/b:1"}, {Name: "a/c:1"}}
	from, _ := registryWith(t, images, storm("1", &refused))
	to, _ := registryWith(t, nil, nil)
	pairs := []pair{}
	for _, one := range images {
		pairs = append(pairs, pair{from + "/" + one.Name, to + "/" + one.Name})
	}
	began := time.Now()
	lines := must(t, "mirror", map[string]any{"images": pairs})
	if sum := of(lines, "summary"); sum["copied"] != 3.0 || refused.Load() == 0 || time.Since(began) < time.Second {
		t.Error(sum, refused.Load())
	}
	if wait := of(lines, "waiting"); wait["host"] != from {
		t.Error(wait)
	}
	if limit := of(lines, "limit"); limit["limit"] != 100.0 || limit["remaining"] != 7.0 || limit["window"] != 21600.0 {
		t.Error(limit)
	}
}

func TestInspectDoesNotWaitForHours(t *testing.T) {
	var refused atomic.Int32
	from, _ := registryWith(t, []randomImage{{Name: "a/a:1"}}, func(http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path == "/v2/" {
				return
			}
			refused.Add(1)
			w.Header().Set("Retry-After", "7200")
			w.WriteHeader(http.StatusTooManyRequests)
		})
	})
	image := of(must(t, "inspect", map[string]any{"images": []string{from + "/a/a:1"}}), "image")
	found, _ := image["problem"].(map[string]any)
	if found["reason"] != "rate-limited" || found["retryAt"] == nil {
		t.Error(image)
	}
}

func TestContentThatIsNotWhatItsDigestSays(t *testing.T) {
	images := []randomImage{{Name: "a/a:1", Layers: 1}}
	from, digests := registryWith(t, images, func(plain http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.Method == http.MethodGet && strings.Contains(r.URL.Path, "/manifests/sha256") {
				w.Header().Set("Content-Type", "application/vnd.docker.distribution.manifest.v2+json")
				_, _ = w.Write([]byte(`{"schemaVersion":2}`))
				return
			}
			plain.ServeHTTP(w, r)
		})
	})
	to, _ := registryWith(t, nil, nil)
	image := of(must(t, "mirror", map[string]any{
		"images": []pair{{from + "/a/a@" + digests["a/a:1"], to + "/a/a@" + digests["a/a:1"]}},
	}), "image")
	if reason(image) != "digest-mismatch" {
		t.Error(image)
	}
}

func TestTheWorkStopsWithItsInput(t *testing.T) {
	reader, writer := io.Pipe()
	var out bytes.Buffer
	done := make(chan int, 1)
	go func() { done <- Main([]string{"serve"}, reader, &out, io.Discard) }()
	_, _ = writer.Write([]byte(`{"address":"127.0.0.1:0"}`))
	_ = writer.Close()
	select {
	case code := <-done:
		if code != 130 {
			t.Error(code, out.String())
		}
	case <-time.After(5 * time.Second):
		t.Fatal("it goes on")
	}
}
