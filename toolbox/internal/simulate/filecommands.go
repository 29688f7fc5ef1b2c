package simulate

import (
	"archive/tar"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"
	"time"
)

// fileCommands are the shell's commands about files, with their exit codes.
var fileCommands = map[string]func(*shell, []string) int{
	"cat": (*shell).cat, "ls": (*shell).ls, "ln": (*shell).ln, "mkdir": (*shell).mkdir, "rm": (*shell).rm,
	"sha256sum": (*shell).sha256sum, "tar": (*shell).tar, "test": (*shell).test,
}

func (s *shell) fail(command, name string, err error) int {
	fmt.Fprintf(s.err, "%s: %s: %s\n", command, name, err)
	return 1
}

// flagsOf tells flags (their letters) from the other arguments.
func flagsOf(arguments []string) (flags string, rest []string) {
	for i, argument := range arguments {
		if argument == "--" {
			return flags, append(rest, arguments[i+1:]...)
		}
		if len(argument) > 1 && argument[0] == '-' {
			flags += strings.TrimLeft(argument, "-")
		} else {
			rest = append(rest, argument)
		}
	}
	return flags, rest
}

func (s *shell) cat(names []string) int {
	if len(names) == 0 && s.in != nil {
		_, _ = io.Copy(s.out, s.in)
		return 0
	}
	for _, name := range names {
		found, err := s.files.look(name, true)
		if err == nil && found.folder {
			err = errFolder
		}
		if err != nil {
			return s.fail("cat", name, err)
		}
		_, _ = s.out.Write(found.data)
	}
	return 0
}

func (s *shell) ls(arguments []string) int {
	_, names := flagsOf(arguments)
	if len(names) == 0 {
		names = []string{"/"}
	}
	for _, name := range names {
		found, err := s.files.look(name, true)
		if err != nil {
			return s.fail("ls", name, err)
		}
		if !found.folder {
			fmt.Fprintln(s.out, name)
			continue
		}
		for _, inside := range s.files.below(name) {
			if path.Dir(inside) == clean(name) {
				fmt.Fprintln(s.out, path.Base(inside))
			}
		}
	}
	return 0
}

func (s *shell) ln(arguments []string) int {
	_, names := flagsOf(arguments)
	if len(names) != 2 {
		return s.fail("ln", strings.Join(names, " "), errors.New("only ln -s TARGET NAME is simulated"))
	}
	if err := s.files.write(names[1], &file{link: names[0], mode: 0o777, changed: time.Now()}); err != nil {
		return s.fail("ln", names[1], err)
	}
	return 0
}

func (s *shell) mkdir(arguments []string) int {
	flags, names := flagsOf(arguments)
	parents := strings.Contains(flags, "p")
	for _, name := range names {
		_, err := s.files.look(name, false)
		_, above := s.files.look(path.Dir(clean(name)), true)
		switch {
		case err == nil && !parents:
			return s.fail("mkdir", name, errExists)
		case above != nil && !parents:
			return s.fail("mkdir", name, errNoFile)
		}
		if err := s.files.write(name, &file{folder: true, mode: 0o755, changed: time.Now()}); err != nil {
			return s.fail("mkdir", name, err)
		}
	}
	return 0
}

func (s *shell) rm(arguments []string) int {
	flags, names := flagsOf(arguments)
	for _, name := range names {
		found, err := s.files.look(name, false)
		if err == nil && found.folder && !strings.ContainsAny(flags, "rR") {
			err = errFolder
		}
		if err == nil {
			err = s.files.remove(name)
		}
		if err != nil && !strings.Contains(flags, "f") {
			return s.fail("rm", name, err)
		}
	}
	return 0
}

func (s *shell) sha256sum(names []string) int {
	for _, name := range names {
		found, err := s.files.look(name, true)
		if err != nil {
			return s.fail("sha256sum", name, err)
		}
		fmt.Fprintf(s.out, "%x  %s\n", sha256.Sum256(found.data), name)
	}
	return 0
}

