package render

import (
	"fmt"
	"strings"
	"testing"
)

// laughs is YAML in which each of some lines stands for nine of the line before.
func laughs(lines int) string {
	text := &strings.Builder{}
	fmt.Fprintln(text, "l0: &l0 [lol, lol, lol, lol, lol, lol, lol, lol, lol]")
	for line := 1; line < lines; line++ {
		one := fmt.Sprintf("*l%d", line-1)
		fmt.Fprintf(text, "l%d: &l%d [%s]\n", line, line, strings.TrimSuffix(strings.Repeat(one+", ", 9), ", "))
	}
	return text.String()
}

func indented(text, by string) string {
	return by + strings.ReplaceAll(strings.TrimSuffix(text, "\n"), "\n", "\n"+by) + "\n"
}

func TestBombsAreRefusedBeforeTheyAreWrittenOut(t *testing.T) {
	resource := configMap + "data:\n" + indented(laughs(9), "  ")
	kustomization := "resources: [a.yaml]\n"
	patch := "kind: ConfigMap\nmetadata: {name: a}\ndata:\n" + indented(laughs(9), "  ")
	for name, files := range map[string]map[string]string{
		"resource":      {"kustomization.yaml": kustomization, "a.yaml": resource},
		"kustomization": {"kustomization.yaml": kustomization + laughs(9), "a.yaml": configMap},
		"inline patch": {
			"kustomization.yaml": kustomization + "patches:\n- patch: |\n" + indented(patch, "    "),
			"a.yaml":             configMap,
		},
	} {
		_, err := build(folder(t, files))
		if err == nil || !strings.Contains(err.Error(), "aliases come to more than") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestOnlyWhatMultipliesWithoutEndIsRefused(t *testing.T) {
	for text, want := range map[string]bool{
		laughs(5):                       false,
		laughs(9):                       true,
		"a: &a {b: *a}\n":               true,
		"a: &a {b: 1}\nc: *a\nd: *a\n":  false,
		"a: [*unknown & broken\n":       false,
		"x: 1\n---\n" + laughs(9):       true,
		"a: &a |\n  *bold* & plain\n":   false,
		strings.Repeat("* & text\n", 9): false,
	} {
		if got := multipliesWithoutEnd([]byte(text), 0); got != want {
			t.Errorf("%v, not %v: %.60q", got, want, text)
		}
	}
}

func TestAliasesThatPeopleWriteAreBuilt(t *testing.T) {
	objects, err := build(folder(t, map[string]string{
		"kustomization.yaml": "resources: [a.yaml]\n",
		"a.yaml":             "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n  labels: &l {app: a}\n  annotations: *l\n",
	}))
	if err != nil || len(objects) != 1 {
		t.Errorf("%v %v", objects, err)
	}
}
