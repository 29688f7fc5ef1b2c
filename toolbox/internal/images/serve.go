package images

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"fmt"
	"io"
	"log"
	"math/big"
	"net"
	"net/http"
	"time"

	"github.com/google/go-containerregistry/pkg/name"
	"github.com/google/go-containerregistry/pkg/registry"
	v1 "github.com/google/go-containerregistry/pkg/v1"
	"github.com/google/go-containerregistry/pkg/v1/empty"
	"github.com/google/go-containerregistry/pkg/v1/mutate"
	"github.com/google/go-containerregistry/pkg/v1/random"
	"github.com/google/go-containerregistry/pkg/v1/remote"
)

// serveRequest is a registry for tests: crane's own, with the ways of real ones to ask who is there.
type serveRequest struct {
	Address string `json:"address"`
	// Where blobs are kept; in memory without. Manifests always are in memory.
	Dir string `json:"dir"`
	// Lines of htpasswd, with bcrypt as Debian's docker-registry requires.
	Htpasswd string `json:"htpasswd"`
	// basic, or bearer: the registry gives out tokens at /token.
	Auth string `json:"auth"`
	// The names a certificate is made for; none: plain HTTP.
	TLSNames []string `json:"tlsNames"`
	// The certificate has been invalid since yesterday.
	Expired bool `json:"expired"`
	// Images of random content that it has from the beginning.
	Images []randomImage `json:"images"`
}

type randomImage struct {
	Name      string   `json:"name"`
	Platforms []string `json:"platforms"`
	Layers    int64    `json:"layers"`
	Bytes     int64    `json:"bytes"`
}

type listening struct {
	Event       string            `json:"event"`
	Address     string            `json:"address"`
	Certificate string            `json:"certificate,omitempty"`
	Digests     map[string]string `json:"digests"`
}

func serve(ctx context.Context, request serveRequest, out *events) error {
	options := []registry.Option{registry.Logger(log.New(io.Discard, "", 0))}
	if request.Dir != "" {
		options = append(options, registry.WithBlobHandler(registry.NewDiskBlobHandler(request.Dir)))
	}
	plain := registry.New(options...)
	listener, err := net.Listen("tcp", request.Address)
	if err != nil {
		return err
	}
	line := listening{Event: "listening", Address: listener.Addr().String()}
	if line.Digests, err = fill(request.Images, plain); err != nil {
		return err
	}
	if len(request.TLSNames) > 0 {
		var certificate tls.Certificate
		certificate, line.Certificate, err = ownCertificate(request.TLSNames, request.Expired)
		if err != nil {
			return err
		}
		listener = tls.NewListener(listener, &tls.Config{
			Certificates: []tls.Certificate{certificate},
			MinVersion:   tls.VersionTLS12,
		})
	}
	handler, err := withSignIn(plain, request)
	if err != nil {
		return err
	}
	server := &http.Server{Handler: handler, ReadHeaderTimeout: time.Minute, ErrorLog: log.New(io.Discard, "", 0)}
	out.write(line)
	go func() {
		<-ctx.Done()
		_ = server.Close()
	}()
	if err := server.Serve(listener); err != http.ErrServerClosed {
		return err
	}
	return nil
}

// fill puts the images in through a door without sign-in that is closed again.
func fill(images []randomImage, plain http.Handler) (map[string]string, error) {
	digests := map[string]string{}
	if len(images) == 0 {
		return digests, nil
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	server := &http.Server{Handler: plain, ReadHeaderTimeout: time.Minute}
	go func() { _ = server.Serve(listener) }()
	defer func() { _ = server.Close() }()
	for _, image := range images {
		ref, err := name.ParseReference(listener.Addr().String() + "/" + image.Name)
		if err != nil {
			return nil, err
		}
		digest, err := image.push(ref)
		if err != nil {
			return nil, err
		}
		digests[image.Name] = digest
	}
	return digests, nil
}

func (r randomImage) push(ref name.Reference) (string, error) {
	layers, bytes := max(1, r.Layers), max(64, r.Bytes)
	if len(r.Platforms) == 0 {
		image, err := forPlatform("linux/amd64", layers, bytes)
		if err != nil {
			return "", err
		}
		digest, err := image.Digest()
		if err != nil {
			return "", err
		}
		return digest.String(), remote.Write(ref, image)
	}
	index := v1.ImageIndex(empty.Index)
	for _, text := range r.Platforms {
		image, err := forPlatform(text, layers, bytes)
		if err != nil {
			return "", err
		}
		of, err := v1.ParsePlatform(text)
		if err != nil {
			return "", err
		}
		index = mutate.AppendManifests(index, mutate.IndexAddendum{Add: image, Descriptor: v1.Descriptor{Platform: of}})
	}
	digest, err := index.Digest()
	if err != nil {
		return "", err
	}
	return digest.String(), remote.WriteIndex(ref, index)
}

func forPlatform(text string, layers, bytes int64) (v1.Image, error) {
	image, err := random.Image(bytes, layers)
	if err != nil {
		return nil, err
	}
	of, err := v1.ParsePlatform(text)
	if err != nil {
		return nil, err
	}
	config, err := image.ConfigFile()
	if err != nil {
		return nil, err
	}
	config = config.DeepCopy()
	config.OS, config.Architecture, config.Variant = of.OS, of.Architecture, of.Variant
	return mutate.ConfigFile(image, config)
}

func ownCertificate(names []string, expired bool) (tls.Certificate, string, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return tls.Certificate{}, "", err
	}
	serial, err := rand.Int(rand.Reader, big.NewInt(1<<62))
	if err != nil {
		return tls.Certificate{}, "", err
	}
	end := time.Now().Add(24 * time.Hour)
	if expired {
		end = time.Now().Add(-24 * time.Hour)
	}
	template := &x509.Certificate{
		SerialNumber: serial,
		Subject:      pkix.Name{CommonName: names[0]},
		NotBefore:    time.Now().Add(-48 * time.Hour),
		NotAfter:     end,
		KeyUsage:     x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign,
		IsCA:         true, BasicConstraintsValid: true,
	}
	for _, one := range names {
		if address := net.ParseIP(one); address != nil {
			template.IPAddresses = append(template.IPAddresses, address)
		} else {
			template.DNSNames = append(template.DNSNames, one)
		}
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		return tls.Certificate{}, "", fmt.Errorf("making a certificate: %w", err)
	}
	text := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der})
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}, string(text), nil
}
