package simulate

import (
	"testing"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

func deploymentPod() *corev1.Pod {
	yes := true
	return &corev1.Pod{
		ObjectMeta: metav1.ObjectMeta{
			Namespace: "kubeflow", GenerateName: "ml-pipeline-7bcc-", Labels: map[string]string{"pod-template-hash": "7bcc"},
			OwnerReferences: []metav1.OwnerReference{{Kind: "ReplicaSet", Name: "ml-pipeline-7bcc", Controller: &yes}},
		},
		Spec: corev1.PodSpec{Containers: []corev1.Container{
			{Name: "proxy", Image: "docker.io/istio/proxyv2:1.2"}, {Name: "api", Image: "ghcr.io/kubeflow/kfp-api-server:2.16.0"},
		}},
	}
}

func TestFaultMatches(t *testing.T) {
	for _, c := range []struct {
		name      string
		fault     Fault
		container string
	}{
		{"everything", Fault{}, "proxy"},
		{"a Deployment by name", Fault{Workload: "ml-pipeline"}, "proxy"},
		{"a Deployment by glob", Fault{Workload: "ml-*"}, "proxy"},
		{"no other Deployment whose name it begins", Fault{Workload: "ml"}, ""},
		{"another namespace", Fault{Namespace: "auth"}, ""},
		{"the container with the image", Fault{Image: "*/kfp-api-server:*"}, "api"},
		{"no such image", Fault{Image: "nginx*"}, ""},
		{"workload and image", Fault{Workload: "ml-pipeline", Image: "nginx*"}, ""},
	} {
		container, matched := c.fault.container(deploymentPod())
		if container != c.container || matched != (c.container != "") {
			t.Errorf("%s: %q, %v; want %q", c.name, container, matched, c.container)
		}
	}
}

func TestValidateFaults(t *testing.T) {
	for _, bad := range [][]Fault{
		{{Kind: "crash"}},
		{{ID: "a", Kind: "explode"}},
		{{ID: "a", Kind: "crash"}, {ID: "a", Kind: "pending"}},
		{{ID: "a", Kind: "crash", Workload: "["}},
	} {
		if ValidateFaults(bad) == nil {
			t.Errorf("%v is accepted", bad)
		}
	}
	if err := ValidateFaults([]Fault{{ID: "a", Kind: "image-pull", Workload: "web-*"}}); err != nil {
		t.Error(err)
	}
}

func TestUnschedulableRaisesTheLimitToo(t *testing.T) {
	pod := deploymentPod()
	patch := unschedulable(pod, "Insufficient cpu")[0]["value"].(map[string]map[string]string)
	if patch["requests"]["cpu"] == "" || len(patch["limits"]) != 0 {
		t.Errorf("%v", patch)
	}
	if selector := unschedulable(pod, "")[0]["path"]; selector != "/spec/nodeSelector" {
		t.Errorf("%v", selector)
	}
}
