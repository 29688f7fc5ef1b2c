package render

import (
	"bytes"
	"fmt"
	"math"
	"strings"

	"go.yaml.in/yaml/v3"
	"sigs.k8s.io/kustomize/kyaml/filesys"
)

const (
	// maxValues is what a file may come to with its aliases written out, counted in
	// values and in pieces of long texts.
	maxValues   = 2_000_000
	pieceLength = 64
	// maxInside is how deep YAML may stand in texts of YAML.
	maxInside = 8
)

// bounded refuses files whose aliases come to billions of values: kustomize
// writes them out, and a few lines would take all memory.
type bounded struct{ filesys.FileSystem }

func (b bounded) ReadFile(path string) ([]byte, error) {
	text, err := b.FileSystem.ReadFile(path)
	if err == nil && multipliesWithoutEnd(text, 0) {
		return nil, fmt.Errorf("%s: its YAML aliases come to more than %d values when they are written out", path, maxValues)
	}
	return text, err
}

// multipliesWithoutEnd says whether YAML comes to far more with its aliases
// written out, also YAML inside of its texts (patches). What is no YAML does not.
func multipliesWithoutEnd(text []byte, inside int) bool {
	if !bytes.ContainsRune(text, '&') || !bytes.ContainsRune(text, '*') {
		return false
	}
	if inside > maxInside {
		return true
	}
	documents := yaml.NewDecoder(bytes.NewReader(text))
	for {
		var document yaml.Node
		if documents.Decode(&document) != nil {
			return false
		}
		sizes := sizer{known: map[*yaml.Node]float64{}, inside: inside}
		if sizes.of(&document) > maxValues {
			return true
		}
	}
}

// sizer counts the values of nodes with what their aliases stand for.
type sizer struct {
	known  map[*yaml.Node]float64
	inside int
}

func (s sizer) of(node *yaml.Node) float64 {
	if node.Kind == yaml.AliasNode {
		if size, known := s.known[node.Alias]; known {
			return size
		}
		return math.Inf(1) // inside of what it stands for: it never ends
	}
	size := 1.0
	if node.Kind == yaml.ScalarNode {
		size += float64(len(node.Value)) / pieceLength
		if strings.Contains(node.Value, "\n") && multipliesWithoutEnd([]byte(node.Value), s.inside+1) {
			size = math.Inf(1)
		}
	}
	for _, part := range node.Content {
		size += s.of(part)
	}
	if node.Anchor != "" {
		s.known[node] = size
	}
	return size
}
