package simulate

import (
	"context"
	"fmt"
	"path"
	"slices"
	"strings"
	"time"

	corev1 "k8s.io/api/core/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

const presenceEvery = time.Second

// whileThere gives a context that ends with the pod.
func (t *target) whileThere(ctx context.Context) (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithCancel(ctx)
	go func() {
		ticker := time.NewTicker(presenceEvery)
		defer ticker.Stop()
		for {
			select {
			case <-ctx.Done():
				return
			case <-ticker.C:
			}
			pod, err := t.kubelet.client.CoreV1().Pods(t.pod.Namespace).Get(ctx, t.pod.Name, metav1.GetOptions{})
			if apierrors.IsNotFound(err) || err == nil && pod.UID != t.pod.UID {
				cancel()
				return
			}
		}
	}()
	return ctx, cancel
}

// missing gives a runtime's words where an image has no such shell: images named
// distroless have none, those of busybox and alpine no bash.
func missing(pod *corev1.Pod, container string, command []string) error {
	if len(command) == 0 {
		return nil
	}
	image := ""
	for _, spec := range pod.Spec.Containers {
		if spec.Name == container {
			image = spec.Image
		}
	}
	name := path.Base(command[0])
	small := strings.Contains(image, "busybox") || strings.Contains(image, "alpine")
	without := strings.Contains(image, "distroless") && slices.Contains([]string{"sh", "bash", "ash", "dash"}, name)
	if without || small && name == "bash" {
		return fmt.Errorf("OCI runtime exec failed: exec failed: unable to start container process: exec: %q: executable file not found in $PATH: unknown", command[0])
	}
	return nil
}
