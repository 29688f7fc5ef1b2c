package simulate

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"testing"

	appsv1 "k8s.io/api/apps/v1"
	corev1 "k8s.io/api/core/v1"
	discoveryv1 "k8s.io/api/discovery/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
)

func TestAnswerReview(t *testing.T) {
	asked := review{Kind: "ConversionReview"}
	asked.Request.UID, asked.Request.DesiredAPIVersion = "u", "x/v2"
	asked.Request.Objects = []map[string]any{{"apiVersion": "x/v1", "kind": "Thing", "spec": "kept"}}
	response, err := answerReview(asked)
	if err != nil {
		t.Fatal(err)
	}
	object := response["convertedObjects"].([]map[string]any)[0]
	if object["apiVersion"] != "x/v2" || object["spec"] != "kept" || response["uid"] != "u" {
		t.Errorf("%v", response)
	}
	if _, err := answerReview(review{Kind: "Pod"}); err == nil {
		t.Error("a Pod is answered like a review")
	}
}

func TestInjection(t *testing.T) {
	object := &unstructured.Unstructured{Object: map[string]any{
		"metadata": map[string]any{"resourceVersion": "7"},
		"webhooks": []any{
			map[string]any{"clientConfig": map[string]any{"caBundle": "old"}},
			map[string]any{"clientConfig": map[string]any{"caBundle": "new"}},
		},
	}}
	patch := injection(object, "new")
	if len(patch) != 2 || patch[0]["op"] != "test" || patch[1]["path"] != "/webhooks/0/clientConfig/caBundle" {
		t.Errorf("%v", patch)
	}
	if injection(&unstructured.Unstructured{Object: map[string]any{}}, "new") != nil {
		t.Error("an object without webhooks is patched")
	}
}

func TestSetConditionKeepsTheTransitionTime(t *testing.T) {
	object := &unstructured.Unstructured{Object: map[string]any{"status": map[string]any{"conditions": []any{
		map[string]any{"type": "Ready", "status": "True", "reason": "A", "lastTransitionTime": "2026-01-01T00:00:00Z"},
	}}}}
	if setCondition(object, map[string]any{"type": "Ready", "status": "True", "reason": "A"}) {
		t.Error("the same condition is a change")
	}
	if !setCondition(object, map[string]any{"type": "Ready", "status": "True", "reason": "B"}) {
		t.Error("another reason is no change")
	}
	if ready, _ := conditionOf(object, "Ready"); ready["lastTransitionTime"] != "2026-01-01T00:00:00Z" || ready["reason"] != "B" {
		t.Errorf("%v", ready)
	}
}

func TestGatesFollowTheirDeployment(t *testing.T) {
	g := &gates{open: map[string][]gate{}}
	var opened []gate
	g.onOpen(func(each gate) { opened = append(opened, each) })
	deployment := &appsv1.Deployment{ObjectMeta: metav1.ObjectMeta{Name: "cert-manager", Namespace: "cert-manager"}}
	deployment.Spec.Template.Labels = map[string]string{"app.kubernetes.io/name": "cert-manager"}
	g.note(deployment, false)
	if g.isOpen(gateCertManager) {
		t.Error("open without a Ready pod")
	}
	deployment.Status.ReadyReplicas = 1
	g.note(deployment, false)
	g.note(deployment, false)
	if !g.isOpen(gateCertManager) || len(opened) != 1 {
		t.Errorf("opened %v", opened)
	}
	g.note(deployment, true)
	if g.isOpen(gateCertManager) {
		t.Error("still open without its Deployment")
	}
}

func TestBackends(t *testing.T) {
	b := &backends{byIP: map[string]string{}, slices: map[string]string{}}
	yes, no := true, false
	slice := &discoveryv1.EndpointSlice{Endpoints: []discoveryv1.Endpoint{{Conditions: discoveryv1.EndpointConditions{Ready: &no}}}}
	if hasReady(slice) {
		t.Error("ready without a Ready endpoint")
	}
	slice.Endpoints[0].Conditions.Ready = &yes
	if !hasReady(slice) {
		t.Error("not ready with a Ready endpoint")
	}
	b.note(b.slices, "ns/slice", "ns/web", false)
	if !b.ready("ns/web") || b.ready("ns/other") {
		t.Error("the wrong Service is ready")
	}
	b.note(b.slices, "ns/slice", "ns/web", true)
	if b.ready("ns/web") {
		t.Error("ready after its slice went")
	}
}

func TestNodesHaveWhatAKubeletNeeds(t *testing.T) {
	node := (&nodeKeeper{version: "v1"}).node(3)
	if node.Name != "practice-3" || !isReady(node) || node.Status.Addresses[0].Type != corev1.NodeInternalIP {
		t.Errorf("%v", node)
	}
	if first := FirstServiceIP("10.96.0.0/16").String(); first != "10.96.0.1" {
		t.Error(first)
	}
}

func TestAggregatedAPIsAreThereAndEmpty(t *testing.T) {
	ask := func(path string) *httptest.ResponseRecorder {
		recorder := httptest.NewRecorder()
		serveWebhook(recorder, httptest.NewRequest(http.MethodGet, path, nil))
		return recorder
	}
	answer := ask("/apis/webhook.cert-manager.io/v1beta1")
	var list map[string]any
	if err := json.Unmarshal(answer.Body.Bytes(), &list); err != nil || list["groupVersion"] != "webhook.cert-manager.io/v1beta1" {
		t.Errorf("%v %s", err, answer.Body)
	}
	for _, path := range []string{"/apis", "/apis/webhook.cert-manager.io", "/openapi/v2"} {
		if code := ask(path).Code; code != http.StatusNotFound {
			t.Errorf("%s: %d", path, code)
		}
	}
}

func TestInjectionIntoAPIServices(t *testing.T) {
	service := &unstructured.Unstructured{Object: map[string]any{
		"kind": "APIService", "metadata": map[string]any{"resourceVersion": "7"}, "spec": map[string]any{"group": "g"},
	}}
	patch := injection(service, "new")
	if len(patch) != 2 || patch[1]["path"] != "/spec/caBundle" {
		t.Errorf("%v", patch)
	}
	service.Object["kind"] = "Deployment"
	if injection(service, "new") != nil {
		t.Error("another object's spec gets an authority")
	}
}

func TestGatesOfKubeflow10(t *testing.T) {
	for name, expected := range map[string]gate{
		"cert-manager": gateCertManager, "cert-manager-cainjector": gateCAInjector, "cert-manager-webhook": gateCertWebhook,
	} {
		deployment := &appsv1.Deployment{ObjectMeta: metav1.ObjectMeta{Name: name, Namespace: "cert-manager"}}
		deployment.Spec.Template.Labels = map[string]string{"app.kubernetes.io/name": "cert-manager"}
		if own := gatesOf(deployment); len(own) != 1 || own[0] != expected {
			t.Errorf("%s: %v", name, own)
		}
	}
}

func TestServedVersions(t *testing.T) {
	definition := &unstructured.Unstructured{Object: map[string]any{"spec": map[string]any{"versions": []any{
		map[string]any{"name": "v1alpha2", "served": true, "schema": map[string]any{}},
		map[string]any{"name": "v1alpha1", "served": false},
	}}}}
	for range 2 {
		if served := servedVersions(definition); len(served) != 1 || served[0] != "v1alpha2" {
			t.Errorf("%v", served)
		}
		if _, err := withoutSchemas(definition); err != nil {
			t.Fatal(err)
		}
	}
}
