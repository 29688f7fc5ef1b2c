// Command flowdeck-toolbox is every program a practice cluster needs, in one
// static binary. It acts by the name it is called under (argv[0]), or by its
// first argument: `kubectl get pods` and `flowdeck-toolbox kubectl get pods`
// are the same.
package main

import (
	"fmt"
	"os"
	_ "time/tzdata"

	"flowdeck/toolbox/internal/lifeline"
	"flowdeck/toolbox/internal/programs"
)

func main() {
	lifeline.Watch()
	program, args, ok := programs.Select(os.Args)
	if !ok {
		fmt.Fprint(os.Stderr, programs.Usage())
		os.Exit(2)
	}
	// cobra commands and etcd read os.Args themselves.
	os.Args = args
	os.Exit(program())
}
