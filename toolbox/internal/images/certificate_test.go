package images

import (
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"testing"
	"time"
)

func TestACertificateIsForItsNamesAndTrustedByItsAuthority(t *testing.T) {
	names := []string{"10.0.0.4", "registry.example.com"}
	found := of(must(t, "certificate", map[string]any{"names": names, "days": 3650}), "certificate")
	text := func(key string) []byte { value, _ := found[key].(string); return []byte(value) }
	if _, err := tls.X509KeyPair(text("certificate"), text("key")); err != nil {
		t.Fatal(err)
	}
	block, _ := pem.Decode(text("certificate"))
	server, err := x509.ParseCertificate(block.Bytes)
	if err != nil {
		t.Fatal(err)
	}
	roots := x509.NewCertPool()
	if !roots.AppendCertsFromPEM(text("authority")) {
		t.Fatal("the authority is not a certificate")
	}
	for _, name := range names {
		if _, err := server.Verify(x509.VerifyOptions{Roots: roots, DNSName: name}); err != nil {
			t.Error(name, err)
		}
	}
	if _, err := server.Verify(x509.VerifyOptions{Roots: roots, DNSName: "other.example.com"}); err == nil {
		t.Error("it is for another name, too")
	}
	if left := time.Until(server.NotAfter); left < 3640*24*time.Hour || server.IsCA {
		t.Error(left, server.IsCA)
	}
	if _, err := run(t.Context(), t, "certificate", map[string]any{"days": 1}); err == nil {
		t.Error("without a name")
	}
}
