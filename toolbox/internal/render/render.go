// Package render builds many kustomize folders in one process: kustomize reads
// its OpenAPI data once, and the garbage collector is told that memory is there
// to be used for the second or two this takes.
package render

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime/debug"
	"strings"
	"sync"
	"time"

	"sigs.k8s.io/kustomize/api/krusty"
	"sigs.k8s.io/kustomize/kyaml/filesys"
)

const (
	// Measured on the 27 folders of 26.03: 3.5 s with the default of 100, 2.0 s with 800.
	gcPercent   = 800
	memoryLimit = 2 << 30
	maxWorkers  = 16
)

// Request is read from standard input.
type Request struct {
	Folders []Folder `json:"folders"`
	Out     string   `json:"out"`
	Workers int      `json:"workers"`
}

// Folder is one kustomization to build.
type Folder struct {
	ID   string `json:"id"`
	Path string `json:"path"`
}

// Result is one line of standard output, in the order in which folders are done.
type Result struct {
	ID      string `json:"id"`
	Objects int    `json:"objects,omitempty"`
	Ms      int64  `json:"ms"`
	Error   string `json:"error,omitempty"`
}

// Main builds what standard input asks for into OUT/<id>.json, each a JSON array
// of objects. Its exit code is 1 when a folder failed and 2 when the request is wrong.
func Main(in io.Reader, out, errors io.Writer) int {
	var request Request
	if err := json.NewDecoder(in).Decode(&request); err != nil {
		fmt.Fprintln(errors, "render: standard input is no request:", err)
		return 2
	}
	if err := request.validate(); err != nil {
		fmt.Fprintln(errors, "render:", err)
		return 2
	}
	stayOffline()
	debug.SetGCPercent(gcPercent)
	debug.SetMemoryLimit(memoryLimit)
	if request.run(json.NewEncoder(out)) {
		return 0
	}
	return 1
}

func (r Request) validate() error {
	if !filepath.IsAbs(r.Out) {
		return fmt.Errorf("out %q is no absolute path", r.Out)
	}
	seen := map[string]bool{}
	for _, folder := range r.Folders {
		switch {
		case folder.ID == "" || folder.ID != filepath.Base(folder.ID) || strings.HasPrefix(folder.ID, "."):
			return fmt.Errorf("id %q is no file name", folder.ID)
		case seen[folder.ID]:
			return fmt.Errorf("id %q is there twice", folder.ID)
		case !filepath.IsAbs(folder.Path):
			return fmt.Errorf("path %q of %s is not absolute", folder.Path, folder.ID)
		}
		seen[folder.ID] = true
	}
	return nil
}

// run says whether every folder was built.
func (r Request) run(lines *json.Encoder) bool {
	var mutex sync.Mutex
	good := true
	folders := make(chan Folder)
	var tasks sync.WaitGroup
	for range min(max(r.Workers, 1), maxWorkers) {
		tasks.Go(func() {
			for folder := range folders {
				result := r.build(folder)
				mutex.Lock()
				good = good && result.Error == ""
				_ = lines.Encode(result)
				mutex.Unlock()
			}
		})
	}
	for _, folder := range r.Folders {
		folders <- folder
	}
	close(folders)
	tasks.Wait()
	return good
}

func (r Request) build(folder Folder) (result Result) {
	started := time.Now()
	result.ID = folder.ID
	defer func() {
		if problem := recover(); problem != nil {
			result.Error = fmt.Sprint("kustomize failed: ", problem)
		}
		result.Ms = time.Since(started).Milliseconds()
	}()
	objects, err := build(folder.Path)
	if err == nil {
		result.Objects = len(objects)
		err = write(filepath.Join(r.Out, folder.ID+".json"), objects)
	}
	if err != nil {
		result.Error = err.Error()
	}
	return result
}

// build is `kustomize build` with its default options (files stay within their
// kustomization's root, no plugins, no functions) and without the network.
func build(path string) ([]map[string]any, error) {
	files := bounded{filesys.MakeFsOnDisk()}
	if err := refuseRemote(files, path); err != nil {
		return nil, err
	}
	resources, err := krusty.MakeKustomizer(krusty.MakeDefaultOptions()).Run(files, path)
	if err != nil {
		return nil, err
	}
	objects := make([]map[string]any, 0, resources.Size())
	for _, resource := range resources.Resources() {
		object, err := resource.Map()
		if err != nil {
			return nil, err
		}
		objects = append(objects, object)
	}
	return objects, nil
}

func write(path string, objects []map[string]any) error {
	file, err := os.CreateTemp(filepath.Dir(path), ".render-*")
	if err != nil {
		return err
	}
	defer os.Remove(file.Name())
	err = json.NewEncoder(file).Encode(objects)
	if closing := file.Close(); err == nil {
		err = closing
	}
	if err != nil {
		return err
	}
	return os.Rename(file.Name(), path)
}
