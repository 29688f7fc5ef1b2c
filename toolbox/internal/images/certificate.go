package images

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"errors"
	"math/big"
	"net"
	"time"
)

// certificateRequest asks for a certificate for a registry.
type certificateRequest struct {
	// DNS names and addresses.
	Names []string `json:"names"`
	Days  int      `json:"days"`
}

type issued struct {
	Event string `json:"event"`
	// All in PEM. Nodes trust the authority; its key is not kept, so that
	// nobody can sign anything else with it.
	Authority   string `json:"authority"`
	Certificate string `json:"certificate"`
	Key         string `json:"key"`
}

// issue makes a certificate, and an authority that signs it and nothing else.
func issue(_ context.Context, request certificateRequest, out *events) error {
	if len(request.Names) == 0 || request.Days <= 0 {
		return errors.New("a certificate needs names and days")
	}
	from := time.Now().Add(-time.Hour)
	authority := &x509.Certificate{
		Subject:               pkix.Name{CommonName: "Flowdeck registry CA for " + request.Names[0]},
		NotBefore:             from,
		NotAfter:              from.AddDate(0, 0, request.Days),
		KeyUsage:              x509.KeyUsageCertSign | x509.KeyUsageCRLSign,
		IsCA:                  true,
		BasicConstraintsValid: true,
		MaxPathLenZero:        true,
	}
	signer, err := newPair(authority)
	if err != nil {
		return err
	}
	authorityRaw, err := x509.CreateCertificate(rand.Reader, authority, authority, signer.Public(), signer)
	if err != nil {
		return err
	}
	server := &x509.Certificate{
		Subject:     pkix.Name{CommonName: request.Names[0]},
		NotBefore:   authority.NotBefore,
		NotAfter:    authority.NotAfter,
		KeyUsage:    x509.KeyUsageDigitalSignature,
		ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
	}
	if len(request.Names[0]) > 64 {
		server.Subject = pkix.Name{CommonName: "registry"}
	}
	for _, one := range request.Names {
		if address := net.ParseIP(one); address != nil {
			server.IPAddresses = append(server.IPAddresses, address)
		} else {
			server.DNSNames = append(server.DNSNames, one)
		}
	}
	key, err := newPair(server)
	if err != nil {
		return err
	}
	serverRaw, err := x509.CreateCertificate(rand.Reader, server, authority, key.Public(), signer)
	if err != nil {
		return err
	}
	keyRaw, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		return err
	}
	out.write(issued{
		Event:       "certificate",
		Authority:   inPEM("CERTIFICATE", authorityRaw),
		Certificate: inPEM("CERTIFICATE", serverRaw),
		Key:         inPEM("PRIVATE KEY", keyRaw),
	})
	return nil
}

// newPair makes the key of a certificate and gives the certificate its serial number.
func newPair(template *x509.Certificate) (*ecdsa.PrivateKey, error) {
	serial, err := rand.Int(rand.Reader, new(big.Int).Lsh(big.NewInt(1), 127))
	if err != nil {
		return nil, err
	}
	template.SerialNumber = serial
	return ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
}

func inPEM(kind string, raw []byte) string {
	return string(pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: raw}))
}
