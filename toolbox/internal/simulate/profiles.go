package simulate

import (
	"context"
	"slices"

	corev1 "k8s.io/api/core/v1"
	rbacv1 "k8s.io/api/rbac/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime/schema"
)

const (
	profilesManager  = "profile-controller-simulated"
	profileFinalizer = "profile-finalizer"
)

var profilesResource = schema.GroupVersionResource{Group: "kubeflow.org", Version: "v1", Resource: "profiles"}

// profileKind is what Kubeflow's profile controller does, as far as the rest of
// Kubeflow needs it: a namespace, service accounts, role bindings, a quota and
// Istio's policy, all owned by the Profile. The pipelines' extras are left out.
func (r *runner) profileKind() *kind {
	return &kind{resource: profilesResource, gate: gateProfiles, custom: true, reconcile: r.reconcileProfile}
}

func (r *runner) reconcileProfile(ctx context.Context, profile *unstructured.Unstructured) error {
	finalizers, has := profile.GetFinalizers(), slices.Contains(profile.GetFinalizers(), profileFinalizer)
	if profile.GetDeletionTimestamp() != nil {
		if !has {
			return nil
		}
		profile.SetFinalizers(slices.DeleteFunc(finalizers, func(f string) bool { return f == profileFinalizer }))
		_, err := r.dynamic.Resource(profilesResource).Update(ctx, profile, metav1.UpdateOptions{FieldManager: profilesManager})
		return err
	}
	if !has {
		profile.SetFinalizers(append(finalizers, profileFinalizer))
		updated, err := r.dynamic.Resource(profilesResource).Update(ctx, profile, metav1.UpdateOptions{FieldManager: profilesManager})
		if err != nil {
			return err
		}
		profile = updated
	}
	if problem, err := r.ensureProfileObjects(ctx, profile); err != nil {
		return err
	} else if problem != "" {
		return r.setProfileCondition(ctx, profile, map[string]any{"type": "Failed", "message": problem})
	}
	return r.setProfileCondition(ctx, profile, map[string]any{"type": "Successful", "status": "True", "message": "Simulated by the practice cluster"})
}

// setProfileCondition writes the one condition a Profile has. Its schema knows
// type, status and message only.
func (r *runner) setProfileCondition(ctx context.Context, profile *unstructured.Unstructured, condition map[string]any) error {
	if old, found := conditionOf(profile, condition["type"].(string)); found && old["message"] == condition["message"] {
		return nil
	}
	_ = unstructured.SetNestedSlice(profile.Object, []any{condition}, "status", "conditions")
	return r.updateStatus(ctx, profilesResource, profile, profilesManager)
}

// ensureProfileObjects makes what a Profile owns. It gives the controller's words
// when the namespace belongs to somebody else.
func (r *runner) ensureProfileObjects(ctx context.Context, profile *unstructured.Unstructured) (string, error) {
	name := profile.GetName()
	email, _, _ := unstructured.NestedString(profile.Object, "spec", "owner", "name")
	kind, _, _ := unstructured.NestedString(profile.Object, "spec", "owner", "kind")
	owned := func(meta metav1.ObjectMeta) metav1.ObjectMeta {
		yes := true
		meta.OwnerReferences = []metav1.OwnerReference{{
			APIVersion: "kubeflow.org/v1", Kind: "Profile", Name: name, UID: profile.GetUID(), Controller: &yes, BlockOwnerDeletion: &yes,
		}}
		if meta.Labels == nil {
			meta.Labels = map[string]string{}
		}
		meta.Labels[Label] = "true"
		return meta
	}
	options := metav1.CreateOptions{FieldManager: profilesManager}
	_, err := r.client.CoreV1().Namespaces().Create(ctx, &corev1.Namespace{ObjectMeta: owned(metav1.ObjectMeta{
		Name:        name,
		Annotations: map[string]string{"owner": email},
		Labels: map[string]string{
			"app.kubernetes.io/part-of": "kubeflow-profile", "istio-injection": "enabled",
			"katib.kubeflow.org/metrics-collector-injection": "enabled", "pipelines.kubeflow.org/enabled": "true",
			"serving.kubeflow.org/inferenceservice": "enabled",
		},
	})}, options)
	if apierrors.IsAlreadyExists(err) {
		namespace, err := r.client.CoreV1().Namespaces().Get(ctx, name, metav1.GetOptions{})
		if err != nil {
			return "", err
		}
		if owner, has := namespace.Annotations["owner"]; !has || owner != email {
			return "namespace already exist, but not owned by profile creator " + email, nil
		}
		if namespace.DeletionTimestamp != nil {
			return "", errLater
		}
	} else if err != nil {
		return "", err
	}
	for _, account := range []string{"default-editor", "default-viewer"} {
		_, err := r.client.CoreV1().ServiceAccounts(name).Create(ctx, &corev1.ServiceAccount{ObjectMeta: owned(metav1.ObjectMeta{Name: account})}, options)
		if err != nil && !apierrors.IsAlreadyExists(err) {
			return "", err
		}
	}
	for _, binding := range []rbacv1.RoleBinding{
		roleBinding(owned(metav1.ObjectMeta{Name: "default-editor"}), "kubeflow-edit", rbacv1.Subject{Kind: "ServiceAccount", Name: "default-editor", Namespace: name}),
		roleBinding(owned(metav1.ObjectMeta{Name: "default-viewer"}), "kubeflow-view", rbacv1.Subject{Kind: "ServiceAccount", Name: "default-viewer", Namespace: name}),
		roleBinding(owned(metav1.ObjectMeta{Name: "namespaceAdmin", Annotations: map[string]string{"user": email, "role": "admin"}}),
			"kubeflow-admin", rbacv1.Subject{Kind: kind, Name: email, APIGroup: rbacv1.GroupName}),
	} {
		if err := r.ensureRoleBinding(ctx, name, binding); err != nil {
			return "", err
		}
	}
	if err := r.ensureProfileQuota(ctx, profile, owned(metav1.ObjectMeta{})); err != nil {
		return "", err
	}
	return "", r.ensureProfilePolicy(ctx, name, email, owned(metav1.ObjectMeta{}))
}

// ensureRoleBinding follows a change of the owner in the subjects, and leaves the
// annotations as they are: so does Kubeflow's controller.
func (r *runner) ensureRoleBinding(ctx context.Context, namespace string, binding rbacv1.RoleBinding) error {
	bindings := r.client.RbacV1().RoleBindings(namespace)
	_, err := bindings.Create(ctx, &binding, metav1.CreateOptions{FieldManager: profilesManager})
	if !apierrors.IsAlreadyExists(err) {
		return err
	}
	found, err := bindings.Get(ctx, binding.Name, metav1.GetOptions{})
	if err != nil || slices.Equal(found.Subjects, binding.Subjects) {
		return err
	}
	found.Subjects = binding.Subjects
	_, err = bindings.Update(ctx, found, metav1.UpdateOptions{FieldManager: profilesManager})
	return err
}

func roleBinding(meta metav1.ObjectMeta, role string, subject rbacv1.Subject) rbacv1.RoleBinding {
	if subject.Kind == "ServiceAccount" {
		subject.APIGroup = ""
	}
	return rbacv1.RoleBinding{
		ObjectMeta: meta, Subjects: []rbacv1.Subject{subject},
		RoleRef: rbacv1.RoleRef{APIGroup: rbacv1.GroupName, Kind: "ClusterRole", Name: role},
	}
}
