package practice

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"fmt"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"time"
)

const (
	certificateLife = 10 * 365 * 24 * time.Hour
	renewBefore     = 30 * 24 * time.Hour
)

// certificateSpec is one leaf certificate of the cluster.
type certificateSpec struct {
	name, authority      string
	commonName, group    string
	serverAuth, hasPeers bool
}

// The front proxy needs an authority of its own: the API server refuses one that
// also signs ordinary clients. etcd has one so that no client certificate of the
// cluster (a signed CSR, say) opens the database directly.
var (
	authorities  = []string{"ca", "front-proxy-ca", "etcd-ca"}
	certificates = []certificateSpec{
		{name: "apiserver", authority: "ca", commonName: "kube-apiserver", serverAuth: true},
		{name: "kubelet", authority: "ca", commonName: "practice-kubelet", serverAuth: true},
		{name: "apiserver-kubelet-client", authority: "ca", commonName: "practice:apiserver-kubelet-client", group: "system:masters"},
		{name: "admin", authority: "ca", commonName: "practice-admin", group: "system:masters"},
		{name: "simulator", authority: "ca", commonName: "practice:simulator", group: "system:masters"},
		{name: "kwok", authority: "ca", commonName: "practice:kwok", group: "system:masters"},
		{name: "controller-manager", authority: "ca", commonName: "system:kube-controller-manager"},
		{name: "scheduler", authority: "ca", commonName: "system:kube-scheduler"},
		{name: "front-proxy", authority: "front-proxy-ca", commonName: "front-proxy"},
		{name: "etcd", authority: "etcd-ca", commonName: "etcd", serverAuth: true, hasPeers: true},
		{name: "apiserver-etcd-client", authority: "etcd-ca", commonName: "kube-apiserver"},
	}
)

// pki is the folder of keys and certificates of one cluster.
type pki struct{ dir string }

func (p pki) cert(name string) string { return filepath.Join(p.dir, name+".crt") }
func (p pki) key(name string) string  { return filepath.Join(p.dir, name+".key") }

// ensurePKI makes the folder's keys and certificates, or keeps them when they are
// complete and valid for a while, so that a kubeconfig handed out stays good.
// The folder and files are readable by their owner only.
func ensurePKI(dir string, serviceIP net.IP, nodeIPs []net.IP) (pki, error) {
	p := pki{dir}
	if p.complete() {
		return p, nil
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return p, err
	}
	signers := map[string]*signer{}
	for _, name := range authorities {
		s, err := newAuthority("flowdeck practice " + name)
		if err != nil {
			return p, err
		}
		if err := p.write(name, s.certificate.Raw, s.key); err != nil {
			return p, err
		}
		signers[name] = s
	}
	for _, spec := range certificates {
		ips := []net.IP{net.IPv4(127, 0, 0, 1), serviceIP}
		if spec.name == "kubelet" {
			ips = append(ips, nodeIPs...)
		}
		raw, key, err := signers[spec.authority].issue(spec, ips)
		if err != nil {
			return p, fmt.Errorf("certificate %s: %w", spec.name, err)
		}
		if err := p.write(spec.name, raw, key); err != nil {
			return p, err
		}
	}
	return p, p.writeServiceAccountKeys()
}

func (p pki) complete() bool {
	for _, name := range authorities {
		if !p.valid(name) {
			return false
		}
	}
	for _, spec := range certificates {
		if !p.valid(spec.name) {
			return false
		}
	}
	_, err := os.Stat(filepath.Join(p.dir, "service-account.pub"))
	return err == nil
}

func (p pki) valid(name string) bool {
	if _, err := os.Stat(p.key(name)); err != nil {
		return false
	}
	text, err := os.ReadFile(p.cert(name))
	if err != nil {
		return false
	}
	block, _ := pem.Decode(text)
	if block == nil {
		return false
	}
	certificate, err := x509.ParseCertificate(block.Bytes)
	return err == nil && time.Now().Add(renewBefore).Before(certificate.NotAfter)
}

