package simulate

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"io"
	"log"
	"math/big"
	"net"
	"sync"
	"time"
)

const day = 24 * time.Hour

// signer issues certificates of the cluster's authority: for every name a webhook
// is called by, and for cert-manager's Certificates, so that whichever of the two
// a client trusts, the connection verifies.
type signer struct {
	certificate *x509.Certificate
	pem         []byte
	key         crypto.Signer

	mutex  sync.Mutex
	served map[string]*tls.Certificate
}

func newSigner(certFile, keyFile string) (*signer, error) {
	pair, err := tls.LoadX509KeyPair(certFile, keyFile)
	if err != nil {
		return nil, err
	}
	return &signer{
		certificate: pair.Leaf, key: pair.PrivateKey.(crypto.Signer), served: map[string]*tls.Certificate{},
		pem: pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: pair.Leaf.Raw}),
	}, nil
}

// request is what a certificate is issued for.
type request struct {
	commonName string
	dnsNames   []string
	ips        []net.IP
	isCA       bool
	life       time.Duration
}

// issue gives certificate and key in PEM.
func (s *signer) issue(r request) (certificate, key []byte, err error) {
	private, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, nil, err
	}
	serial, err := rand.Int(rand.Reader, new(big.Int).Lsh(big.NewInt(1), 127))
	if err != nil {
		return nil, nil, err
	}
	template := x509.Certificate{
		SerialNumber: serial, Subject: pkix.Name{CommonName: r.commonName}, DNSNames: r.dnsNames, IPAddresses: r.ips,
		NotBefore: time.Now().Add(-time.Minute), NotAfter: time.Now().Add(r.life),
		KeyUsage:    x509.KeyUsageDigitalSignature | x509.KeyUsageKeyEncipherment,
		ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth, x509.ExtKeyUsageClientAuth}, BasicConstraintsValid: true,
	}
	if r.isCA {
		template.IsCA, template.KeyUsage, template.ExtKeyUsage = true, x509.KeyUsageCertSign|x509.KeyUsageDigitalSignature, nil
	}
	raw, err := x509.CreateCertificate(rand.Reader, &template, s.certificate, private.Public(), s.key)
	if err != nil {
		return nil, nil, err
	}
	rawKey, err := x509.MarshalECPrivateKey(private)
	if err != nil {
		return nil, nil, err
	}
	return pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: raw}),
		pem.EncodeToMemory(&pem.Block{Type: "EC PRIVATE KEY", Bytes: rawKey}), nil
}

// signed says whether the first certificate of a PEM text is of this authority
// and valid for another day.
func (s *signer) signed(text []byte) (*x509.Certificate, bool) {
	block, _ := pem.Decode(text)
	if block == nil {
		return nil, false
	}
	certificate, err := x509.ParseCertificate(block.Bytes)
	if err != nil || certificate.CheckSignatureFrom(s.certificate) != nil {
		return nil, false
	}
	return certificate, time.Now().Add(day).Before(certificate.NotAfter)
}

// tlsConfig serves whatever name the client asks for, or the fallback when it
// names none (clients name no IP addresses).
func (s *signer) tlsConfig(fallback string) *tls.Config {
	return &tls.Config{
		MinVersion: tls.VersionTLS12,
		NextProtos: []string{"http/1.1"},
		GetCertificate: func(hello *tls.ClientHelloInfo) (*tls.Certificate, error) {
			if hello.ServerName == "" {
				return s.serving(fallback)
			}
			return s.serving(hello.ServerName)
		},
	}
}

func (s *signer) serving(name string) (*tls.Certificate, error) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	if known := s.served[name]; known != nil {
		return known, nil
	}
	r := request{commonName: "practice webhook", dnsNames: []string{name}, life: 365 * day}
	if ip := net.ParseIP(name); ip != nil {
		r.dnsNames, r.ips = nil, []net.IP{ip}
	}
	certificate, key, err := s.issue(r)
	if err != nil {
		return nil, err
	}
	pair, err := tls.X509KeyPair(certificate, key)
	if err != nil {
		return nil, err
	}
	s.served[name] = &pair
	return &pair, nil
}

// quiet drops what Go's HTTP server would write about clients that hang up.
func quiet() *log.Logger { return log.New(io.Discard, "", 0) }
