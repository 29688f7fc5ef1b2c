package simulate

import (
	"errors"
	"path"
	"slices"
	"strings"
	"sync"
	"time"

	corev1 "k8s.io/api/core/v1"
)

const (
	// mostContainers and mostBytes keep what is copied into simulated containers from
	// filling this machine's memory.
	mostContainers = 64
	mostBytes      = 256 << 20
)

var (
	errNoFile   = errors.New("No such file or directory")
	errNoFolder = errors.New("Not a directory")
	errFull     = errors.New("No space left on device")
	errExists   = errors.New("File exists")
	errFolder   = errors.New("Is a directory")
)

// file is a file, a folder or a link of a simulated container.
type file struct {
	folder  bool
	link    string // where a symbolic link leads
	data    []byte
	mode    int64
	changed time.Time
}

// fileSystem is a container's files, in memory: enough to copy files to and fro.
// Paths are absolute and clean.
type fileSystem struct {
	mutex sync.Mutex
	files map[string]*file
	used  time.Time
	bytes int // counted by the store
	store *fileStore
}

// fileStore holds the file systems of containers that were looked into.
type fileStore struct {
	mutex sync.Mutex
	all   map[string]*fileSystem
	bytes int
}

func newFileStore() *fileStore { return &fileStore{all: map[string]*fileSystem{}} }

// of gives a container's files; those of the containers left alone for longest are forgotten.
func (s *fileStore) of(pod *corev1.Pod, container string) *fileSystem {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	key := string(pod.UID) + "/" + container
	found, known := s.all[key]
	if !known {
		for len(s.all) >= mostContainers {
			s.forgetOldest()
		}
		found = newFileSystem(s, pod)
		s.all[key] = found
	}
	found.used = time.Now()
	return found
}

func (s *fileStore) forgetOldest() {
	oldest := ""
	for key, candidate := range s.all {
		if oldest == "" || candidate.used.Before(s.all[oldest].used) {
			oldest = key
		}
	}
	s.bytes -= s.all[oldest].bytes
	delete(s.all, oldest)
}

// take counts bytes that are kept (or, negative, let go); false when there is no room.
func (fs *fileSystem) take(bytes int) bool {
	s := fs.store
	if s == nil {
		return true
	}
	s.mutex.Lock()
	defer s.mutex.Unlock()
	if s.bytes+bytes > mostBytes {
		return false
	}
	s.bytes += bytes
	fs.bytes += bytes
	return true
}

func newFileSystem(store *fileStore, pod *corev1.Pod) *fileSystem {
	fs := &fileSystem{files: map[string]*file{}, store: store}
	started := pod.CreationTimestamp.Time
	for _, folder := range []string{"/", "/bin", "/etc", "/root", "/tmp", "/usr", "/var"} {
		fs.files[folder] = &file{folder: true, mode: 0o755, changed: started}
	}
	for name, text := range map[string]string{
		"/etc/hostname":   pod.Name + "\n",
		"/etc/os-release": "NAME=\"Flowdeck practice container (simulated)\"\n",
		"/var/run/secrets/kubernetes.io/serviceaccount/namespace": pod.Namespace,
	} {
		fs.makeParents(name, started)
		fs.files[name] = &file{data: []byte(text), mode: 0o644, changed: started}
	}
	return fs
}

// clean makes a path absolute: every command runs in the root folder.
func clean(name string) string { return path.Clean("/" + name) }

func (fs *fileSystem) makeParents(name string, at time.Time) {
	for parent := path.Dir(name); ; parent = path.Dir(parent) {
		if _, known := fs.files[parent]; !known {
			fs.files[parent] = &file{folder: true, mode: 0o755, changed: at}
		}
		if parent == "/" {
			return
		}
	}
}

// look gives what a path names, through links (ten of them at most) if follow.
func (fs *fileSystem) look(name string, follow bool) (*file, error) {
	fs.mutex.Lock()
	defer fs.mutex.Unlock()
	name = clean(name)
	for range 10 {
		found, known := fs.files[name]
		switch {
		case !known:
			return nil, errNoFile
		case found.link == "" || !follow:
			return found, nil
		case path.IsAbs(found.link):
			name = path.Clean(found.link)
		default:
			name = path.Join(path.Dir(name), found.link)
		}
	}
	return nil, errNoFile
}

// write puts a file, a folder or a link in place of what has its name.
func (fs *fileSystem) write(name string, next *file) error {
	fs.mutex.Lock()
	defer fs.mutex.Unlock()
	name = clean(name)
	before := fs.files[name]
	switch {
	case before != nil && before.folder && next.folder:
		return nil
	case before != nil && before.folder:
		return errFolder
	}
	for parent := path.Dir(name); parent != "/"; parent = path.Dir(parent) {
		if above := fs.files[parent]; above != nil && !above.folder {
			return errNoFolder
		}
	}
	growth := len(next.data)
	if before != nil {
		growth -= len(before.data)
	}
	if !fs.take(growth) {
		return errFull
	}
	fs.makeParents(name, next.changed)
	fs.files[name] = next
	return nil
}

// remove takes away a path and all below it.
func (fs *fileSystem) remove(name string) error {
	fs.mutex.Lock()
	defer fs.mutex.Unlock()
	name = clean(name)
	if fs.files[name] == nil {
		return errNoFile
	}
	for candidate, entry := range fs.files {
		if candidate == name || strings.HasPrefix(candidate, name+"/") {
			fs.take(-len(entry.data))
			delete(fs.files, candidate)
		}
	}
	return nil
}

// below gives the paths of a folder's content, all the way down, sorted.
func (fs *fileSystem) below(name string) []string {
	fs.mutex.Lock()
	defer fs.mutex.Unlock()
	prefix := strings.TrimSuffix(clean(name), "/") + "/"
	var paths []string
	for candidate := range fs.files {
		if strings.HasPrefix(candidate, prefix) && candidate != "/" {
			paths = append(paths, candidate)
		}
	}
	slices.Sort(paths)
	return paths
}
