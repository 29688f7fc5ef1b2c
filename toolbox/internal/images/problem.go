package images

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"net"
	"net/http"
	"strings"
	"time"

	"github.com/google/go-containerregistry/pkg/name"
	"github.com/google/go-containerregistry/pkg/v1/remote/transport"
)

// problem is why something did not work: a word for programs, the error itself for people.
type problem struct {
	Reason string `json:"reason"`
	Detail string `json:"detail"`
	// With rate-limited, where the registry says it.
	RetryAt *time.Time `json:"retryAt,omitempty"`
}

// problem names the reason of an error, and when to ask again where the registry said so.
func (t *throttle) problem(err error) *problem {
	found := &problem{Reason: reasonOf(err), Detail: err.Error()}
	var answer *transport.Error
	if found.Reason != "rate-limited" || !errors.As(err, &answer) || answer.Request == nil {
		return found
	}
	t.mutex.Lock()
	defer t.mutex.Unlock()
	if state := t.hosts[answer.Request.URL.Host]; state != nil && state.until.After(time.Now()) {
		at := state.until.UTC().Truncate(time.Millisecond)
		found.RetryAt = &at
	}
	return found
}

func reasonOf(err error) string {
	var (
		plain    plainError
		unknown  x509.UnknownAuthorityError
		hostname x509.HostnameError
		invalid  x509.CertificateInvalidError
		record   tls.RecordHeaderError
		badName  *name.ErrBadName
		answer   *transport.Error
		dns      *net.DNSError
		timeout  net.Error
	)
	switch {
	case errors.Is(err, context.Canceled):
		return "stopped"
	case errors.As(err, &badName):
		return "invalid-name"
	case errors.As(err, &hostname):
		return "certificate-name"
	case errors.As(err, &invalid) && invalid.Reason == x509.Expired:
		return "certificate-expired"
	case errors.As(err, &unknown), errors.As(err, &invalid):
		return "certificate-untrusted"
	case errors.As(err, &answer):
		return answerReason(answer)
	case isMismatch(err):
		return "digest-mismatch"
	case errors.As(err, &dns) && dns.IsNotFound:
		return "unknown-host"
	case errors.Is(err, context.DeadlineExceeded), errors.As(err, &timeout) && timeout.Timeout():
		return "timeout"
	}
	var operation *net.OpError
	switch {
	// A host that does not answer at all was tried without encryption, too.
	case errors.As(err, &operation), errors.As(err, &dns):
		return "unreachable"
	case errors.As(err, &plain), errors.As(err, &record), errors.Is(err, http.ErrSchemeMismatch):
		return "plain"
	}
	return "other"
}

func answerReason(answer *transport.Error) string {
	for _, one := range answer.Errors {
		switch one.Code {
		case transport.ManifestUnknownErrorCode, transport.NameUnknownErrorCode:
			return "not-found"
		case transport.UnauthorizedErrorCode:
			return "unauthorized"
		case transport.DeniedErrorCode:
			return "denied"
		case transport.TooManyRequestsErrorCode:
			return "rate-limited"
		case transport.DigestInvalidErrorCode:
			return "digest-mismatch"
		}
	}
	switch answer.StatusCode {
	case http.StatusUnauthorized:
		return "unauthorized"
	case http.StatusForbidden:
		return "denied"
	case http.StatusNotFound:
		return "not-found"
	case http.StatusTooManyRequests:
		return "rate-limited"
	}
	if answer.StatusCode >= http.StatusInternalServerError {
		return "server-error"
	}
	return "other"
}

// isMismatch: the content is not what its digest says. The package that checks has no type for it.
func isMismatch(err error) bool {
	text := err.Error()
	return strings.Contains(text, "does not match requested digest") || strings.Contains(text, "error verifying")
}
