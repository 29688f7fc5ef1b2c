package simulate

import (
	"bytes"
	"context"
	"io"
	"strings"
	"testing"
	"time"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/cri-streaming/pkg/streaming/remotecommand"
)

func TestShell(t *testing.T) {
	pod := &corev1.Pod{ObjectMeta: metav1.ObjectMeta{Name: "web-0", Namespace: "default"}}
	pod.Spec.Containers = []corev1.Container{{Name: "c", Env: []corev1.EnvVar{{Name: "GREETING", Value: "hello"}}}}
	for _, c := range []struct {
		command []string
		in, out string
		code    int
	}{
		{[]string{"echo", "a", "b"}, "", "a b\n", 0},
		{[]string{"/bin/sh", "-c", "echo $GREETING '$GREETING' \"$GREETING $HOSTNAME\""}, "", "hello $GREETING hello web-0\n", 0},
		{[]string{"sh", "-c", "false && echo no || echo yes; exit 7; echo never"}, "", "yes\n", 7},
		{[]string{"bash", "-lc", "echo a; echo $?"}, "", "a\n0\n", 0},
		{[]string{"cat", "/etc/hostname"}, "", "web-0\n", 0},
		{[]string{"cat", "/etc/passwd"}, "", "", 1},
		{[]string{"curl", "example.org"}, "", "", 127},
		{[]string{"sh", "-c", "echo 'open"}, "", "", 2},
		{[]string{"sh"}, "hostname\nexit 3\nhostname\n", "web-0\n", 3},
		{[]string{"cat"}, "through", "through", 0},
	} {
		var out, errOut bytes.Buffer
		sh := newShell(pod, "c", strings.NewReader(c.in), &out, &errOut, nil)
		if code := sh.run(context.Background(), c.command); code != c.code || out.String() != c.out {
			t.Errorf("%q: %d %q; want %d %q", c.command, code, out.String(), c.code, c.out)
		}
	}
}

// screen keeps what is written until it is looked at.
type screen chan byte

func (s screen) Write(text []byte) (int, error) {
	for _, next := range text {
		s <- next
	}
	return len(text), nil
}

func TestTerminal(t *testing.T) {
	pod := &corev1.Pod{ObjectMeta: metav1.ObjectMeta{Name: "web-0", Namespace: "default"}}
	keys, typing := io.Pipe()
	screen := make(screen, 1<<20)
	sizes := make(chan remotecommand.TerminalSize)
	terminal := newTTY(t.Context(), keys, screen, sizes)
	ended := make(chan int, 1)
	go func() {
		ended <- newShell(pod, "c", terminal, terminal, terminal, terminal).run(t.Context(), []string{"sh"})
	}()
	var seen strings.Builder
	expect := func(text string) {
		t.Helper()
		for !strings.Contains(seen.String(), text) {
			select {
			case next := <-screen:
				seen.WriteByte(next)
			case <-time.After(20 * time.Second):
				t.Fatalf("no %q; seen %q", text, seen.String())
			}
		}
		seen.Reset()
	}
	enter := func(text string) { _, _ = typing.Write([]byte(text)) }

	expect("practice:/# ")
	enter("echo a; echo b\r")
	expect("a\r\nb\r\n")
	sizes <- remotecommand.TerminalSize{Width: 132, Height: 50}
	sizes <- remotecommand.TerminalSize{Width: 133, Height: 51} // the first is taken in when this is received
	enter("stty size\r")
	expect("5")
	enter("yes flood\r")
	expect("flood\r\nflood\r\n")
	enter("\x03")
	expect("^C\r\n")
	enter("echo $?\r")
	expect("130\r\n")
	enter("typed in vain\x03")
	expect("^C")
	enter("cat\r")
	enter("line\r\x04")
	expect("line\r\nline\r\n")
	enter("exit 4\r")
	if code := <-ended; code != 4 {
		t.Errorf("ended with %d", code)
	}
}

func TestMissing(t *testing.T) {
	pod := &corev1.Pod{}
	for image, without := range map[string]string{"gcr.io/distroless/static": "bash sh ash", "busybox:1": "bash", "debian": ""} {
		pod.Spec.Containers = []corev1.Container{{Name: "c", Image: image}}
		var found []string
		for _, name := range []string{"bash", "sh", "ash"} {
			if missing(pod, "c", []string{name}) != nil {
				found = append(found, name)
			}
		}
		if got := strings.Join(found, " "); got != without {
			t.Errorf("%s: without %q; want %q", image, got, without)
		}
	}
}