func (p pki) write(name string, certificate []byte, key *ecdsa.PrivateKey) error {
	if err := writePEM(p.cert(name), "CERTIFICATE", certificate); err != nil {
		return err
	}
	raw, err := x509.MarshalECPrivateKey(key)
	if err != nil {
		return err
	}
	return writePEM(p.key(name), "EC PRIVATE KEY", raw)
}

// writeServiceAccountKeys makes the pair that signs and checks service account tokens.
func (p pki) writeServiceAccountKeys() error {
	key, err := newKey()
	if err != nil {
		return err
	}
	raw, err := x509.MarshalECPrivateKey(key)
	if err != nil {
		return err
	}
	if err := writePEM(p.key("service-account"), "EC PRIVATE KEY", raw); err != nil {
		return err
	}
	public, err := x509.MarshalPKIXPublicKey(key.Public())
	if err != nil {
		return err
	}
	// Written last: its presence says that the folder is complete.
	return writePEM(filepath.Join(p.dir, "service-account.pub"), "PUBLIC KEY", public)
}

type signer struct {
	certificate *x509.Certificate
	key         *ecdsa.PrivateKey
}

func newAuthority(commonName string) (*signer, error) {
	key, err := newKey()
	if err != nil {
		return nil, err
	}
	template := x509.Certificate{
		SerialNumber:          newSerial(),
		Subject:               pkix.Name{CommonName: commonName},
		NotBefore:             time.Now().Add(-time.Hour),
		NotAfter:              time.Now().Add(certificateLife),
		KeyUsage:              x509.KeyUsageCertSign | x509.KeyUsageDigitalSignature | x509.KeyUsageCRLSign,
		BasicConstraintsValid: true,
		IsCA:                  true,
	}
	raw, err := x509.CreateCertificate(rand.Reader, &template, &template, key.Public(), key)
	if err != nil {
		return nil, err
	}
	certificate, err := x509.ParseCertificate(raw)
	return &signer{certificate, key}, err
}

func (s *signer) issue(spec certificateSpec, ips []net.IP) ([]byte, *ecdsa.PrivateKey, error) {
	key, err := newKey()
	if err != nil {
		return nil, nil, err
	}
	template := x509.Certificate{
		SerialNumber: newSerial(),
		Subject:      pkix.Name{CommonName: spec.commonName},
		NotBefore:    time.Now().Add(-time.Hour),
		NotAfter:     s.certificate.NotAfter,
		KeyUsage:     x509.KeyUsageDigitalSignature,
		ExtKeyUsage:  []x509.ExtKeyUsage{x509.ExtKeyUsageClientAuth},
	}
	if spec.group != "" {
		template.Subject.Organization = []string{spec.group}
	}
	if spec.serverAuth {
		template.ExtKeyUsage = []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth}
		template.IPAddresses = ips
		template.DNSNames = []string{"localhost", "kubernetes", "kubernetes.default", "kubernetes.default.svc", "kubernetes.default.svc.cluster.local"}
	}
	if spec.hasPeers {
		// etcd dials itself as a peer, with its server certificate.
		template.ExtKeyUsage = append(template.ExtKeyUsage, x509.ExtKeyUsageClientAuth)
	}
	raw, err := x509.CreateCertificate(rand.Reader, &template, s.certificate, key.Public(), crypto.Signer(s.key))
	return raw, key, err
}

func newKey() (*ecdsa.PrivateKey, error) { return ecdsa.GenerateKey(elliptic.P256(), rand.Reader) }

func newSerial() *big.Int {
	serial, err := rand.Int(rand.Reader, new(big.Int).Lsh(big.NewInt(1), 127))
	if err != nil {
		// crypto/rand does not fail on a supported system.
		panic(err)
	}
	return serial
}

func writePEM(path, kind string, raw []byte) error {
	return os.WriteFile(path, pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: raw}), 0o600)
}
