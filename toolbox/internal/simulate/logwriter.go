package simulate

import (
	"context"
	"io"
	"net/http"
	"time"
)

// followLog writes the lines that come after a time, until ctx ends.
func followLog(ctx context.Context, out io.Writer, log containerLog, after time.Time) error {
	if log.flood.rate > 0 {
		return log.flood.follow(ctx, out, log, log.next(after), false)
	}
	return followFrom(ctx, out, log, after, false)
}

// followFrom writes lines as their time comes, until ctx ends.
func followFrom(ctx context.Context, out io.Writer, log containerLog, after time.Time, timestamps bool) error {
	for number := log.next(after); ; number++ {
		line, _ := log.line(number, after)
		if line.text == "" {
			<-ctx.Done()
			return nil
		}
		select {
		case <-ctx.Done():
			return nil
		case <-time.After(time.Until(line.at)):
		}
		if err := writeLine(out, line, timestamps); err != nil {
			return err
		}
	}
}

func writeLine(out io.Writer, line logLine, timestamps bool) error {
	text := line.text + "\n"
	if timestamps {
		text = line.at.UTC().Format(time.RFC3339Nano) + " " + text
	}
	_, err := io.WriteString(out, text)
	return err
}

// limited stops after a number of bytes; none when it is negative.
type limited struct {
	writer io.Writer
	left   int
}

func (l *limited) Write(text []byte) (int, error) {
	if l.left < 0 {
		return l.writer.Write(text)
	}
	if len(text) > l.left {
		_, _ = l.writer.Write(text[:l.left])
		l.left = 0
		return 0, io.ErrShortWrite
	}
	l.left -= len(text)
	return l.writer.Write(text)
}

type flusher struct {
	io.Writer
	controller *http.ResponseController
}

func (f *flusher) Write(text []byte) (int, error) {
	n, err := f.Writer.Write(text)
	if err == nil {
		err = f.controller.Flush()
	}
	return n, err
}
