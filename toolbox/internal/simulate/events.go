package simulate

import (
	"context"
	"fmt"
	"hash/fnv"
	"slices"
	"strings"
	"sync"
	"time"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/types"
	"k8s.io/client-go/informers"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/kubernetes/scheme"
	typedcorev1 "k8s.io/client-go/kubernetes/typed/core/v1"
	"k8s.io/client-go/tools/cache"
	"k8s.io/client-go/tools/record"
)

// said is an event as a kubelet records it, of a container of a pod.
type said struct {
	path, eventType, reason, message string
}

// eventTeller records for pods that come and go what kubelets record: in their
// words, counted as theirs are. It reads what the stages did from the pods' status.
type eventTeller struct {
	broadcaster record.EventBroadcaster
	now         func() time.Time

	mutex     sync.Mutex
	recorders map[string]record.EventRecorder // by node
	present   map[string]bool                 // node and image
	pulling   map[types.UID]map[string]time.Time
	heldBack  map[types.UID]heldBack
}

func newEventTeller() *eventTeller {
	return &eventTeller{
		now: time.Now, recorders: map[string]record.EventRecorder{},
		present: map[string]bool{}, pulling: map[types.UID]map[string]time.Time{}, heldBack: map[types.UID]heldBack{},
	}
}

func (e *eventTeller) run(ctx context.Context, client kubernetes.Interface) {
	e.broadcaster = record.NewBroadcaster(record.WithContext(ctx))
	e.broadcaster.StartRecordingToSink(&typedcorev1.EventSinkImpl{Interface: client.CoreV1().Events("")})
	defer e.broadcaster.Shutdown()
	factory := informers.NewSharedInformerFactoryWithOptions(client, 0, informers.WithTransform(onlyContainers))
	_, _ = factory.Core().V1().Pods().Informer().AddEventHandler(cache.ResourceEventHandlerDetailedFuncs{
		AddFunc: func(object any, initial bool) {
			if pod, isPod := object.(*corev1.Pod); isPod && !initial {
				e.tell(pod, e.changes(&corev1.Pod{}, pod))
			}
		},
		UpdateFunc: func(before, after any) {
			old, wasPod := before.(*corev1.Pod)
			pod, isPod := after.(*corev1.Pod)
			if wasPod && isPod && old.UID == pod.UID {
				e.tell(pod, e.changes(old, pod))
			}
		},
		DeleteFunc: func(object any) {
			if gone, isGone := object.(cache.DeletedFinalStateUnknown); isGone {
				object = gone.Obj
			}
			if pod, isPod := object.(*corev1.Pod); isPod {
				e.mutex.Lock()
				delete(e.pulling, pod.UID)
				delete(e.heldBack, pod.UID)
				e.mutex.Unlock()
			}
		},
	})
	factory.Start(ctx.Done())
	e.repeat(ctx)
	factory.Shutdown()
}

// onlyContainers drops what is not looked at: there may be fifty thousand pods.
func onlyContainers(object any) (any, error) {
	pod, isPod := object.(*corev1.Pod)
	if !isPod {
		return object, nil
	}
	slim := func(containers []corev1.Container) []corev1.Container {
		kept := make([]corev1.Container, len(containers))
		for i, c := range containers {
			kept[i] = corev1.Container{Name: c.Name, Image: c.Image, ImagePullPolicy: c.ImagePullPolicy}
		}
		return kept
	}
	return &corev1.Pod{
		ObjectMeta: metav1.ObjectMeta{
			Name: pod.Name, Namespace: pod.Namespace, UID: pod.UID, ResourceVersion: pod.ResourceVersion,
			DeletionTimestamp: pod.DeletionTimestamp,
		},
		Spec: corev1.PodSpec{
			NodeName: pod.Spec.NodeName, Containers: slim(pod.Spec.Containers), InitContainers: slim(pod.Spec.InitContainers),
		},
		Status: corev1.PodStatus{
			ContainerStatuses: pod.Status.ContainerStatuses, InitContainerStatuses: pod.Status.InitContainerStatuses,
		},
	}, nil
}

// tell records them; a pod that is being deleted has nothing more to say, and of one
// without a node no kubelet knows.
func (e *eventTeller) tell(pod *corev1.Pod, events []said) {
	if pod.DeletionTimestamp != nil || pod.Spec.NodeName == "" {
		return
	}
	for _, event := range events {
		reference := &corev1.ObjectReference{
			APIVersion: "v1", Kind: "Pod", Namespace: pod.Namespace, Name: pod.Name, UID: pod.UID,
			ResourceVersion: pod.ResourceVersion, FieldPath: event.path,
		}
		e.recorder(pod.Spec.NodeName).Event(reference, event.eventType, event.reason, event.message)
	}
}

func (e *eventTeller) recorder(node string) record.EventRecorder {
	e.mutex.Lock()
	defer e.mutex.Unlock()
	if e.recorders[node] == nil {
		e.recorders[node] = e.broadcaster.NewRecorder(scheme.Scheme, corev1.EventSource{Component: "kubelet", Host: node})
	}
	return e.recorders[node]
}

