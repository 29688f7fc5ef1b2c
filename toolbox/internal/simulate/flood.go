package simulate

import (
	"bytes"
	"context"
	"fmt"
	"strconv"
	"strings"
)

// pieceSize is how much a command that writes much writes at once.
const pieceSize = 32 << 10

// yes writes a line for ever: until it is interrupted, or nobody reads.
func (s *shell) yes(ctx context.Context, arguments []string) int {
	line := "y\n"
	if len(arguments) > 0 {
		line = strings.Join(arguments, " ") + "\n"
	}
	piece := bytes.Repeat([]byte(line), max(1, pieceSize/len(line)))
	for ctx.Err() == nil {
		if _, err := s.out.Write(piece); err != nil {
			return 1
		}
	}
	return interrupted
}

// seq writes numbers: `seq LAST` or `seq FIRST LAST`.
func (s *shell) seq(ctx context.Context, arguments []string) int {
	first, last := 1, 0
	var err error
	switch len(arguments) {
	case 1:
		last, err = strconv.Atoi(arguments[0])
	case 2:
		if first, err = strconv.Atoi(arguments[0]); err == nil {
			last, err = strconv.Atoi(arguments[1])
		}
	default:
		err = strconv.ErrSyntax
	}
	if err != nil {
		fmt.Fprintln(s.err, "seq: usage: seq [FIRST] LAST")
		return 1
	}
	var piece []byte
	for number := first; number <= last; number++ {
		piece = append(strconv.AppendInt(piece, int64(number), 10), '\n')
		if len(piece) < pieceSize && number < last {
			continue
		}
		if ctx.Err() != nil {
			return interrupted
		}
		if _, err := s.out.Write(piece); err != nil {
			return 1
		}
		piece = piece[:0]
	}
	return 0
}

// stty answers `stty size`.
func (s *shell) stty(arguments []string) int {
	if s.terminal == nil || len(arguments) != 1 || arguments[0] != "size" {
		fmt.Fprintln(s.err, "stty: only `stty size` is simulated, in a terminal")
		return 1
	}
	rows, cols := s.terminal.size()
	fmt.Fprintln(s.out, rows, cols)
	return 0
}
