package practice

import (
	"bytes"
	"os"
	"strings"
	"sync"
)

const (
	logLimit  = 8 << 20
	lastLines = 20
)

// logFile is one program's output on disk. At logLimit bytes it starts over and
// keeps the part before as NAME.1, so that a long-lived cluster never fills a disk.
type logFile struct {
	mutex sync.Mutex
	path  string
	file  *os.File
	size  int64
	rest  []byte
	last  []string
}

func openLog(path string) (*logFile, error) {
	l := &logFile{path: path}
	return l, l.open()
}

func (l *logFile) open() error {
	file, err := os.OpenFile(l.path, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	info, err := file.Stat()
	if err != nil {
		file.Close()
		return err
	}
	l.file, l.size = file, info.Size()
	return nil
}

// Write never fails: a full disk must not stop the program whose output this is.
func (l *logFile) Write(text []byte) (int, error) {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	l.remember(text)
	if l.size > logLimit {
		l.file.Close()
		_ = os.Rename(l.path, l.path+".1")
		if err := l.open(); err != nil {
			return len(text), nil
		}
	}
	n, _ := l.file.Write(text)
	l.size += int64(n)
	return len(text), nil
}

func (l *logFile) remember(text []byte) {
	l.rest = append(l.rest, text...)
	for {
		end := bytes.IndexByte(l.rest, '\n')
		if end < 0 {
			break
		}
		if line := strings.TrimSpace(string(l.rest[:end])); line != "" {
			l.last = append(l.last, line)
		}
		l.rest = l.rest[end+1:]
	}
	if len(l.rest) > 4096 {
		l.rest = l.rest[len(l.rest)-4096:]
	}
	if len(l.last) > lastLines {
		l.last = append([]string(nil), l.last[len(l.last)-lastLines:]...)
	}
}

// tail gives the last lines of this run, oldest first.
func (l *logFile) tail() []string {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	return append([]string(nil), l.last...)
}

func (l *logFile) Close() error {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	return l.file.Close()
}
