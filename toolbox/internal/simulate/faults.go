package simulate

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"path"
	"strings"
	"sync"
	"time"

	registrationv1 "k8s.io/api/admissionregistration/v1"
	corev1 "k8s.io/api/core/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/types"
	"k8s.io/client-go/kubernetes"
)

const (
	faultImagePull = "image-pull"
	faultCrash     = "crash"
	faultPending   = "pending"

	annotationFault     = "practice.flowdeck.dev/fault"
	annotationFaultID   = "practice.flowdeck.dev/fault-id"
	annotationContainer = "practice.flowdeck.dev/fault-container"
	annotationProbe     = "practice.flowdeck.dev/fault-probe"

	faultsWebhook = "faults.practice.flowdeck.dev"
	maxFaults     = 100
)

// Fault makes matching pods fail. Empty matchers match everything.
type Fault struct {
	ID        string `json:"id"`
	Namespace string `json:"namespace,omitempty"`
	Workload  string `json:"workload,omitempty"` // name of a Deployment, StatefulSet, DaemonSet, Job or pod, or a glob of it
	Image     string `json:"image,omitempty"`    // glob; * crosses slashes
	Kind      string `json:"kind"`               // image-pull, crash or pending
	Reason    string `json:"reason,omitempty"`   // of pending: cpu, memory or (default) node selector
}

// ValidateFaults refuses what cannot be applied.
func ValidateFaults(faults []Fault) error {
	if len(faults) > maxFaults {
		return fmt.Errorf("%d faults are more than %d", len(faults), maxFaults)
	}
	seen := map[string]bool{}
	for _, fault := range faults {
		switch {
		case fault.ID == "":
			return errors.New("a fault has no id")
		case seen[fault.ID]:
			return fmt.Errorf("two faults have the id %q", fault.ID)
		case fault.Kind != faultImagePull && fault.Kind != faultCrash && fault.Kind != faultPending:
			return fmt.Errorf("fault %q: kind is image-pull, crash or pending, not %q", fault.ID, fault.Kind)
		}
		for _, glob := range []string{fault.Workload, fault.Image} {
			if _, err := path.Match(glob, ""); err != nil {
				return fmt.Errorf("fault %q: %q is no pattern", fault.ID, glob)
			}
		}
		seen[fault.ID] = true
	}
	return nil
}

// container gives the name of the container a fault breaks in a pod.
func (f Fault) container(pod *corev1.Pod) (string, bool) {
	matches := f.Workload == "" || glob(f.Workload, workloadOf(pod)) || glob(f.Workload, pod.Name)
	if f.Namespace != "" && f.Namespace != pod.Namespace || !matches {
		return "", false
	}
	for _, container := range pod.Spec.Containers {
		if f.Image == "" || glob(f.Image, container.Image) {
			return container.Name, true
		}
	}
	return "", false
}

// workloadOf gives the name a user knows a pod's controller by: of a Deployment's
// pod the Deployment's, not that of the ReplicaSet in between.
func workloadOf(pod *corev1.Pod) string {
	owner := metav1.GetControllerOf(pod)
	if owner == nil {
		return pod.Name
	}
	return strings.TrimSuffix(owner.Name, "-"+pod.Labels["pod-template-hash"])
}

// glob is path.Match with * crossing slashes, as image names have them.
func glob(pattern, text string) bool {
	matched, err := path.Match(strings.ReplaceAll(pattern, "/", "\x00"), strings.ReplaceAll(text, "/", "\x00"))
	return err == nil && matched
}

func brokenBy(pod *corev1.Pod, container string) string {
	if pod.Annotations[annotationContainer] != container {
		return ""
	}
	return pod.Annotations[annotationFault]
}

// faultKeeper holds the faults, marks new pods through a mutating webhook that
// exists only while there are faults, and renews pods when they change.
type faultKeeper struct {
	client  kubernetes.Interface
	address string
	caPEM   []byte
	// path is unguessable, so that no other program of the machine plays webhook client.
	path string

	mutex  sync.Mutex
	faults []Fault
	probe  string
}

func newFaultKeeper(client kubernetes.Interface, signer *signer, address string) *faultKeeper {
	return &faultKeeper{client: client, address: address, caPEM: signer.pem, path: "/" + rand.Text()}
}

func (k *faultKeeper) set(ctx context.Context, faults []Fault) error {
	k.mutex.Lock()
	before := k.faults
	k.faults, k.probe = faults, rand.Text()
	probe := k.probe
	k.mutex.Unlock()
	if len(faults) == 0 {
		err := k.client.AdmissionregistrationV1().MutatingWebhookConfigurations().Delete(ctx, faultsWebhook, metav1.DeleteOptions{})
		if err != nil && !apierrors.IsNotFound(err) {
			return err
		}
	} else if err := k.install(ctx, probe); err != nil {
		return err
	}
	return k.renewPods(ctx, before, faults)
}

