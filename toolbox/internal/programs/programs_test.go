package programs

import (
	"strings"
	"testing"
)

func TestSelect(t *testing.T) {
	for _, c := range []struct {
		argv string
		want string
	}{
		{"/cache/bin/kubectl get pods", "/cache/bin/kubectl get pods"},
		{"/cache/flowdeck-toolbox kubectl get pods", "kubectl get pods"},
		{"kustomize.exe build .", "kustomize.exe build ."},
		{"flowdeck-toolbox practice run", "practice run"},
		// Only the first argument names a program, never a later one.
		{"flowdeck-toolbox get kubectl", ""},
		{"flowdeck-toolbox", ""},
	} {
		program, args, ok := Select(strings.Fields(c.argv))
		if ok != (c.want != "") || ok != (program != nil) || strings.Join(args, " ") != c.want {
			t.Errorf("Select(%q) = %q, %v; want %q", c.argv, args, ok, c.want)
		}
	}
}

func TestUsageNamesEveryProgram(t *testing.T) {
	for name := range programs {
		if !strings.Contains(Usage(), name) {
			t.Errorf("usage does not name %s", name)
		}
	}
}
