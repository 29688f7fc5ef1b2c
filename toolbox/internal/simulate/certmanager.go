package simulate

import (
	"context"
	"fmt"
	"net"
	"slices"
	"time"

	corev1 "k8s.io/api/core/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime/schema"
)

const (
	certManagerManager = "cert-manager-simulated"
	clusterResources   = "cert-manager" // namespace of what a ClusterIssuer refers to
	certificateLife    = 90 * day
)

// issuing is cert-manager's kinds in one version of its API.
type issuing struct{ issuers, clusterIssuers, certificates schema.GroupVersionResource }

// certManagerVersions are today's API and that of Kubeflow 1.0 (cert-manager 0.11).
var certManagerVersions = []issuing{issuingIn("v1"), issuingIn("v1alpha2")}

func issuingIn(version string) issuing {
	in := schema.GroupVersion{Group: "cert-manager.io", Version: version}
	return issuing{in.WithResource("issuers"), in.WithResource("clusterissuers"), in.WithResource("certificates")}
}

// certManagerKinds is what cert-manager's controller does, as far as an installer
// waits for it: issuers become Ready, certificates get their Secret. Every
// certificate is signed by the cluster's authority, whatever the issuer says, so
// that the webhooks answered here verify against it.
func (r *runner) certManagerKinds() []*kind {
	var kinds []*kind
	for _, in := range certManagerVersions {
		kinds = append(kinds,
			&kind{resource: in.issuers, gate: gateCertManager, custom: true, reconcile: func(ctx context.Context, issuer *unstructured.Unstructured) error {
				return r.reconcileIssuer(ctx, in, in.issuers, issuer, issuer.GetNamespace())
			}},
			&kind{resource: in.clusterIssuers, gate: gateCertManager, custom: true, reconcile: func(ctx context.Context, issuer *unstructured.Unstructured) error {
				return r.reconcileIssuer(ctx, in, in.clusterIssuers, issuer, clusterResources)
			}},
			&kind{resource: in.certificates, gate: gateCertManager, custom: true, reconcile: func(ctx context.Context, certificate *unstructured.Unstructured) error {
				return r.reconcileCertificate(ctx, in, certificate)
			}},
		)
	}
	return kinds
}

func (r *runner) reconcileIssuer(ctx context.Context, in issuing, resource schema.GroupVersionResource, issuer *unstructured.Unstructured, secrets string) error {
	ready := map[string]any{
		"type": "Ready", "status": "True", "reason": "IsReady", "message": "Simulated: the practice cluster's authority signs",
		"observedGeneration": issuer.GetGeneration(),
	}
	var later error
	if name, _, _ := unstructured.NestedString(issuer.Object, "spec", "ca", "secretName"); name != "" {
		if _, err := r.client.CoreV1().Secrets(secrets).Get(ctx, name, metav1.GetOptions{}); apierrors.IsNotFound(err) {
			ready["status"], ready["reason"] = "False", "ErrGetKeyPair"
			ready["message"] = fmt.Sprintf("Error getting keypair for CA issuer: secrets %q not found", name)
			later = errLater
		} else if err != nil {
			return err
		}
	}
	if setCondition(issuer, ready) {
		if err := r.updateStatus(ctx, resource, issuer, certManagerManager); err != nil {
			return err
		}
	}
	if later == nil {
		r.wakeKind(in.certificates)
	}
	return later
}

func (r *runner) reconcileCertificate(ctx context.Context, in issuing, certificate *unstructured.Unstructured) error {
	if certificate.GetDeletionTimestamp() != nil {
		return nil
	}
	if problem, err := r.issuerProblem(ctx, in, certificate); err != nil {
		return err
	} else if problem != "" {
		if setCondition(certificate, map[string]any{
			"type": "Ready", "status": "False", "reason": "DoesNotExist", "message": problem, "observedGeneration": certificate.GetGeneration(),
		}) {
			if err := r.updateStatus(ctx, in.certificates, certificate, certManagerManager); err != nil {
				return err
			}
		}
		return errLater
	}
	notBefore, notAfter, err := r.ensureCertificateSecret(ctx, certificate)
	if err != nil {
		return err
	}
	changed := setCondition(certificate, map[string]any{
		"type": "Ready", "status": "True", "reason": "Ready", "message": "Certificate is up to date and has not expired",
		"observedGeneration": certificate.GetGeneration(),
	})
	if changed {
		status, _, _ := unstructured.NestedMap(certificate.Object, "status")
		status["notBefore"], status["notAfter"] = notBefore.UTC().Format(time.RFC3339), notAfter.UTC().Format(time.RFC3339)
		status["renewalTime"] = notAfter.Add(-certificateLife / 3).UTC().Format(time.RFC3339)
		status["revision"] = int64(1)
		_ = unstructured.SetNestedMap(certificate.Object, status, "status")
		if err := r.updateStatus(ctx, in.certificates, certificate, certManagerManager); err != nil {
			return err
		}
	}
	r.wake(gateCAInjector)
	r.wakeKind(in.issuers)
	r.wakeKind(in.clusterIssuers)
	return nil
}

