package simulate

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"sync"

	"golang.org/x/term"
	"k8s.io/cri-streaming/pkg/streaming/remotecommand"
)

const (
	interruptKey = 0x03
	endKey       = 0x04
	eraseLineKey = 0x15
	deleteKey    = 0x7f
	interrupted  = 130
)

// tty is what a kernel puts between a terminal and the programs in it: Ctrl-C
// interrupts the command that runs, lines are edited and echoed, and what is
// typed ahead waits.
type tty struct {
	out    io.Writer
	editor *term.Terminal

	mu      sync.Mutex
	arrived *sync.Cond
	typed   []byte
	closed  bool
	stop    context.CancelFunc
	rows    uint16
	cols    uint16
}

func newTTY(ctx context.Context, in io.Reader, out io.Writer, sizes <-chan remotecommand.TerminalSize) *tty {
	t := &tty{out: out, rows: 24, cols: 80}
	t.arrived = sync.NewCond(&t.mu)
	t.editor = term.NewTerminal(readWriter{t, out}, "practice:/# ")
	context.AfterFunc(ctx, t.close)
	go t.receive(in)
	go func() {
		for size := range sizes {
			t.resize(size)
		}
	}()
	return t
}

func (t *tty) resize(size remotecommand.TerminalSize) {
	t.mu.Lock()
	t.rows, t.cols = size.Height, size.Width
	t.mu.Unlock()
	_ = t.editor.SetSize(int(size.Width), int(size.Height))
}

func (t *tty) size() (rows, cols uint16) {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.rows, t.cols
}

func (t *tty) receive(in io.Reader) {
	buffer := make([]byte, 4096)
	for {
		n, err := in.Read(buffer)
		t.take(buffer[:n])
		if err != nil {
			t.close()
			return
		}
	}
}

// take keeps what is typed. An interrupt drops what was typed before it, stops
// the command that runs, or gives up the line that is being edited.
func (t *tty) take(keys []byte) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if at := bytes.LastIndexByte(keys, interruptKey); at >= 0 {
		t.typed = nil
		if t.stop != nil {
			t.stop()
		} else {
			fmt.Fprint(t.out, "^C")
			t.typed = []byte{eraseLineKey, '\r'}
		}
		keys = keys[at+1:]
	}
	t.typed = append(t.typed, keys...)
	t.arrived.Broadcast()
}

func (t *tty) close() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.closed = true
	t.arrived.Broadcast()
}

// Read gives keys as they were typed, up to the end of a line: what comes after
// it may be for the command.
func (t *tty) Read(into []byte) (int, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for len(t.typed) == 0 && !t.closed {
		t.arrived.Wait()
	}
	if len(t.typed) == 0 {
		return 0, io.EOF
	}
	line := t.typed
	if end := bytes.IndexByte(line, '\r'); end >= 0 {
		line = line[:end+1]
	}
	n := copy(into, line)
	t.typed = t.typed[n:]
	return n, nil
}

// Write ends lines as a terminal needs it.
func (t *tty) Write(text []byte) (int, error) {
	if _, err := t.out.Write(bytes.ReplaceAll(text, []byte("\n"), []byte("\r\n"))); err != nil {
		return 0, err
	}
	return len(text), nil
}

// run runs a command in the foreground, until it ends or Ctrl-C is typed.
func (t *tty) run(ctx context.Context, command func(context.Context) int) int {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	t.mu.Lock()
	t.stop = stop
	t.mu.Unlock()
	code := command(ctx)
	t.mu.Lock()
	t.stop = nil
	t.mu.Unlock()
	if ctx.Err() != nil {
		fmt.Fprint(t.out, "^C\r\n")
		return interrupted
	}
	return code
}

// lines is the input of a command that reads: whole lines, echoed as they are
// typed, until Ctrl-D at the start of one.
type lines struct {
	tty  *tty
	ctx  context.Context
	line []byte
	rest []byte
}

func (l *lines) Read(into []byte) (int, error) {
	stop := context.AfterFunc(l.ctx, l.tty.wake)
	defer stop()
	for len(l.rest) == 0 {
		key, err := l.tty.key(l.ctx)
		if err != nil {
			return 0, err
		}
		switch key {
		case '\r', '\n':
			_, _ = l.tty.Write([]byte("\n"))
			l.rest, l.line = append(l.line, '\n'), nil
		case endKey:
			if len(l.line) == 0 {
				return 0, io.EOF
			}
			l.rest, l.line = l.line, nil
		case deleteKey:
			if len(l.line) > 0 {
				l.line = l.line[:len(l.line)-1]
				fmt.Fprint(l.tty.out, "\b \b")
			}
		default:
			l.line = append(l.line, key)
			_, _ = l.tty.out.Write([]byte{key})
		}
	}
	n := copy(into, l.rest)
	l.rest = l.rest[n:]
	return n, nil
}

func (t *tty) wake() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.arrived.Broadcast()
}

func (t *tty) key(ctx context.Context) (byte, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for len(t.typed) == 0 && !t.closed && ctx.Err() == nil {
		t.arrived.Wait()
	}
	if len(t.typed) == 0 || ctx.Err() != nil {
		return 0, io.EOF
	}
	key := t.typed[0]
	t.typed = t.typed[1:]
	return key, nil
}
