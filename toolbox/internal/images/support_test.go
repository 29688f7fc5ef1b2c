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
	"testing"

	"github.com/google/go-containerregistry/pkg/registry"
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
