package images

import (
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

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