// changes gives what a kubelet would have recorded between two states of a pod.
func (e *eventTeller) changes(old, pod *corev1.Pod) []said {
	e.mutex.Lock()
	defer e.mutex.Unlock()
	var events []said
	waits := []said{}
	for _, kind := range []struct {
		field       string
		containers  []corev1.Container
		before, now []corev1.ContainerStatus
	}{
		{"spec.initContainers", pod.Spec.InitContainers, old.Status.InitContainerStatuses, pod.Status.InitContainerStatuses},
		{"spec.containers", pod.Spec.Containers, old.Status.ContainerStatuses, pod.Status.ContainerStatuses},
	} {
		for _, container := range kind.containers {
			now := namedStatus(kind.now, container.Name)
			path := fmt.Sprintf("%s{%s}", kind.field, container.Name)
			events = append(events, e.ofContainer(pod, container, path, namedStatus(kind.before, container.Name), now)...)
			waits = append(waits, backOff(pod, container, path, now)...)
		}
	}
	e.noteHeldBack(pod, waits)
	return events
}

func namedStatus(statuses []corev1.ContainerStatus, name string) corev1.ContainerStatus {
	at := slices.IndexFunc(statuses, func(one corev1.ContainerStatus) bool { return one.Name == name })
	if at < 0 {
		return corev1.ContainerStatus{}
	}
	return statuses[at]
}

// The words are those of k8s.io/kubernetes/pkg/kubelet (images and kuberuntime).
func (e *eventTeller) ofContainer(pod *corev1.Pod, container corev1.Container, path string, old, now corev1.ContainerStatus) []said {
	normal := func(reason, format string, values ...any) said {
		return said{path, corev1.EventTypeNormal, reason, fmt.Sprintf(format, values...)}
	}
	warning := func(reason, format string, values ...any) said {
		return said{path, corev1.EventTypeWarning, reason, fmt.Sprintf(format, values...)}
	}
	pulling := normal("Pulling", "Pulling image %q", container.Image)
	if state := now.State.Running; state != nil {
		if before := old.State.Running; before != nil && before.StartedAt.Equal(&state.StartedAt) {
			return nil
		}
		return append(e.pulled(pod, container, normal),
			normal("Created", "Container created"), normal("Started", "Container started"))
	}
	waiting := now.State.Waiting
	if waiting == nil || old.State.Waiting != nil && old.State.Waiting.Reason == waiting.Reason {
		return nil
	}
	reason := waiting.Reason
	if reason == "PodInitializing" && strings.HasPrefix(path, "spec.initContainers") {
		reason = "ContainerCreating" // its own image is pulled while the others' wait
	}
	switch reason {
	case "ContainerCreating":
		if e.beginsToPull(pod, container) {
			return []said{pulling}
		}
	case "ErrImagePull":
		again := []said{}
		if old.State.Waiting != nil && old.State.Waiting.Reason == "ImagePullBackOff" || e.beginsToPull(pod, container) {
			again = append(again, pulling)
		}
		return append(again,
			warning("Failed", "Failed to pull image %q: rpc error: code = NotFound desc = %s", container.Image, waiting.Message),
			warning("Failed", "Error: ErrImagePull"))
	}
	return backOff(pod, container, path, now)
}

// beginsToPull notes that a container's image is being pulled; false where it is
// on the node, or its pull has begun before.
func (e *eventTeller) beginsToPull(pod *corev1.Pod, container corev1.Container) bool {
	if container.ImagePullPolicy != corev1.PullAlways && e.present[pod.Spec.NodeName+" "+container.Image] {
		return false
	}
	if _, begun := e.pulling[pod.UID][container.Name]; begun {
		return false
	}
	if e.pulling[pod.UID] == nil {
		e.pulling[pod.UID] = map[string]time.Time{}
	}
	e.pulling[pod.UID][container.Name] = e.now()
	return true
}

// pulled gives how a container that starts came by its image.
func (e *eventTeller) pulled(pod *corev1.Pod, container corev1.Container, normal func(string, string, ...any) said) []said {
	key := pod.Spec.NodeName + " " + container.Image
	events := []said{}
	if e.beginsToPull(pod, container) {
		events = append(events, normal("Pulling", "Pulling image %q", container.Image))
	}
	began, isPulling := e.pulling[pod.UID][container.Name]
	if !isPulling {
		return append(events, normal("Pulled", "Container image %q already present on machine and can be accessed by the pod", container.Image))
	}
	delete(e.pulling[pod.UID], container.Name)
	e.present[key] = true
	took := max(e.now().Sub(began), time.Millisecond).Truncate(time.Millisecond)
	return append(events, normal("Pulled", "Successfully pulled image %q in %v (%v including waiting). Image size: %v bytes.",
		container.Image, took, took, imageSize(container.Image)))
}

// imageSize gives every image a size of its own, of the order that images have:
// nothing is pulled here.
func imageSize(image string) uint32 {
	hash := fnv.New32a()
	_, _ = hash.Write([]byte(image))
	return 20<<20 + hash.Sum32()%(300<<20)
}
