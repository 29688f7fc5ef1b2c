package simulate

import (
	"bytes"
	"context"
	"strings"
	"testing"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
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
		sh := newShell(pod, "c", strings.NewReader(c.in), &out, &errOut, false)
		if code := sh.run(context.Background(), c.command); code != c.code || out.String() != c.out {
			t.Errorf("%q: %d %q; want %d %q", c.command, code, out.String(), c.code, c.out)
		}
	}
}
