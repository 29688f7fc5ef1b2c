package simulate

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"strings"

	corev1 "k8s.io/api/core/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apimachinery/pkg/types"
)

// https://cert-manager.io/docs/concepts/ca-injector/
const (
	injectFrom          = "cert-manager.io/inject-ca-from"
	injectFromSecret    = "cert-manager.io/inject-ca-from-secret"
	injectFromAPIServer = "cert-manager.io/inject-apiserver-ca"
	injectorManager     = "cert-manager-cainjector-simulated"
	certWebhookCA       = "cert-manager-webhook-ca"
	certWebhookServing  = "cert-manager-webhook-tls"
)

// injectedKinds is what cert-manager's CA injector does: it copies the authority
// of a Certificate's Secret to where the API server looks for it.
func (r *runner) injectedKinds() []*kind {
	kinds := []*kind{{resource: definitionsResource, gate: gateCAInjector}}
	for _, resource := range []schema.GroupVersionResource{
		{Group: "admissionregistration.k8s.io", Version: "v1", Resource: "validatingwebhookconfigurations"},
		{Group: "admissionregistration.k8s.io", Version: "v1", Resource: "mutatingwebhookconfigurations"},
		{Group: "apiregistration.k8s.io", Version: "v1", Resource: "apiservices"},
	} {
		kinds = append(kinds, &kind{resource: resource, gate: gateCAInjector, reconcile: func(ctx context.Context, object *unstructured.Unstructured) error {
			return r.inject(ctx, resource, object)
		}})
	}
	return kinds
}

// injectDefinition reads a CustomResourceDefinition whole (the watch drops most of it).
func (r *runner) injectDefinition(ctx context.Context, name string) error {
	definition, err := r.dynamic.Resource(definitionsResource).Get(ctx, name, metav1.GetOptions{})
	if err != nil {
		return err
	}
	return r.inject(ctx, definitionsResource, definition)
}

func (r *runner) inject(ctx context.Context, resource schema.GroupVersionResource, object *unstructured.Unstructured) error {
	if !asksForCA(object) {
		return nil
	}
	ca, err := r.authorityFor(ctx, object.GetAnnotations())
	if err != nil {
		return err
	}
	patch := injection(object, base64.StdEncoding.EncodeToString(ca))
	if len(patch) == 0 {
		return nil
	}
	text, err := json.Marshal(patch)
	if err != nil {
		return err
	}
	_, err = r.dynamic.Resource(resource).Patch(ctx, object.GetName(), types.JSONPatchType, text, metav1.PatchOptions{FieldManager: injectorManager})
	return err
}

// injection is the JSON patch that gives every client configuration of an object
// an authority; empty when all have it.
func injection(object *unstructured.Unstructured, ca string) []map[string]any {
	var patch []map[string]any
	add := func(at string, client map[string]any) {
		if client["caBundle"] != ca {
			patch = append(patch, map[string]any{"op": "add", "path": at + "/caBundle", "value": ca})
		}
	}
	if client, found, _ := unstructured.NestedMap(object.Object, "spec", "conversion", "webhook", "clientConfig"); found {
		add("/spec/conversion/webhook/clientConfig", client)
	}
	if spec, found, _ := unstructured.NestedMap(object.Object, "spec"); found && object.GetKind() == "APIService" {
		add("/spec", spec)
	}
	webhooks, _, _ := unstructured.NestedSlice(object.Object, "webhooks")
	for i, each := range webhooks {
		if webhook, ok := each.(map[string]any); ok {
			if client, ok := webhook["clientConfig"].(map[string]any); ok {
				add(fmt.Sprintf("/webhooks/%d/clientConfig", i), client)
			}
		}
	}
	if len(patch) == 0 {
		return nil
	}
	// The indexes are those of this version of the object.
	return append([]map[string]any{{"op": "test", "path": "/metadata/resourceVersion", "value": object.GetResourceVersion()}}, patch...)
}

func asksForCA(object *unstructured.Unstructured) bool {
	annotations := object.GetAnnotations()
	return annotations[injectFrom] != "" || annotations[injectFromSecret] != "" || annotations[injectFromAPIServer] == "true"
}

func (r *runner) authorityFor(ctx context.Context, annotations map[string]string) ([]byte, error) {
	if source := annotations[injectFrom]; source != "" {
		namespace, name, valid := strings.Cut(source, "/")
		certificates, served := r.servedCertificates()
		if !valid || !served {
			return nil, errLater
		}
		certificate, err := r.dynamic.Resource(certificates).Namespace(namespace).Get(ctx, name, metav1.GetOptions{})
		if err != nil {
			return nil, later(err)
		}
		secret, _, _ := unstructured.NestedString(certificate.Object, "spec", "secretName")
		return r.secretAuthority(ctx, namespace, secret)
	}
	if source := annotations[injectFromSecret]; source != "" {
		namespace, name, _ := strings.Cut(source, "/")
		if name == certWebhookCA && r.gates.isOpen(gateCertWebhook) || name == certWebhookServing && r.gates.isOpen(gateCertManager) {
			if err := r.ensureWebhookAuthority(ctx, namespace, name); err != nil {
				return nil, err
			}
		}
		return r.secretAuthority(ctx, namespace, name)
	}
	return r.signer.pem, nil
}

func (r *runner) secretAuthority(ctx context.Context, namespace, name string) ([]byte, error) {
	secret, err := r.client.CoreV1().Secrets(namespace).Get(ctx, name, metav1.GetOptions{})
	if err != nil {
		return nil, later(err)
	}
	if len(secret.Data["ca.crt"]) == 0 {
		return nil, errLater
	}
	return secret.Data["ca.crt"], nil
}

// servedCertificates gives the version of Certificates that is watched, if any is.
func (r *runner) servedCertificates() (schema.GroupVersionResource, bool) {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	for k := range r.watching {
		for _, in := range certManagerVersions {
			if k.resource == in.certificates {
				return in.certificates, true
			}
		}
	}
	return schema.GroupVersionResource{}, false
}

// ensureWebhookAuthority makes the Secret cert-manager's own webhook makes when it
// starts; that of cert-manager 0.11 was made by its controller.
func (r *runner) ensureWebhookAuthority(ctx context.Context, namespace, name string) error {
	_, err := r.client.CoreV1().Secrets(namespace).Create(ctx, &corev1.Secret{
		ObjectMeta: metav1.ObjectMeta{Name: name, Namespace: namespace, Labels: map[string]string{Label: "true"}},
		Data:       map[string][]byte{"ca.crt": r.signer.pem, "tls.crt": r.signer.pem},
	}, metav1.CreateOptions{FieldManager: certManagerManager})
	if apierrors.IsAlreadyExists(err) {
		return nil
	}
	return err
}

// later turns "not found" into "not yet".
func later(err error) error {
	if apierrors.IsNotFound(err) {
		return errLater
	}
	return err
}