// install writes the webhook configuration and waits until the API server uses it.
func (k *faultKeeper) install(ctx context.Context, probe string) error {
	url := "https://" + k.address + k.path
	ignore, none, seconds := registrationv1.Ignore, registrationv1.SideEffectClassNone, int32(5)
	configuration := &registrationv1.MutatingWebhookConfiguration{
		ObjectMeta: metav1.ObjectMeta{Name: faultsWebhook, Labels: map[string]string{Label: "true"}},
		Webhooks: []registrationv1.MutatingWebhook{{
			Name: faultsWebhook, FailurePolicy: &ignore, SideEffects: &none, TimeoutSeconds: &seconds,
			AdmissionReviewVersions: []string{"v1"},
			ClientConfig:            registrationv1.WebhookClientConfig{URL: &url, CABundle: k.caPEM},
			Rules: []registrationv1.RuleWithOperations{{
				Operations: []registrationv1.OperationType{registrationv1.Create},
				Rule:       registrationv1.Rule{APIGroups: []string{""}, APIVersions: []string{"v1"}, Resources: []string{"pods"}},
			}},
		}},
	}
	configurations := k.client.AdmissionregistrationV1().MutatingWebhookConfigurations()
	_, err := configurations.Create(ctx, configuration, metav1.CreateOptions{FieldManager: fieldManager})
	if apierrors.IsAlreadyExists(err) {
		// Left by an earlier run, with another path.
		var patch []byte
		if patch, err = json.Marshal(map[string]any{"webhooks": configuration.Webhooks}); err == nil {
			_, err = configurations.Patch(ctx, faultsWebhook, types.MergePatchType, patch, metav1.PatchOptions{FieldManager: fieldManager})
		}
	}
	if err != nil {
		return err
	}
	return k.waitInUse(ctx, probe)
}

// waitInUse creates pods for show (dry run) until one comes back marked.
func (k *faultKeeper) waitInUse(ctx context.Context, probe string) error {
	ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	for {
		pod, err := k.client.CoreV1().Pods(metav1.NamespaceDefault).Create(ctx, &corev1.Pod{
			ObjectMeta: metav1.ObjectMeta{GenerateName: "fault-probe-", Annotations: map[string]string{annotationProbe: "asked"}},
			Spec:       corev1.PodSpec{Containers: []corev1.Container{{Name: "probe", Image: "probe"}}},
		}, metav1.CreateOptions{DryRun: []string{metav1.DryRunAll}})
		if err == nil && pod.Annotations[annotationProbe] == probe {
			return nil
		}
		select {
		case <-ctx.Done():
			if err == nil {
				err = ctx.Err()
			}
			return fmt.Errorf("the faults' webhook is not in use yet: %w", err)
		case <-time.After(50 * time.Millisecond):
		}
	}
}

// renewPods brings existing pods in line: those a fault newly matches are made
// again by their controller, those whose fault is gone recover.
func (k *faultKeeper) renewPods(ctx context.Context, before, after []Fault) error {
	pods, err := k.client.CoreV1().Pods("").List(ctx, metav1.ListOptions{})
	if err != nil {
		return err
	}
	for _, pod := range pods.Items {
		has := pod.Annotations[annotationFaultID]
		if pod.DeletionTimestamp != nil || pod.Status.Phase == corev1.PodSucceeded {
			continue
		}
		fault, _, wanted := match(after, &pod)
		switch {
		case wanted && has == fault.ID && contains(before, fault):
			continue
		case wanted && metav1.GetControllerOf(&pod) != nil, has != "" && pod.Annotations[annotationFault] == faultPending:
			err = deleteNow(ctx, k.client, &pod)
		case has != "":
			err = k.heal(ctx, &pod)
		default:
			continue
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (k *faultKeeper) heal(ctx context.Context, pod *corev1.Pod) error {
	patch := fmt.Sprintf(`{"metadata":{"annotations":{%q:null,%q:null,%q:null}}}`, annotationFault, annotationFaultID, annotationContainer)
	_, err := k.client.CoreV1().Pods(pod.Namespace).Patch(ctx, pod.Name, types.MergePatchType, []byte(patch), metav1.PatchOptions{FieldManager: fieldManager})
	if apierrors.IsNotFound(err) {
		return nil
	}
	return err
}

func match(faults []Fault, pod *corev1.Pod) (Fault, string, bool) {
	for _, fault := range faults {
		if container, matched := fault.container(pod); matched {
			return fault, container, true
		}
	}
	return Fault{}, "", false
}

func contains(faults []Fault, wanted Fault) bool {
	for _, fault := range faults {
		if fault == wanted {
			return true
		}
	}
	return false
}