// issuerProblem gives why a certificate's issuer cannot sign yet, or "".
func (r *runner) issuerProblem(ctx context.Context, in issuing, certificate *unstructured.Unstructured) (string, error) {
	name, _, _ := unstructured.NestedString(certificate.Object, "spec", "issuerRef", "name")
	kind, _, _ := unstructured.NestedString(certificate.Object, "spec", "issuerRef", "kind")
	var issuer *unstructured.Unstructured
	var err error
	if kind == "ClusterIssuer" {
		issuer, err = r.dynamic.Resource(in.clusterIssuers).Get(ctx, name, metav1.GetOptions{})
	} else {
		kind = "Issuer"
		issuer, err = r.dynamic.Resource(in.issuers).Namespace(certificate.GetNamespace()).Get(ctx, name, metav1.GetOptions{})
	}
	if apierrors.IsNotFound(err) {
		return fmt.Sprintf("Referenced %q not found: %q", kind, name), nil
	}
	if err != nil {
		return "", err
	}
	if ready, found := conditionOf(issuer, "Ready"); !found || ready["status"] != "True" {
		return fmt.Sprintf("Referenced %q %q is not ready", kind, name), nil
	}
	return "", nil
}

// ensureCertificateSecret makes the Secret of a certificate, or keeps one that
// still fits. Like cert-manager's it has no owner: it outlives the Certificate.
func (r *runner) ensureCertificateSecret(ctx context.Context, certificate *unstructured.Unstructured) (notBefore, notAfter time.Time, err error) {
	name, _, _ := unstructured.NestedString(certificate.Object, "spec", "secretName")
	asked := requestOf(certificate)
	secrets := r.client.CoreV1().Secrets(certificate.GetNamespace())
	existing, err := secrets.Get(ctx, name, metav1.GetOptions{})
	if err != nil && !apierrors.IsNotFound(err) {
		return notBefore, notAfter, err
	}
	missing := err != nil
	if !missing {
		if known, signed := r.signer.signed(existing.Data[corev1.TLSCertKey]); signed && slices.Equal(known.DNSNames, asked.dnsNames) && known.IsCA == asked.isCA {
			return known.NotBefore, known.NotAfter, nil
		}
	}
	certPEM, keyPEM, err := r.signer.issue(asked)
	if err != nil {
		return notBefore, notAfter, err
	}
	issuer, _, _ := unstructured.NestedString(certificate.Object, "spec", "issuerRef", "name")
	secret := &corev1.Secret{
		ObjectMeta: metav1.ObjectMeta{
			Name: name, Namespace: certificate.GetNamespace(),
			Labels: map[string]string{Label: "true", "controller.cert-manager.io/fao": "true"},
			Annotations: map[string]string{
				"cert-manager.io/certificate-name": certificate.GetName(), "cert-manager.io/issuer-name": issuer,
			},
		},
		Type: corev1.SecretTypeTLS,
		Data: map[string][]byte{corev1.TLSCertKey: certPEM, corev1.TLSPrivateKeyKey: keyPEM, "ca.crt": r.signer.pem},
	}
	if missing {
		_, err = secrets.Create(ctx, secret, metav1.CreateOptions{FieldManager: certManagerManager})
	} else {
		existing.Data = secret.Data
		if existing.Type != corev1.SecretTypeTLS && existing.Type != corev1.SecretTypeOpaque {
			return notBefore, notAfter, fmt.Errorf("secret %s/%s has the type %s", existing.Namespace, existing.Name, existing.Type)
		}
		_, err = secrets.Update(ctx, existing, metav1.UpdateOptions{FieldManager: certManagerManager})
	}
	return time.Now(), time.Now().Add(certificateLife), err
}

func requestOf(certificate *unstructured.Unstructured) request {
	asked := request{life: certificateLife}
	asked.commonName, _, _ = unstructured.NestedString(certificate.Object, "spec", "commonName")
	asked.dnsNames, _, _ = unstructured.NestedStringSlice(certificate.Object, "spec", "dnsNames")
	asked.isCA, _, _ = unstructured.NestedBool(certificate.Object, "spec", "isCA")
	addresses, _, _ := unstructured.NestedStringSlice(certificate.Object, "spec", "ipAddresses")
	for _, address := range addresses {
		if ip := net.ParseIP(address); ip != nil {
			asked.ips = append(asked.ips, ip)
		}
	}
	return asked
}

// updateStatus writes an object's status; a change in between makes it fail and be tried again.
func (r *runner) updateStatus(ctx context.Context, resource schema.GroupVersionResource, object *unstructured.Unstructured, manager string) error {
	_, err := r.dynamic.Resource(resource).Namespace(object.GetNamespace()).UpdateStatus(ctx, object, metav1.UpdateOptions{FieldManager: manager})
	return err
}

func (r *runner) wakeKind(resource schema.GroupVersionResource) {
	k := r.kindOf(resource)
	r.mutex.Lock()
	w := r.watching[k]
	r.mutex.Unlock()
	if w == nil {
		return
	}
	for _, stored := range w.store.List() {
		object := stored.(*unstructured.Unstructured)
		if ready, found := conditionOf(object, "Ready"); !found || ready["status"] != "True" {
			r.enqueue(k, object)
		}
	}
}
