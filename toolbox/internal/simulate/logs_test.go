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

func TestFloodLines(t *testing.T) {
	start := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	log := containerLog{pod: "default/web", container: "c", started: start, flood: flood{rate: 30_000, width: 80}}
	now := start.Add(2 * time.Second)
	lines, next := log.lines(logQuery{tail: -1, limit: -1}, now)
	if len(lines) != 60_001 || next != 60_001 {
		t.Fatalf("%d lines, next %d", len(lines), next)
	}
	if first := lines[0].text; len(first) != 80 || first[:8] != "c line 0" {
		t.Errorf("the first line is %q", first)
	}
	since := start.Add(time.Second)
	later, _ := log.lines(logQuery{tail: -1, limit: -1, since: since}, now)
	if len(later) != 30_001 || later[0].at.Before(since) || later[0] != lines[30_000] {
		t.Errorf("since one second: %d lines from %s", len(later), later[0].at)
	}
	log.ended = since
	if ended, _ := log.lines(logQuery{tail: 5, limit: -1}, now); len(ended) != 5 || ended[4] != lines[30_000] {
		t.Errorf("the last lines of what has ended: %v", ended)
	}
}
