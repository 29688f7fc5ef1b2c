package simulate

import (
	"bufio"
	"context"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"time"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/watch"
)

// firstLines are written by every container, however short its life.
const firstLines = 3

// beatEvery is how often a simulated container has something to say.
const beatEvery = 10 * time.Second

// containerLog is what a simulated container has written. It is not stored: a
// line's number gives its time and text, so that logs cost nothing and are the
// same whenever they are read.
type containerLog struct {
	pod, container, image string
	started               time.Time
	ended                 time.Time // zero while it runs
	crashed               bool
	flood                 flood
}

type logLine struct {
	at   time.Time
	text string
}

// logOf is the log of a container's present run (of its last one while it waits
// for the next), or of the run before that.
func logOf(pod *corev1.Pod, container string, previous bool) containerLog {
	log := containerLog{
		pod: pod.Namespace + "/" + pod.Name, container: container,
		crashed: brokenBy(pod, container) == faultCrash, flood: floodOf(pod),
	}
	for _, spec := range slices.Concat(pod.Spec.InitContainers, pod.Spec.Containers) {
		if spec.Name == container {
			log.image = spec.Image
		}
	}
	for _, spec := range pod.Spec.EphemeralContainers {
		if spec.Name == container {
			log.image = spec.Image
		}
	}
	status, found := statusOf(pod, container)
	if !found {
		return log
	}
	switch {
	case previous:
		if last := status.LastTerminationState.Terminated; last != nil {
			log.started, log.ended = last.StartedAt.Time, last.FinishedAt.Time
		}
	case status.State.Running != nil:
		log.started = status.State.Running.StartedAt.Time
	default:
		if ended := ended(status); ended != nil {
			log.started, log.ended = ended.StartedAt.Time, ended.FinishedAt.Time
		}
	}
	return log
}

func statusOf(pod *corev1.Pod, container string) (corev1.ContainerStatus, bool) {
	for _, status := range slices.Concat(pod.Status.InitContainerStatuses, pod.Status.ContainerStatuses, pod.Status.EphemeralContainerStatuses) {
		if status.Name == container {
			return status, true
		}
	}
	return corev1.ContainerStatus{}, false
}

func ended(status corev1.ContainerStatus) *corev1.ContainerStateTerminated {
	if status.State.Terminated != nil {
		return status.State.Terminated
	}
	return status.LastTerminationState.Terminated
}

// line gives the line with a number, and whether it has been written by now.
func (l containerLog) line(number int, now time.Time) (logLine, bool) {
	if l.flood.rate > 0 {
		at := l.flood.at(l.started, number)
		if l.started.IsZero() || at.After(now) || (!l.ended.IsZero() && at.After(l.ended)) {
			return logLine{}, false
		}
		return logLine{at, l.flood.text(l.container, number, at)}, true
	}
	first := [firstLines]string{
		fmt.Sprintf("Simulated container %s of pod %s: no program of %s runs here.", l.container, l.pod, l.image),
		"Starting",
		"Ready",
	}
	if l.crashed {
		first[2] = "Error: this container was told to crash (a fault of the practice cluster); exit code 1"
	}
	at := l.started.Add(time.Duration(number) * 50 * time.Millisecond)
	text := ""
	if number < len(first) {
		text = first[number]
	} else {
		beat := number - len(first) + 1
		at, text = l.started.Add(time.Duration(beat)*beatEvery), fmt.Sprintf("Still here, %s after the start", time.Duration(beat)*beatEvery)
		if l.crashed {
			return logLine{}, false
		}
	}
	written := !l.started.IsZero() && !at.After(now) && (l.ended.IsZero() || !at.After(l.ended) || number < len(first))
	return logLine{at, text}, written
}

// next is the number of the first line written after a time.
func (l containerLog) next(after time.Time) int {
	if l.flood.rate > 0 {
		return l.flood.next(l.started, after)
	}
	number := 0
	if beats := int(after.Sub(l.started) / beatEvery); beats > 0 {
		number = beats + 2
	}
	for {
		line, _ := l.line(number, after)
		if line.at.After(after) || line.text == "" {
			return number
		}
		number++
	}
}

// logQuery is the part of PodLogOptions a kubelet sees.
type logQuery struct {
	follow, timestamps, previous bool
	tail, limit                  int
	since                        time.Time
}

