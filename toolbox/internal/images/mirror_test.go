package images

import (
	"context"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-containerregistry/pkg/name"
	"github.com/google/go-containerregistry/pkg/v1/remote"
)

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
