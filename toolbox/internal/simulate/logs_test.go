package simulate

import (
	"net/url"
	"testing"
	"time"
)

func TestLogLines(t *testing.T) {
	start := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	log := containerLog{pod: "default/web", container: "c", image: "nginx", started: start}
	for _, c := range []struct {
		name        string
		query       string
		after       time.Duration
		count, next int
	}{
		{"at the start", "", 0, 1, 1},
		{"ready", "", time.Second, 3, 3},
		{"one beat", "", 10 * time.Second, 4, 4},
		{"the last two", "tailLines=2", 25 * time.Second, 2, 5},
		{"none", "tailLines=0", 25 * time.Second, 0, 5},
		{"the last 12 seconds", "sinceSeconds=12", 25 * time.Second, 1, 5},
	} {
		values, _ := url.ParseQuery(c.query)
		now := start.Add(c.after)
		lines, next := log.lines(parseLogQuery(values, now), now)
		if len(lines) != c.count || next != c.next {
			t.Errorf("%s: %d lines, next %d; want %d, %d (%v)", c.name, len(lines), next, c.count, c.next, lines)
		}
	}
	log.crashed, log.ended = true, start.Add(time.Second)
	if lines, _ := log.lines(logQuery{tail: -1, limit: -1}, start.Add(time.Hour)); len(lines) != 3 {
		t.Errorf("a crashed container goes on writing: %v", lines)
	}
}
