package simulate

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	corev1 "k8s.io/api/core/v1"
)

const (
	// annotationLogRate makes a pod's containers write this many lines a second.
	annotationLogRate = "practice.flowdeck.dev/log-rate"
	// annotationLogWidth is the least length of such a line in bytes.
	annotationLogWidth = "practice.flowdeck.dev/log-width"
	// annotationLogStyle is what the lines look like: plain, or mixed for those of real programs.
	annotationLogStyle = "practice.flowdeck.dev/log-style"

	maxLogRate  = 1_000_000
	maxLogWidth = 4 << 20
	// floodEvery is how often a flooding container's new lines are sent.
	floodEvery = 20 * time.Millisecond
)

// flood is a log of numbered lines at a fixed rate. As with other logs, a line's
// number gives its time and text.
type flood struct {
	rate  float64
	width int
	mixed bool
}

func floodOf(pod *corev1.Pod) flood {
	number := func(name string, most float64) float64 {
		value, err := strconv.ParseFloat(pod.Annotations[name], 64)
		if err != nil || !(value > 0) {
			return 0
		}
		return min(value, most)
	}
	return flood{
		rate:  number(annotationLogRate, maxLogRate),
		width: int(number(annotationLogWidth, maxLogWidth)),
		mixed: pod.Annotations[annotationLogStyle] == "mixed",
	}
}

const filler = " the quick brown fox jumps over the lazy dog and comes back to see whether anybody wrote it down"

func (f flood) text(container string, number int, at time.Time) string {
	var text string
	if f.mixed {
		text = mixedLine(container, number, at)
	} else {
		text = container + " line " + strconv.Itoa(number)
	}
	if missing := f.width - len(text); missing > 0 {
		text += strings.Repeat(filler, missing/len(filler)+1)[:missing]
	}
	return text
}

// mixedLine is one of the forms that programs of a real cluster write.
func mixedLine(container string, number int, at time.Time) string {
	clock := at.UTC().Format("15:04:05.000000")
	switch number % 12 {
	case 0:
		return fmt.Sprintf("I%s %s       1 controller.go:%d] \"Reconciled\" object=%q n=%d", at.UTC().Format("0102"), clock, 100+number%400, container, number)
	case 1:
		return fmt.Sprintf("W%s %s       1 reflector.go:424] watch of *v1.Pod ended with: too old resource version: %d", at.UTC().Format("0102"), clock, number)
	case 2:
		return fmt.Sprintf("E%s %s       1 leaderelection.go:330] error retrieving resource lock kubeflow/%s: timeout after %dms", at.UTC().Format("0102"), clock, container, number%1000)
	case 3:
		return fmt.Sprintf(`{"level":"info","ts":%q,"logger":"setup","msg":"request served","status":200,"n":%d}`, at.UTC().Format(time.RFC3339Nano), number)
	case 4:
		return fmt.Sprintf(`{"severity":"ERROR","time":%q,"message":"upstream refused: connection reset by peer","n":%d}`, at.UTC().Format(time.RFC3339Nano), number)
	case 5:
		return fmt.Sprintf(`ts=%s level=debug component=cache msg="evicted entries" count=%d`, at.UTC().Format(time.RFC3339), number)
	case 6:
		return fmt.Sprintf("time=%q level=warning msg=\"slow query\" took=%dms", at.UTC().Format(time.RFC3339), number%5000)
	case 7:
		return fmt.Sprintf("\x1b[32m✔\x1b[0m step \x1b[1m%d\x1b[0m done, \x1b[33mloss\x1b[0m=\x1b[36m0.%04d\x1b[0m", number, number%10000)
	case 8:
		return fmt.Sprintf("epoch %d: 10%%|#         |\repoch %d: 60%%|######    |\repoch %d: 100%%|##########|", number, number, number)
	case 9:
		return fmt.Sprintf("오브젝트 %d 저장 완료: 파드가 준비되었습니다", number)
	case 10:
		return fmt.Sprintf("2026-01-01 %s ERROR worker-%d Traceback (most recent call last): ValueError: n=%d", clock, number%4, number)
	default:
		return fmt.Sprintf("GET /apis/v1beta1/runs?page_size=%d 200 %dms\r", number%50, number%300)
	}
}

// next is the number of the first line written after a time.
func (f flood) next(started, after time.Time) int {
	number := max(int(after.Sub(started).Seconds()*f.rate)-1, 0)
	for !f.at(started, number).After(after) {
		number++
	}
	return number
}

func (f flood) at(started time.Time, number int) time.Time {
	return started.Add(time.Duration(float64(number) / f.rate * float64(time.Second)))
}

// follow writes lines as their time comes, in batches, until ctx ends.
func (f flood) follow(ctx context.Context, out io.Writer, log containerLog, number int, timestamps bool) error {
	tick := time.NewTicker(floodEvery)
	defer tick.Stop()
	buffered := bufio.NewWriterSize(out, 256<<10)
	for {
		for now := time.Now(); ; number++ {
			line, written := log.line(number, now)
			if !written {
				break
			}
			if err := writeLine(buffered, line, timestamps); err != nil {
				return err
			}
		}
		if err := buffered.Flush(); err != nil {
			return err
		}
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
		}
	}
}
