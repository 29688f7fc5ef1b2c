package images

import (
	"testing"
)

func TestInspectTellsSizesAndArchitectures(t *testing.T) {
	host, digests := registryWith(t, []randomImage{
		{Name: "kubeflow/many:1", Platforms: []string{"linux/amd64", "linux/arm64/v8"}, Layers: 2, Bytes: 500},
		{Name: "kubeflow/one:1", Layers: 3, Bytes: 100},
	}, nil)
	lines := must(t, "inspect", map[string]any{"images": []string{host + "/kubeflow/many:1"}})
	found := of(lines, "image")
	platforms, _ := found["platforms"].([]any)
	if found["digest"] != digests["kubeflow/many:1"] || len(platforms) != 2 {
		t.Fatal(found)
	}
	second, _ := platforms[1].(map[string]any)
	if second["platform"] != "linux/arm64/v8" || second["layers"] != 2.0 || second["size"].(float64) < 1000 {
		t.Error(second)
	}
	one := of(must(t, "inspect", map[string]any{"images": []string{host + "/kubeflow/one:1"}}), "image")
	platforms, _ = one["platforms"].([]any)
	if first, _ := platforms[0].(map[string]any); first["platform"] != "linux/amd64" || first["layers"] != 3.0 {
		t.Error(one)
	}
	head := of(must(t, "inspect", map[string]any{"head": true, "images": []string{host + "/kubeflow/many:1"}}), "image")
	if head["digest"] != digests["kubeflow/many:1"] || head["platforms"] != nil {
		t.Error(head)
	}
	if gone := of(must(t, "inspect", map[string]any{"images": []string{host + "/kubeflow/gone:1"}}), "image"); reason(gone) != "not-found" {
		t.Error(gone)
	}
	if wrong := of(must(t, "inspect", map[string]any{"images": []string{"Not An Image"}}), "image"); reason(wrong) != "invalid-name" {
		t.Error(wrong)
	}
}
