package practice

import (
	_ "embed"
	"strings"
	"text/template"
)

//go:embed stages.yaml
var stagesText string

// kwok's own templates are in {{ }}; ours, filled in before kwok sees them, in [[ ]].
var stagesTemplate = template.Must(template.New("stages").Delims("[[", "]]").Funcs(template.FuncMap{
	"share": func(total, percent int) int { return total * percent / 100 },
}).Parse(stagesText))

// stages gives kwok's configuration for pods that become Ready within a span
// after they were scheduled, however many steps that takes them.
func stages(ready Range) (string, error) {
	var text strings.Builder
	err := stagesTemplate.Execute(&text, ready)
	return text.String(), err
}
