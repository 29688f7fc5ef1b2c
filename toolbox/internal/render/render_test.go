package render

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func folder(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

const configMap = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n"

func TestMainWritesObjectsAndReportsErrors(t *testing.T) {
	t.Setenv("PATH", os.Getenv("PATH"))
	good := folder(t, map[string]string{"kustomization.yaml": "namespace: ns\nresources: [a.yaml]\n", "a.yaml": configMap})
	remote := folder(t, map[string]string{
		"kustomization.yaml":      "resources: [base]\n",
		"base/kustomization.yaml": "resources: ['https://example.org/x.yaml']\n",
	})
	hidden := folder(t, map[string]string{"kustomization.yaml": "resources: [a.yaml]\npatches: [{path: 'https://example.org/p.yaml'}]\n", "a.yaml": configMap})
	outside := folder(t, map[string]string{"a/kustomization.yaml": "resources: [../b.yaml]\n", "b.yaml": configMap})
	out := t.TempDir()
	request, _ := json.Marshal(Request{Out: out, Workers: 2, Folders: []Folder{
		{"good", good}, {"remote", remote}, {"hidden", hidden}, {"outside", filepath.Join(outside, "a")},
	}})
	var lines, errors bytes.Buffer
	if code := Main(bytes.NewReader(request), &lines, &errors); code != 1 {
		t.Errorf("exit code %d, %s", code, errors.String())
	}
	results := map[string]Result{}
	for _, line := range strings.Split(strings.TrimSpace(lines.String()), "\n") {
		var result Result
		if err := json.Unmarshal([]byte(line), &result); err != nil {
			t.Fatal(err)
		}
		results[result.ID] = result
	}
	if results["good"].Objects != 1 || results["good"].Error != "" {
		t.Errorf("%+v", results["good"])
	}
	text, err := os.ReadFile(filepath.Join(out, "good.json"))
	if err != nil || !strings.Contains(string(text), `"namespace":"ns"`) {
		t.Errorf("%s %v", text, err)
	}
	for id, want := range map[string]string{
		"remote": filepath.Join("base", "kustomization.yaml"), "hidden": "example.org/p.yaml", "outside": "b.yaml",
	} {
		if !strings.Contains(results[id].Error, want) {
			t.Errorf("%s: %q does not name %s", id, results[id].Error, want)
		}
	}
}

func TestValidate(t *testing.T) {
	for _, bad := range []Request{
		{Out: "relative"},
		{Out: "/o", Folders: []Folder{{"../up", "/p"}}},
		{Out: "/o", Folders: []Folder{{"a", "p"}}},
		{Out: "/o", Folders: []Folder{{"a", "/p"}, {"a", "/q"}}},
	} {
		if bad.validate() == nil {
			t.Errorf("%+v is accepted", bad)
		}
	}
}
