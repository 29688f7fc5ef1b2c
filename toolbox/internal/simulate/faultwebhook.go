package simulate

import (
	"encoding/base64"
	"encoding/json"
	"net/http"
	"strings"

	admissionv1 "k8s.io/api/admission/v1"
	corev1 "k8s.io/api/core/v1"
)

// ServeHTTP is the mutating webhook.
func (k *faultKeeper) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.URL.Path != k.path {
		http.NotFound(w, r)
		return
	}
	var asked admissionv1.AdmissionReview
	var pod corev1.Pod
	err := json.NewDecoder(http.MaxBytesReader(w, r.Body, reviewLimit)).Decode(&asked)
	if err == nil && asked.Request != nil {
		err = json.Unmarshal(asked.Request.Object.Raw, &pod)
	}
	if err != nil || asked.Request == nil {
		http.Error(w, "no AdmissionReview of a pod", http.StatusBadRequest)
		return
	}
	if pod.Namespace == "" {
		pod.Namespace = asked.Request.Namespace
	}
	response := map[string]any{"uid": asked.Request.UID, "allowed": true}
	if patch := k.patch(&pod); patch != nil {
		text, err := json.Marshal(patch)
		if err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		response["patchType"], response["patch"] = "JSONPatch", base64.StdEncoding.EncodeToString(text)
	}
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(map[string]any{"apiVersion": "admission.k8s.io/v1", "kind": "AdmissionReview", "response": response})
}

func (k *faultKeeper) patch(pod *corev1.Pod) []map[string]any {
	k.mutex.Lock()
	faults, probe := k.faults, k.probe
	k.mutex.Unlock()
	annotations := map[string]string{}
	for name, value := range pod.Annotations {
		annotations[name] = value
	}
	if pod.Annotations[annotationProbe] != "" {
		annotations[annotationProbe] = probe
		return []map[string]any{{"op": "add", "path": "/metadata/annotations", "value": annotations}}
	}
	fault, container, matched := match(faults, pod)
	if !matched {
		return nil
	}
	annotations[annotationFault], annotations[annotationFaultID], annotations[annotationContainer] = fault.Kind, fault.ID, container
	patch := []map[string]any{{"op": "add", "path": "/metadata/annotations", "value": annotations}}
	if fault.Kind == faultPending {
		patch = append(patch, unschedulable(pod, fault.Reason)...)
	}
	return patch
}

// unschedulable makes the real scheduler refuse a pod, with its own words.
func unschedulable(pod *corev1.Pod, reason string) []map[string]any {
	resource, amount := "", ""
	switch {
	case strings.Contains(strings.ToLower(reason), "cpu"):
		resource, amount = "cpu", "1000"
	case strings.Contains(strings.ToLower(reason), "memory"):
		resource, amount = "memory", "100Ti"
	default:
		selector := map[string]string{annotationFault: faultPending}
		for name, value := range pod.Spec.NodeSelector {
			selector[name] = value
		}
		return []map[string]any{{"op": "add", "path": "/spec/nodeSelector", "value": selector}}
	}
	resources := map[string]map[string]string{"requests": {}, "limits": {}}
	for name, value := range pod.Spec.Containers[0].Resources.Requests {
		resources["requests"][string(name)] = value.String()
	}
	for name, value := range pod.Spec.Containers[0].Resources.Limits {
		resources["limits"][string(name)] = value.String()
	}
	resources["requests"][resource] = amount
	if _, limited := resources["limits"][resource]; limited {
		resources["limits"][resource] = amount
	}
	return []map[string]any{{"op": "add", "path": "/spec/containers/0/resources", "value": resources}}
}
