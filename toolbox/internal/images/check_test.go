package images

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"testing"
)

func TestCheckFollowsTheChallenge(t *testing.T) {
	for _, auth := range []string{"basic", "bearer"} {
		t.Run(auth, func(t *testing.T) {
			people := htpasswd(t)
			host, _ := registryWith(t, nil, func(plain http.Handler) http.Handler {
				handler, err := withSignIn(plain, serveRequest{Auth: auth, Htpasswd: people})
				if err != nil {
					t.Fatal(err)
				}
				return handler
			})
			sign := func(password string) line {
				return of(must(t, "check", map[string]any{
					"host": host, "credentials": map[string]any{host: credential{"course", password}},
				}), "check")
			}
			if right := sign("right"); right["problem"] != nil || right["challenge"] != auth {
				t.Error(right)
			}
			if wrong := sign("wrong"); reason(wrong) != "unauthorized" {
				t.Error(wrong)
			}
			if nobody := of(must(t, "check", map[string]any{"host": host}), "check"); reason(nobody) != "unauthorized" {
				t.Error(nobody)
			}
		})
	}
	if closed := of(must(t, "check", map[string]any{"host": "127.0.0.1:1"}), "check"); reason(closed) != "unreachable" {
		t.Error(closed)
	}
}

func TestCheckNamesWhatIsWrongWithACertificate(t *testing.T) {
	for _, one := range []struct {
		names   []string
		expired bool
		trusted bool
		reason  string
	}{
		{[]string{"127.0.0.1"}, false, true, ""},
		{[]string{"127.0.0.1"}, false, false, "certificate-untrusted"},
		{[]string{"another.example"}, false, true, "certificate-name"},
		{[]string{"127.0.0.1"}, true, true, "certificate-expired"},
	} {
		ctx, stop := context.WithCancel(t.Context())
		reader, writer := io.Pipe()
		done := make(chan error, 1)
		go func() {
			done <- serve(ctx, serveRequest{Address: "127.0.0.1:0", TLSNames: one.names, Expired: one.expired}, &events{encoder: json.NewEncoder(writer)})
		}()
		var started listening
		if err := json.NewDecoder(reader).Decode(&started); err != nil {
			t.Fatal(err)
		}
		request := map[string]any{"host": started.Address}
		if one.trusted {
			request["certificates"] = map[string]string{started.Address: started.Certificate}
		}
		if found := of(must(t, "check", request), "check"); reason(found) != one.reason {
			t.Error(one, found)
		}
		stop()
		if err := <-done; err != nil {
			t.Error(err)
		}
	}
}

func TestPasswordsAreNotSentWithoutEncryption(t *testing.T) {
	allowed := &guard{plain: []string{"registry.example:5000"}}
	ask, _ := http.NewRequest(http.MethodGet, "http://other.example:5000/v2/", nil)
	if _, err := allowed.RoundTrip(ask); reasonOf(err) != "plain" {
		t.Error(err)
	}
}
