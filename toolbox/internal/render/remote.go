package render

import (
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"

	"sigs.k8s.io/kustomize/api/konfig"
	"sigs.k8s.io/kustomize/kyaml/filesys"
	"sigs.k8s.io/yaml"
)

// kustomization is the part that names other files.
type kustomization struct {
	Resources   []string `json:"resources"`
	Components  []string `json:"components"`
	Bases       []string `json:"bases"`
	Crds        []string `json:"crds"`
	Transformer []string `json:"transformers"`
	Generators  []string `json:"generators"`
	Validators  []string `json:"validators"`
	HelmCharts  []any    `json:"helmCharts"`
}

// refuseRemote walks the kustomizations below a folder before anything is built.
// kustomize treats what is no local file as an address to fetch; here that is an
// error that names the file it stands in.
func refuseRemote(files filesys.FileSystem, folder string) error {
	return walk(files, filepath.Clean(folder), map[string]bool{})
}

func walk(files filesys.FileSystem, folder string, seen map[string]bool) error {
	if seen[folder] {
		return nil
	}
	seen[folder] = true
	file, text, err := readKustomization(files, folder)
	if err != nil {
		return err
	}
	var k kustomization
	if err := yaml.Unmarshal(text, &k); err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	if len(k.HelmCharts) > 0 {
		return fmt.Errorf("%s: helmCharts are not built here", file)
	}
	for _, list := range [][]string{k.Resources, k.Components, k.Bases, k.Crds, k.Transformer, k.Generators, k.Validators} {
		for _, entry := range list {
			path := filepath.Join(folder, filepath.FromSlash(entry))
			switch {
			case isInline(entry):
			case files.IsDir(path):
				if err := walk(files, path, seen); err != nil {
					return err
				}
			case !files.Exists(path):
				return fmt.Errorf("%s: %q is not on this disk, and nothing is fetched while building", file, entry)
			}
		}
	}
	return nil
}

// isInline says whether a transformer or generator is written in place.
func isInline(entry string) bool {
	for _, c := range entry {
		if c == '\n' {
			return true
		}
	}
	return false
}

func readKustomization(files filesys.FileSystem, folder string) (string, []byte, error) {
	for _, name := range konfig.RecognizedKustomizationFileNames() {
		path := filepath.Join(folder, name)
		text, err := files.ReadFile(path)
		if err == nil {
			return path, text, nil
		}
		if !errors.Is(err, fs.ErrNotExist) {
			return path, nil, err
		}
	}
	return "", nil, fmt.Errorf("%s has no kustomization.yaml", folder)
}

var errOffline = errors.New("nothing is fetched while building")

type offline struct{}

func (offline) RoundTrip(*http.Request) (*http.Response, error) { return nil, errOffline }

// stayOffline takes from this process what kustomize fetches with, for addresses
// in places refuseRemote does not look at: Go's HTTP client, and git on the PATH.
func stayOffline() {
	http.DefaultTransport = offline{}
	_ = os.Setenv("PATH", "")
}
