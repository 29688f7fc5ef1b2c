package simulate

import (
	"context"
	"fmt"
	"time"

	corev1 "k8s.io/api/core/v1"
)

const (
	// repeatEvery is about how often a kubelet looks at a pod whose containers it holds
	// back. It says so each time; client-go counts, and leaves out what is too much.
	repeatEvery = 15 * time.Second
	// repeatMost is for how many pods that is done at once: there may be fifty thousand.
	repeatMost = 200
)

// heldBack is a pod with containers that wait for their next try, and what is said of them.
type heldBack struct {
	pod    *corev1.Pod
	events []said
}

// backOff gives what a kubelet records, again and again, of a container that it holds back.
func backOff(pod *corev1.Pod, container corev1.Container, path string, status corev1.ContainerStatus) []said {
	if status.State.Waiting == nil {
		return nil
	}
	switch status.State.Waiting.Reason {
	case "ImagePullBackOff":
		return []said{
			{path, corev1.EventTypeNormal, "BackOff", fmt.Sprintf("Back-off pulling image %q", container.Image)},
			{path, corev1.EventTypeWarning, "Failed", "Error: ImagePullBackOff"},
		}
	case "CrashLoopBackOff":
		return []said{{path, corev1.EventTypeWarning, "BackOff", fmt.Sprintf(
			"Back-off restarting failed container %s in pod %s_%s(%s)", container.Name, pod.Name, pod.Namespace, pod.UID)}}
	}
	return nil
}

// noteHeldBack remembers what is to be said again of a pod, until it is told otherwise.
func (e *eventTeller) noteHeldBack(pod *corev1.Pod, events []said) {
	if len(events) == 0 || pod.DeletionTimestamp != nil {
		delete(e.heldBack, pod.UID)
		return
	}
	e.heldBack[pod.UID] = heldBack{pod, events}
}

// stillHeldBack gives some of those that are, any of them where there are many.
func (e *eventTeller) stillHeldBack() []heldBack {
	e.mutex.Lock()
	defer e.mutex.Unlock()
	some := []heldBack{}
	for _, one := range e.heldBack {
		if len(some) == repeatMost {
			break
		}
		some = append(some, one)
	}
	return some
}

// repeat says again what holds, until ctx ends.
func (e *eventTeller) repeat(ctx context.Context) {
	ticks := time.NewTicker(repeatEvery)
	defer ticks.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticks.C:
			for _, one := range e.stillHeldBack() {
				e.tell(one.pod, one.events)
			}
		}
	}
}
