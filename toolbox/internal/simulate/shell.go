package simulate

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	corev1 "k8s.io/api/core/v1"
	utilexec "k8s.io/utils/exec"
)

// shell answers exec into a simulated container. It never starts a process: a
// command that reached the user's own machine through a "pod" would be a bad
// surprise. It knows a few commands, enough to try exec, pipes of exit codes and
// an interactive terminal.
type shell struct {
	pod       *corev1.Pod
	container string
	in        io.Reader
	out, err  io.Writer
	// The terminal it runs in, if there is one.
	terminal *tty
	env      map[string]string
	files    *fileSystem
	last     int
	done     bool
}

func newShell(pod *corev1.Pod, container string, in io.Reader, out, errOut io.Writer, terminal *tty) *shell {
	s := &shell{pod: pod, container: container, in: in, out: out, err: errOut, terminal: terminal, files: newFileSystem(nil, pod)}
	s.env = map[string]string{
		"HOSTNAME": pod.Name, "HOME": "/root", "PWD": "/", "PATH": "/usr/local/bin:/usr/bin:/bin", "FLOWDECK_SIMULATED": "true",
	}
	for _, spec := range pod.Spec.Containers {
		if spec.Name == container {
			for _, variable := range spec.Env {
				if variable.ValueFrom == nil {
					s.env[variable.Name] = variable.Value
				}
			}
		}
	}
	return s
}

// run gives the exit code of a command line as exec passes it.
func (s *shell) run(ctx context.Context, command []string) int {
	if len(command) == 0 {
		return 0
	}
	name := command[0][strings.LastIndexByte(command[0], '/')+1:]
	if !slices.Contains([]string{"sh", "bash", "ash", "dash"}, name) {
		return s.builtin(ctx, command)
	}
	for i, argument := range command[1:] {
		if strings.HasPrefix(argument, "-") && strings.HasSuffix(argument, "c") && i+2 < len(command) {
			return s.script(ctx, command[i+2])
		}
	}
	return s.interactive(ctx)
}

func (s *shell) interactive(ctx context.Context) int {
	if s.in == nil {
		return 0
	}
	if s.terminal != nil {
		return s.converse(ctx)
	}
	next := lineReader(s.in)
	for !s.done && ctx.Err() == nil {
		line, err := next()
		if line != "" {
			s.last = s.script(ctx, line)
		}
		if err != nil {
			break
		}
	}
	return s.last
}

// converse reads commands from a terminal, with a prompt, until its end.
func (s *shell) converse(ctx context.Context) int {
	fmt.Fprintln(s.out, "This container is simulated; `help` lists what it answers.")
	for !s.done && ctx.Err() == nil {
		line, err := s.terminal.editor.ReadLine()
		if line != "" {
			s.last = s.terminal.run(ctx, func(ctx context.Context) int {
				s.in = &lines{tty: s.terminal, ctx: ctx}
				return s.script(ctx, line)
			})
		}
		if err != nil {
			break
		}
	}
	return s.last
}

func lineReader(in io.Reader) func() (string, error) {
	lines := bufio.NewScanner(in)
	return func() (string, error) {
		if !lines.Scan() {
			return "", io.EOF
		}
		return lines.Text(), nil
	}
}

type readWriter struct {
	io.Reader
	io.Writer
}

// script runs commands joined by newlines, ;, && and ||.
func (s *shell) script(ctx context.Context, text string) int {
	words, err := split(text)
	if err != nil {
		fmt.Fprintln(s.err, "sh:", err)
		return 2
	}
	run := true
	for len(words) > 0 && !s.done && ctx.Err() == nil {
		end := slices.IndexFunc(words, word.isOperator)
		command, operator := words, ";"
		if end >= 0 {
			command, operator, words = words[:end], words[end].text, words[end+1:]
		} else {
			words = nil
		}
		if run && len(command) > 0 {
			s.last = s.builtin(ctx, s.expand(command))
		}
		run = operator == ";" || (operator == "&&") == (s.last == 0)
	}
	return s.last
}

func (s *shell) builtin(ctx context.Context, command []string) int {
	name := command[0][strings.LastIndexByte(command[0], '/')+1:]
	arguments := command[1:]
	if about, known := fileCommands[name]; known {
		return about(s, arguments)
	}
	switch name {
	case "echo":
		fmt.Fprintln(s.out, strings.Join(arguments, " "))
	case "hostname":
		fmt.Fprintln(s.out, s.pod.Name)
	case "env", "printenv":
		return s.printEnvironment(arguments)
	case "pwd":
		fmt.Fprintln(s.out, "/")
	case "whoami":
		fmt.Fprintln(s.out, "root")
	case "id":
		fmt.Fprintln(s.out, "uid=0(root) gid=0(root) groups=0(root)")
	case "uname":
		fmt.Fprintln(s.out, "Linux")
	case "date":
		fmt.Fprintln(s.out, time.Now().UTC().Format(time.UnixDate))
	case "yes":
		return s.yes(ctx, arguments)
	case "seq":
		return s.seq(ctx, arguments)
	case "stty":
		return s.stty(arguments)
	case "sleep":
		return s.sleep(ctx, arguments)
	case "true", ":", "cd":
	case "false":
		return 1
	case "exit":
		s.done = true
		if len(arguments) > 0 {
			if code, err := strconv.Atoi(arguments[0]); err == nil {
				return code & 255
			}
		}
		return s.last
	case "help":
		fmt.Fprintln(s.out, "Simulated container. Commands: cat, cd, date, echo, env, exit, false, hostname, id, ln, ls, mkdir, printenv, pwd, rm, seq, sha256sum, sleep, stty, tar, test, true, uname, whoami, yes")
	default:
		fmt.Fprintf(s.err, "%s: not found in this simulated container (try help)\n", command[0])
		return 127
	}
	return 0
}

func (s *shell) printEnvironment(names []string) int {
	if len(names) == 0 {
		for name := range s.env {
			names = append(names, name)
		}
		slices.Sort(names)
		for _, name := range names {
			fmt.Fprintf(s.out, "%s=%s\n", name, s.env[name])
		}
		return 0
	}
	for _, name := range names {
		value, known := s.env[name]
		if !known {
			return 1
		}
		fmt.Fprintln(s.out, value)
	}
	return 0
}

func (s *shell) sleep(ctx context.Context, arguments []string) int {
	if len(arguments) == 0 {
		return 1
	}
	seconds, err := strconv.ParseFloat(strings.TrimSuffix(arguments[0], "s"), 64)
	if err != nil {
		fmt.Fprintf(s.err, "sleep: invalid time interval %q\n", arguments[0])
		return 1
	}
	select {
	case <-ctx.Done():
		return 130
	case <-time.After(time.Duration(seconds * float64(time.Second))):
		return 0
	}
}

// exitError is what a kubelet's streaming server expects for an exit code.
func exitError(code int) error {
	if code == 0 {
		return nil
	}
	return utilexec.CodeExitError{Err: fmt.Errorf("command terminated with exit code %d", code), Code: code}
}

var errQuote = errors.New("unterminated quoted string")
