package simulate

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
)

const reviewLimit = 32 << 20

// review is the part the answers need of an AdmissionReview and a ConversionReview.
type review struct {
	APIVersion string `json:"apiVersion"`
	Kind       string `json:"kind"`
	Request    struct {
		UID               string           `json:"uid"`
		DesiredAPIVersion string           `json:"desiredAPIVersion"`
		Objects           []map[string]any `json:"objects"`
	} `json:"request"`
}

// serveWebhook answers for every admission and conversion webhook.
func serveWebhook(w http.ResponseWriter, r *http.Request) {
	if strings.HasPrefix(r.URL.Path, "/apis") || strings.HasPrefix(r.URL.Path, "/openapi") {
		if r.Method == http.MethodGet {
			serveAggregated(w, r)
			return
		}
	}
	var asked review
	if err := json.NewDecoder(http.MaxBytesReader(w, r.Body, reviewLimit)).Decode(&asked); err != nil {
		// No review: a page of a Service, asked for through the API server.
		serveStandIn(w, r)
		return
	}
	response, err := answerReview(asked)
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(map[string]any{"apiVersion": asked.APIVersion, "kind": asked.Kind, "response": response})
}

// serveAggregated answers what the API server asks a program behind an APIService:
// whether its group version is there (it is, without resources), and nothing else.
func serveAggregated(w http.ResponseWriter, r *http.Request) {
	name, isAPI := strings.CutPrefix(r.URL.Path, "/apis/")
	group, version, found := strings.Cut(name, "/")
	if !isAPI || !found || version == "" || strings.Contains(version, "/") {
		http.NotFound(w, r)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(map[string]any{
		"kind": "APIResourceList", "apiVersion": "v1", "groupVersion": group + "/" + version, "resources": []any{},
	})
}

// answerReview allows every object as it is, and converts by renaming: the
// practice cluster has no code of the projects whose webhooks these are.
func answerReview(asked review) (map[string]any, error) {
	switch asked.Kind {
	case "AdmissionReview":
		return map[string]any{"uid": asked.Request.UID, "allowed": true}, nil
	case "ConversionReview":
		for _, object := range asked.Request.Objects {
			object["apiVersion"] = asked.Request.DesiredAPIVersion
		}
		return map[string]any{
			"uid": asked.Request.UID, "convertedObjects": asked.Request.Objects, "result": map[string]string{"status": "Success"},
		}, nil
	default:
		return nil, fmt.Errorf("a webhook of the practice cluster answers AdmissionReview and ConversionReview, not %q", asked.Kind)
	}
}
