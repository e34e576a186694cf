//go:build unix

package cli

import (
	"net/http/httptest"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"cashdesk/internal/terminal"
	"cashdesk/providers/sandbox"
)

// BenchmarkFirstFrame measures, from the program's start, when the first whole
// frame stands on a terminal that answers no query: for the demo, for a
// counter with its files on disk, and for a bare bubbletea program beside them
// in the same run. ready is when the demo takes an amount, and the counter a
// PIN. The figures are medians, in milliseconds; the ratios should not be over
// 2.
//
//	go test ./internal/cli -run '^$' -bench FirstFrame -benchtime 40x
func BenchmarkFirstFrame(b *testing.B) {
	web := httptest.NewServer(sandbox.New(sandbox.Options{}))
	defer web.Close()
	home := b.TempDir()
	dir := filepath.Join(home, "shop")
	if err := setUpShop(dir, web.URL); err != nil {
		b.Fatal(err)
	}
	env := []string{"HOME=" + home, "TMPDIR=" + home, "TZ=UTC", "CASHDESK_SETTINGS=" + filepath.Join(dir, "settings.toml")}
	counter := built.binary(b, "cashdesk")
	programs := []struct {
		name, ready  string
		command      []string
		frame, whole []float64
	}{
		{name: "bare", ready: "F1 all keys", command: []string{built.binary(b, "bare")}},
		{name: "demo", ready: "type the amount", command: []string{counter, "demo"}},
		{name: "counter", ready: "PIN", command: []string{counter}},
	}
	for b.Loop() {
		for i := range programs {
			p := &programs[i]
			frame, whole := firstFrame(b, p.command, env, p.ready)
			p.frame, p.whole = append(p.frame, frame), append(p.whole, whole)
		}
	}
	bare := median(programs[0].frame)
	for _, p := range programs {
		b.ReportMetric(median(p.frame), p.name+"-ms")
		if p.name != "bare" {
			b.ReportMetric(median(p.whole), p.name+"-ready-ms")
			b.ReportMetric(median(p.frame)/bare, p.name+"/bare")
		}
	}
	b.ReportMetric(0, "ns/op")
}

// firstFrame runs a program until it is ready and says when its first frame was
// whole, and when it was ready, in milliseconds.
func firstFrame(b *testing.B, command, env []string, ready string) (frame, whole float64) {
	begun := time.Now()
	s, err := terminal.Start(b.Context(), terminal.Options{Command: command, Env: env})
	if err != nil {
		b.Fatal(err)
	}
	defer s.Close()
	since := func() float64 { return float64(time.Since(begun).Microseconds()) / 1000 }
	if _, err := s.WaitFor(func(screen terminal.Screen) bool { return strings.HasSuffix(screen.Line(23), "F1 all keys") }); err != nil {
		b.Fatal(err)
	}
	frame = since()
	if _, err := s.WaitText(ready); err != nil {
		b.Fatal(err)
	}
	return frame, since()
}

func median(of []float64) float64 {
	sorted := slices.Sorted(slices.Values(of))
	return sorted[len(sorted)/2]
}