func parseLogQuery(values url.Values, now time.Time) logQuery {
	number := func(name string) int {
		value, err := strconv.Atoi(values.Get(name))
		if err != nil {
			return -1
		}
		return value
	}
	q := logQuery{
		follow: values.Get("follow") == "true", timestamps: values.Get("timestamps") == "true",
		previous: values.Get("previous") == "true",
		tail:     number("tailLines"), limit: number("limitBytes"),
	}
	if seconds := number("sinceSeconds"); seconds >= 0 {
		q.since = now.Add(-time.Duration(seconds) * time.Second)
	}
	if at, err := time.Parse(time.RFC3339, values.Get("sinceTime")); err == nil {
		q.since = at
	}
	return q
}

// lines gives what has been written so far and the number of the next line.
func (l containerLog) lines(q logQuery, now time.Time) ([]logLine, int) {
	number := 0
	if q.since.After(l.started) {
		// A line of that very moment belongs to it.
		number = l.next(q.since.Add(-time.Nanosecond))
	}
	last := now
	if !l.ended.IsZero() && l.ended.Before(now) {
		last = l.ended
	}
	end := l.next(last)
	if !l.ended.IsZero() && l.flood.rate == 0 {
		end = max(end, firstLines)
	}
	end = max(end, number)
	if q.tail >= 0 && end-number > q.tail {
		number = end - q.tail
	}
	var lines []logLine
	for ; number < end; number++ {
		line, written := l.line(number, now)
		if !written {
			break
		}
		lines = append(lines, line)
	}
	return lines, number
}

func (k *kubelet) serveLogs(w http.ResponseWriter, r *http.Request) {
	t, found := k.find(w, r)
	if !found {
		return
	}
	now := time.Now()
	q := parseLogQuery(r.URL.Query(), now)
	log := logOf(t.pod, t.container, q.previous)
	switch {
	case !log.started.IsZero():
	case q.previous:
		http.Error(w, fmt.Sprintf("previous terminated container %q in pod %q not found", t.container, t.pod.Name), http.StatusBadRequest)
		return
	default:
		http.Error(w, fmt.Sprintf("container %q in pod %q is waiting to start: %s", t.container, t.pod.Name, waitingReason(t.pod, t.container)), http.StatusBadRequest)
		return
	}
	w.Header().Set("Content-Type", "text/plain")
	out := &limited{writer: w, left: q.limit}
	buffered := bufio.NewWriterSize(out, 256<<10)
	lines, next := log.lines(q, now)
	for _, line := range lines {
		if writeLine(buffered, line, q.timestamps) != nil {
			return
		}
	}
	if buffered.Flush() != nil || !q.follow || !log.ended.IsZero() {
		return
	}
	flushing := &flusher{out, http.NewResponseController(w)}
	_ = flushing.controller.Flush()
	ctx, cancel := context.WithCancel(r.Context())
	defer cancel()
	go func() {
		defer cancel()
		k.untilRunEnds(ctx, t.pod, t.container)
	}()
	if log.flood.rate > 0 {
		_ = log.flood.follow(ctx, flushing, log, next, q.timestamps)
	} else {
		_ = followFrom(ctx, flushing, log, now, q.timestamps)
	}
}

// untilRunEnds returns when a container's present run is over, its pod is gone, or ctx ends.
func (k *kubelet) untilRunEnds(ctx context.Context, pod *corev1.Pod, container string) {
	status, _ := statusOf(pod, container)
	started := status.State.Running
	changes, err := k.client.CoreV1().Pods(pod.Namespace).Watch(ctx, metav1.ListOptions{
		FieldSelector: "metadata.name=" + pod.Name, ResourceVersion: pod.ResourceVersion,
	})
	if err != nil {
		<-ctx.Done()
		return
	}
	defer changes.Stop()
	for event := range changes.ResultChan() {
		changed, isPod := event.Object.(*corev1.Pod)
		if !isPod {
			continue
		}
		now, _ := statusOf(changed, container)
		if event.Type == watch.Deleted || now.State.Running == nil || !now.State.Running.StartedAt.Equal(&started.StartedAt) {
			return
		}
	}
	<-ctx.Done()
}

func waitingReason(pod *corev1.Pod, container string) string {
	for _, status := range append(pod.Status.InitContainerStatuses, pod.Status.ContainerStatuses...) {
		if status.Name == container && status.State.Waiting != nil {
			return status.State.Waiting.Reason
		}
	}
	return "ContainerCreating"
}
