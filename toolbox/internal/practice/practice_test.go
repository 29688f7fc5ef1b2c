package practice

import (
	"crypto/x509"
	"encoding/pem"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestParseRange(t *testing.T) {
	for text, want := range map[string]Range{"1s-3s": {1000, 3000}, "500ms": {500, 500}, "0s-100ms": {0, 100}} {
		if got, err := parseRange(text); err != nil || got != want {
			t.Errorf("%s: %v, %v", text, got, err)
		}
	}
	for _, text := range []string{"3", "1s-x", "3s-1s", "-1s-2s"} {
		if _, err := parseChanges(0, text); err == nil {
			t.Errorf("%s is accepted", text)
		}
	}
	for _, nodes := range []int{-1, 51} {
		if _, err := parseChanges(nodes, ""); err == nil {
			t.Errorf("%d nodes are accepted", nodes)
		}
	}
}

func TestPKIIsPrivateAndKept(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "pki")
	keys, err := ensurePKI(dir, net.IPv4(10, 96, 0, 1), []net.IP{net.IPv4(172, 30, 0, 2)})
	if err != nil {
		t.Fatal(err)
	}
	before, err := os.ReadFile(keys.cert("admin"))
	if err != nil {
		t.Fatal(err)
	}
	entries, _ := os.ReadDir(dir)
	for _, entry := range entries {
		if info, _ := entry.Info(); info.Mode().Perm() != 0o600 {
			t.Errorf("%s is %s", entry.Name(), info.Mode())
		}
	}
	if _, err := ensurePKI(dir, nil, nil); err != nil {
		t.Fatal(err)
	}
	if after, _ := os.ReadFile(keys.cert("admin")); string(after) != string(before) {
		t.Error("certificates are made anew although they are valid")
	}
	os.Remove(keys.key("kwok"))
	if keys.complete() {
		t.Error("complete without a key")
	}
	server := parse(t, keys.cert("apiserver"))
	roots := x509.NewCertPool()
	roots.AddCert(parse(t, keys.cert("ca")))
	if _, err := server.Verify(x509.VerifyOptions{Roots: roots, DNSName: "127.0.0.1"}); err != nil {
		t.Error(err)
	}
	if _, err := parse(t, keys.cert("apiserver-etcd-client")).Verify(x509.VerifyOptions{Roots: roots, KeyUsages: []x509.ExtKeyUsage{x509.ExtKeyUsageAny}}); err == nil {
		t.Error("etcd's certificates are of the cluster's authority")
	}
}

func parse(t *testing.T, file string) *x509.Certificate {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	block, _ := pem.Decode(text)
	certificate, err := x509.ParseCertificate(block.Bytes)
	if err != nil {
		t.Fatal(err)
	}
	return certificate
}

func TestReserveGivesDifferentPorts(t *testing.T) {
	var first, second int
	if err := reserve(&first, &second); err != nil || first == second || first == 0 {
		t.Errorf("%d, %d, %v", first, second, err)
	}
	kept := first
	if err := reserve(&kept); err != nil || kept != first {
		t.Errorf("a free port is not kept: %d, %d", kept, first)
	}
	listener, _, err := listen(first)
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	if err := reserve(&kept); err != nil || kept == first {
		t.Errorf("a taken port is kept: %v", err)
	}
}

func TestGuard(t *testing.T) {
	handler := guard(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}), "secret", 4000)
	for _, c := range []struct {
		token, host, origin string
		want                int
	}{
		{"secret", "127.0.0.1:4000", "", http.StatusOK},
		{"wrong", "127.0.0.1:4000", "", http.StatusUnauthorized},
		{"", "127.0.0.1:4000", "", http.StatusUnauthorized},
		{"secret", "evil.example:4000", "", http.StatusForbidden},
		{"secret", "127.0.0.1:4000", "http://evil.example", http.StatusForbidden},
	} {
		request := httptest.NewRequest(http.MethodGet, "/status", nil)
		request.Host = c.host
		request.Header.Set("Authorization", "Bearer "+c.token)
		if c.origin != "" {
			request.Header.Set("Origin", c.origin)
		}
		response := httptest.NewRecorder()
		handler.ServeHTTP(response, request)
		if response.Code != c.want {
			t.Errorf("%+v: %d", c, response.Code)
		}
	}
}

func TestStagesFillInTheirDelays(t *testing.T) {
	text, err := stages(Range{1000, 2000})
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(text, "[[") || !strings.Contains(text, "{durationMilliseconds: 250, jitterDurationMilliseconds: 500}") {
		t.Error("the delays of pod-create are not 25 %")
	}
}

func TestLogFileStartsOver(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.log")
	log, err := openLog(path)
	if err != nil {
		t.Fatal(err)
	}
	defer log.Close()
	line := strings.Repeat("x", 1<<20) + "\n"
	for range 12 {
		log.Write([]byte(line))
	}
	log.Write([]byte("supervisor: it died\nlast words\nhalf a li"))
	for _, file := range []string{path, path + ".1"} {
		if info, err := os.Stat(file); err != nil || info.Size() > logLimit+2<<20 {
			t.Errorf("%s: %v %v", file, info, err)
		}
	}
	if last := lastTelling(log.tail()); last != "last words" {
		t.Error(last)
	}
}

func TestBoardNeverGoesBack(t *testing.T) {
	b := newBoard(Status{State: Starting})
	_, changed := b.read()
	b.reach("api-server")
	<-changed
	b.reach("etcd")
	if status, _ := b.read(); status.Step != "api-server" {
		t.Error(status.Step)
	}
}
