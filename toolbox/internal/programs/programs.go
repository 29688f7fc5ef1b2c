// Package programs maps a program's name to what it runs.
package programs

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"go.etcd.io/etcd/server/v3/etcdmain"
	"k8s.io/component-base/cli"
	_ "k8s.io/component-base/logs/json/register"          // --logging-format=json
	_ "k8s.io/component-base/metrics/prometheus/clientgo" // client metrics of the Kubernetes programs
	_ "k8s.io/component-base/metrics/prometheus/version"  // kubernetes_build_info
	kubectl "k8s.io/kubectl/pkg/cmd"
	apiserver "k8s.io/kubernetes/cmd/kube-apiserver/app"
	manager "k8s.io/kubernetes/cmd/kube-controller-manager/app"
	scheduler "k8s.io/kubernetes/cmd/kube-scheduler/app"
	kustomize "sigs.k8s.io/kustomize/kustomize/v5/commands"

	"flowdeck/toolbox/internal/images"
	"flowdeck/toolbox/internal/practice"
	"flowdeck/toolbox/internal/render"
)

// Program runs to its end and gives the exit code. It reads os.Args.
type Program func() int

var programs = map[string]Program{
	"etcd": func() int {
		etcdmain.Main(os.Args)
		return 0
	},
	"kube-apiserver":          func() int { return cli.Run(apiserver.NewAPIServerCommand()) },
	"kube-controller-manager": func() int { return cli.Run(manager.NewControllerManagerCommand()) },
	"kube-scheduler":          func() int { return cli.Run(scheduler.NewSchedulerCommand()) },
	"kubectl":                 func() int { return cli.Run(kubectl.NewDefaultKubectlCommand()) },
	"kustomize": func() int {
		if err := kustomize.NewDefaultCommand().Execute(); err != nil {
			return 1
		}
		return 0
	},
	"images":   func() int { return images.Main(os.Args[1:], os.Stdin, os.Stdout, os.Stderr) },
	"kwok":     runKwok,
	"practice": func() int { return practice.Main(os.Args[1:]) },
	"render":   func() int { return render.Main(os.Stdin, os.Stdout, os.Stderr) },
}

// Select finds the program for a command line and gives the arguments it has
// to see, its own name first.
func Select(argv []string) (Program, []string, bool) {
	for at := 0; at < len(argv) && at < 2; at++ {
		name := strings.TrimSuffix(filepath.Base(argv[at]), ".exe")
		if program, ok := programs[name]; ok {
			return program, argv[at:], true
		}
	}
	return nil, nil, false
}

// Usage names the programs.
func Usage() string {
	names := slices.Sorted(maps.Keys(programs))
	return fmt.Sprintf("usage: flowdeck-toolbox PROGRAM [ARGUMENT…], or call it through a link named like the program.\nPrograms: %s\n",
		strings.Join(names, ", "))
}
