package simulate

import (
	"bytes"
	"context"
	"strings"
	"testing"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

func TestFilesGoThroughTar(t *testing.T) {
	store := newFileStore()
	pod := &corev1.Pod{ObjectMeta: metav1.ObjectMeta{Name: "web-0", Namespace: "default", UID: "u1"}}
	do := func(pod *corev1.Pod, in string, command ...string) (string, string, int) {
		var out, errOut bytes.Buffer
		sh := newShell(pod, "c", strings.NewReader(in), &out, &errOut, nil)
		sh.files = store.of(pod, "c")
		code := sh.run(context.Background(), command)
		return out.String(), errOut.String(), code
	}
	packed, _, _ := do(pod, "", "tar", "cf", "-", "/etc/hostname")
	if _, said, code := do(pod, packed, "tar", "-xmf", "-", "-C", "/tmp"); code != 0 {
		t.Fatalf("unpacking gave %d: %s", code, said)
	}
	if text, _, code := do(pod, "", "cat", "/tmp/etc/hostname"); code != 0 || text != "web-0\n" {
		t.Errorf("what was unpacked reads %q (%d)", text, code)
	}
	other := &corev1.Pod{ObjectMeta: metav1.ObjectMeta{Name: "web-0", Namespace: "default", UID: "u2"}}
	if _, _, code := do(other, "", "test", "-e", "/tmp/etc/hostname"); code != 1 {
		t.Error("a new pod of the same name has the files of the old one")
	}
	if _, said, code := do(pod, "", "tar", "cf", "-", "/none"); code != 2 || !strings.Contains(said, "No such file") {
		t.Errorf("a missing file gave %d: %s", code, said)
	}
	for _, c := range []struct {
		command string
		code    int
	}{
		{"mkdir -p '/data/a b' && test -d '/data/a b'", 0},
		{"mkdir /none/deep", 1},
		{"ln -s /etc/hostname /data/link && cat /data/link", 0},
		{"rm /data", 1},
		{"rm -rf /data && test -e /data", 1},
		{"tar -xmf - -C /none", 2},
	} {
		if _, said, code := do(pod, "", "sh", "-c", c.command); code != c.code {
			t.Errorf("%q gave %d (%s), want %d", c.command, code, said, c.code)
		}
	}
}
