package simulate

import (
	"slices"
	"testing"
	"time"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

var start = time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)

func waitingFor(reason, message string) corev1.ContainerState {
	return corev1.ContainerState{Waiting: &corev1.ContainerStateWaiting{Reason: reason, Message: message}}
}

func runningSince(seconds int) corev1.ContainerState {
	return corev1.ContainerState{Running: &corev1.ContainerStateRunning{StartedAt: metav1.NewTime(start.Add(time.Duration(seconds) * time.Second))}}
}

func onePod(name string, state corev1.ContainerState) *corev1.Pod {
	pod := &corev1.Pod{
		ObjectMeta: metav1.ObjectMeta{Name: name, Namespace: "team-a", UID: "uid-1"},
		Spec:       corev1.PodSpec{NodeName: "node-1", Containers: []corev1.Container{{Name: "app", Image: "nginx:1"}}},
	}
	if state != (corev1.ContainerState{}) {
		pod.Status.ContainerStatuses = []corev1.ContainerStatus{{Name: "app", State: state}}
	}
	return pod
}

// told plays a pod's states, half a second apart, and gives what is said.
func told(e *eventTeller, name string, states ...corev1.ContainerState) []string {
	now := start
	e.now = func() time.Time { return now }
	var all []string
	before := onePod(name, corev1.ContainerState{})
	for _, state := range states {
		after := onePod(name, state)
		for _, event := range e.changes(before, after) {
			if event.path != "spec.containers{app}" {
				all = append(all, event.path)
			}
			all = append(all, event.eventType+" "+event.reason+": "+event.message)
		}
		before, now = after, now.Add(512*time.Millisecond)
	}
	return all
}

func expectLines(t *testing.T, got []string, want ...string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("got %q\nwant %q", got, want)
	}
}

func TestAPodsStartIsToldAsAKubeletDoes(t *testing.T) {
	e := newEventTeller()
	creating := waitingFor("ContainerCreating", "")
	expectLines(t, told(e, "web-1", creating, creating, runningSince(1), runningSince(1)),
		`Normal Pulling: Pulling image "nginx:1"`,
		`Normal Pulled: Successfully pulled image "nginx:1" in 1.024s (1.024s including waiting). Image size: 186655674 bytes.`,
		"Normal Created: Container created", "Normal Started: Container started")
	expectLines(t, told(e, "web-2", creating, runningSince(1)),
		`Normal Pulled: Container image "nginx:1" already present on machine and can be accessed by the pod`,
		"Normal Created: Container created", "Normal Started: Container started")
}

func TestAnImageThatCannotBePulledIsToldAsAKubeletDoes(t *testing.T) {
	err, backOff := waitingFor("ErrImagePull", "nginx:1: not found"), waitingFor("ImagePullBackOff", "Back-off")
	pulling := `Normal Pulling: Pulling image "nginx:1"`
	failed := `Warning Failed: Failed to pull image "nginx:1": rpc error: code = NotFound desc = nginx:1: not found`
	expectLines(t, told(newEventTeller(), "web", waitingFor("ContainerCreating", ""), err, backOff, err),
		pulling, failed, "Warning Failed: Error: ErrImagePull",
		`Normal BackOff: Back-off pulling image "nginx:1"`, "Warning Failed: Error: ImagePullBackOff",
		pulling, failed, "Warning Failed: Error: ErrImagePull")
}

func TestAContainerThatKeepsEndingIsToldAsAKubeletDoes(t *testing.T) {
	got := told(newEventTeller(), "web", runningSince(1), waitingFor("CrashLoopBackOff", ""), runningSince(9))
	expectLines(t, got[len(got)-4:],
		"Warning BackOff: Back-off restarting failed container app in pod web_team-a(uid-1)",
		`Normal Pulled: Container image "nginx:1" already present on machine and can be accessed by the pod`,
		"Normal Created: Container created", "Normal Started: Container started")
}

func TestBackOffIsToldAgainWhileItLasts(t *testing.T) {
	e := newEventTeller()
	repeated := func() []string {
		var all []string
		for _, one := range e.stillHeldBack() {
			for _, event := range one.events {
				all = append(all, event.reason+": "+event.message)
			}
		}
		return all
	}
	told(e, "web", runningSince(1), waitingFor("CrashLoopBackOff", ""))
	backOff := "BackOff: Back-off restarting failed container app in pod web_team-a(uid-1)"
	expectLines(t, repeated(), backOff)
	expectLines(t, repeated(), backOff)
	told(e, "web", runningSince(9))
	expectLines(t, repeated())
	told(e, "web", waitingFor("ImagePullBackOff", "Back-off"))
	expectLines(t, repeated(), `BackOff: Back-off pulling image "nginx:1"`, "Failed: Error: ImagePullBackOff")
	ending := onePod("web", waitingFor("ImagePullBackOff", "Back-off"))
	ending.DeletionTimestamp = &metav1.Time{Time: start}
	e.changes(ending, ending)
	expectLines(t, repeated())
}

func TestInitContainersComeFirst(t *testing.T) {
	e := newEventTeller()
	e.now = func() time.Time { return start }
	pod := onePod("web", waitingFor("PodInitializing", ""))
	pod.Spec.InitContainers = []corev1.Container{{Name: "prep", Image: "busybox"}}
	pod.Status.InitContainerStatuses = []corev1.ContainerStatus{{Name: "prep", State: waitingFor("PodInitializing", "")}}
	events := e.changes(&corev1.Pod{}, pod)
	if len(events) != 1 || events[0].path != "spec.initContainers{prep}" || events[0].message != `Pulling image "busybox"` {
		t.Errorf("%+v", events)
	}
}