func (s *shell) test(arguments []string) int {
	if len(arguments) != 2 || !slices.Contains([]string{"-d", "-e", "-f"}, arguments[0]) {
		return s.fail("test", strings.Join(arguments, " "), errors.New("only -d, -e and -f are simulated"))
	}
	found, err := s.files.look(arguments[1], true)
	if err != nil || (arguments[0] == "-d" && !found.folder) || (arguments[0] == "-f" && found.folder) {
		return 1
	}
	return 0
}

// tar packs to its output and unpacks from its input: `tar cf - PATH…`, `tar -xmf - [-C FOLDER]`.
func (s *shell) tar(arguments []string) int {
	letters, folder := "", "/"
	var names []string
	for i := 0; i < len(arguments); i++ {
		switch argument := arguments[i]; {
		case argument == "-C" && i+1 < len(arguments):
			i++
			folder = arguments[i]
		case argument == "-" || argument == "--" || strings.HasPrefix(argument, "--"):
		case strings.HasPrefix(argument, "-"):
			letters += argument[1:]
		case i == 0:
			letters = argument
		default:
			names = append(names, argument)
		}
	}
	if within, err := s.files.look(folder, true); err != nil || !within.folder {
		fmt.Fprintf(s.err, "tar: %s: Cannot open: %s\n", folder, errNoFile)
		return 2
	}
	switch {
	case strings.Contains(letters, "c"):
		return s.pack(folder, names)
	case strings.Contains(letters, "x"):
		return s.unpack(folder)
	}
	fmt.Fprintln(s.err, "tar: only c and x are simulated")
	return 2
}

func (s *shell) pack(folder string, names []string) int {
	archive := tar.NewWriter(s.out)
	code := 0
	for _, name := range names {
		from := clean(name)
		if !path.IsAbs(name) {
			from = clean(path.Join(folder, name))
		}
		if _, err := s.files.look(from, false); err != nil {
			fmt.Fprintf(s.err, "tar: %s: Cannot stat: %s\n", name, err)
			code = 2
			continue
		}
		for _, inside := range append([]string{from}, s.files.below(from)...) {
			as := path.Clean(name) + strings.TrimPrefix(inside, from)
			if err := s.packOne(archive, inside, strings.TrimPrefix(as, "/")); err != nil {
				return s.fail("tar", name, err)
			}
		}
	}
	if err := archive.Close(); err != nil {
		return s.fail("tar", "-", err)
	}
	return code
}

func (s *shell) packOne(archive *tar.Writer, from, as string) error {
	found, err := s.files.look(from, false)
	if err != nil || as == "" {
		return err
	}
	header := &tar.Header{Name: as, Mode: found.mode, ModTime: found.changed, Typeflag: tar.TypeReg, Size: int64(len(found.data))}
	switch {
	case found.folder:
		header.Typeflag, header.Name = tar.TypeDir, as+"/"
	case found.link != "":
		header.Typeflag, header.Linkname = tar.TypeSymlink, found.link
	}
	if err := archive.WriteHeader(header); err != nil {
		return err
	}
	_, err = archive.Write(found.data)
	return err
}

func (s *shell) unpack(folder string) int {
	if s.in == nil {
		return s.fail("tar", "-", io.ErrUnexpectedEOF)
	}
	archive := tar.NewReader(s.in)
	for {
		header, err := archive.Next()
		if errors.Is(err, io.EOF) {
			return 0
		}
		if err != nil {
			return s.fail("tar", "-", err)
		}
		next := &file{mode: header.Mode, changed: header.ModTime}
		switch header.Typeflag {
		case tar.TypeDir:
			next.folder = true
		case tar.TypeSymlink:
			next.link = header.Linkname
		case tar.TypeReg:
			if header.Size > mostBytes {
				return s.fail("tar", header.Name, errFull)
			}
			if next.data, err = io.ReadAll(archive); err != nil {
				return s.fail("tar", header.Name, err)
			}
		default:
			continue
		}
		if err := s.files.write(path.Join(folder, clean(header.Name)), next); err != nil {
			return s.fail("tar", header.Name, err)
		}
	}
}
