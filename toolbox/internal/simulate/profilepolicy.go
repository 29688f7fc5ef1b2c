package simulate

import (
	"context"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/api/equality"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
)

const (
	profileQuota  = "kf-resource-quota"
	profilePolicy = "ns-owner-access-istio"
	userHeader    = "request.headers[kubeflow-userid]"
)

var (
	policiesResource        = schema.GroupVersionResource{Group: "security.istio.io", Version: "v1beta1", Resource: "authorizationpolicies"}
	serviceRolesResource    = schema.GroupVersionResource{Group: "rbac.istio.io", Version: "v1alpha1", Resource: "serviceroles"}
	serviceBindingsResource = schema.GroupVersionResource{Group: "rbac.istio.io", Version: "v1alpha1", Resource: "servicerolebindings"}
)

// ensureProfileQuota keeps the ResourceQuota of a profile as its spec has it,
// and takes it away when that limits nothing.
func (r *runner) ensureProfileQuota(ctx context.Context, profile *unstructured.Unstructured, meta metav1.ObjectMeta) error {
	var spec corev1.ResourceQuotaSpec
	written, _, _ := unstructured.NestedMap(profile.Object, "spec", "resourceQuotaSpec")
	if err := runtime.DefaultUnstructuredConverter.FromUnstructured(written, &spec); err != nil {
		return err
	}
	quotas := r.client.CoreV1().ResourceQuotas(profile.GetName())
	if len(spec.Hard) == 0 {
		err := quotas.Delete(ctx, profileQuota, metav1.DeleteOptions{})
		if apierrors.IsNotFound(err) {
			return nil
		}
		return err
	}
	found, err := quotas.Get(ctx, profileQuota, metav1.GetOptions{})
	if apierrors.IsNotFound(err) {
		meta.Name = profileQuota
		_, err = quotas.Create(ctx, &corev1.ResourceQuota{ObjectMeta: meta, Spec: spec}, metav1.CreateOptions{FieldManager: profilesManager})
		return err
	}
	if err != nil || equality.Semantic.DeepEqual(found.Spec, spec) {
		return err
	}
	found.Spec = spec
	_, err = quotas.Update(ctx, found, metav1.UpdateOptions{FieldManager: profilesManager})
	return err
}

// ensureProfilePolicy lets the owner's requests in, where Istio's kinds are
// there: by a policy, or as in Kubeflow 1.0 by a ServiceRole bound to the owner.
func (r *runner) ensureProfilePolicy(ctx context.Context, name, email string, meta metav1.ObjectMeta) error {
	meta.Annotations = map[string]string{"user": email, "role": "admin"}
	err := r.ensureSpec(ctx, policiesResource, "AuthorizationPolicy", profilePolicy, name, meta, policySpec(name, email))
	if !apierrors.IsNotFound(err) {
		return err
	}
	role := map[string]any{"rules": []any{map[string]any{"services": []any{"*"}}}}
	err = r.ensureSpec(ctx, serviceRolesResource, "ServiceRole", "ns-access-istio", name, meta, role)
	if apierrors.IsNotFound(err) {
		return nil // no Istio, or none that is known here
	} else if err != nil {
		return err
	}
	return r.ensureSpec(ctx, serviceBindingsResource, "ServiceRoleBinding", "owner-binding-istio", name, meta, map[string]any{
		"subjects": []any{map[string]any{"properties": map[string]any{userHeader: email}}},
		"roleRef":  map[string]any{"kind": "ServiceRole", "name": "ns-access-istio"},
	})
}

func (r *runner) ensureSpec(ctx context.Context, resource schema.GroupVersionResource, kind, name, namespace string, meta metav1.ObjectMeta, spec map[string]any) error {
	objects := r.dynamic.Resource(resource).Namespace(namespace)
	found, err := objects.Get(ctx, name, metav1.GetOptions{})
	if apierrors.IsNotFound(err) {
		meta.Name, meta.Namespace = name, namespace
		written, err := runtime.DefaultUnstructuredConverter.ToUnstructured(&meta)
		if err != nil {
			return err
		}
		delete(written, "creationTimestamp")
		object := &unstructured.Unstructured{Object: map[string]any{
			"apiVersion": resource.GroupVersion().String(), "kind": kind, "metadata": written, "spec": spec,
		}}
		_, err = objects.Create(ctx, object, metav1.CreateOptions{FieldManager: profilesManager})
		return err
	}
	if err != nil || equality.Semantic.DeepEqual(found.Object["spec"], any(spec)) {
		return err
	}
	found.Object["spec"] = spec
	_, err = objects.Update(ctx, found, metav1.UpdateOptions{FieldManager: profilesManager})
	return err
}

// policySpec has the four rules of Kubeflow's controller: the owner through the
// gateway and the pipelines' page, the namespace's own pods, Knative's probes,
// and the notebook controller's look at kernels.
func policySpec(namespace, email string) map[string]any {
	principals := func(names ...any) []any {
		return []any{map[string]any{"source": map[string]any{"principals": names}}}
	}
	when := func(key, value string) []any {
		return []any{map[string]any{"key": key, "values": []any{value}}}
	}
	to := func(operation map[string]any) []any {
		return []any{map[string]any{"operation": operation}}
	}
	return map[string]any{"rules": []any{
		map[string]any{
			"from": principals(
				"cluster.local/ns/istio-system/sa/istio-ingressgateway-service-account", "cluster.local/ns/kubeflow/sa/ml-pipeline-ui"),
			"when": when(userHeader, email),
		},
		map[string]any{"when": when("source.namespace", namespace)},
		map[string]any{"to": to(map[string]any{"paths": []any{"/healthz", "/metrics", "/wait-for-drain"}})},
		map[string]any{
			"from": principals("cluster.local/ns/kubeflow/sa/notebook-controller-service-account"),
			"to":   to(map[string]any{"methods": []any{"GET"}, "paths": []any{"*/api/kernels"}}),
		},
	}}
}
