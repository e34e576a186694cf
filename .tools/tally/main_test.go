package main

import (
	"strings"
	"testing"
)

func count(t *testing.T, lines ...string) (*tally, string) {
	t.Helper()
	var out strings.Builder
	c := &tally{out: &out, output: map[string]*strings.Builder{}}
	if err := c.read(strings.NewReader(strings.Join(lines, "\n"))); err != nil {
		t.Fatal(err)
	}
	return c, out.String()
}

func TestPassedTestsAreCountedQuietly(t *testing.T) {
	c, out := count(t,
		`{"Action":"start","Package":"p"}`,
		`{"Action":"output","Package":"p","Test":"TestA","Output":"chatter\n"}`,
		`{"Action":"pass","Package":"p","Test":"TestA","Elapsed":0.1}`,
		`{"Action":"pass","Package":"p","Elapsed":0.2}`,
		`{"Action":"skip","Package":"without-tests","Elapsed":0}`)
	if !c.good() || c.closing() != "1 passed, 0 failed, 0 skipped" || strings.Contains(out, "chatter") || !strings.Contains(out, "no tests in without-tests") {
		t.Errorf("%s, good %v:\n%s", c.closing(), c.good(), out)
	}
}

func TestAFailureIsToldWithAllItSaid(t *testing.T) {
	c, out := count(t,
		`{"Action":"output","Package":"p","Test":"TestA","Output":"    a_test.go:1: got 1\n"}`,
		`{"Action":"fail","Package":"p","Test":"TestA"}`,
		`{"Action":"fail","Package":"p"}`)
	if c.good() || c.closing() != "0 passed, 1 failed, 0 skipped" || !strings.Contains(out, "a_test.go:1: got 1") {
		t.Errorf("%s, good %v:\n%s", c.closing(), c.good(), out)
	}
}

func TestASkippedTestIsNoSuccess(t *testing.T) {
	c, out := count(t,
		`{"Action":"pass","Package":"p","Test":"TestA"}`,
		`{"Action":"output","Package":"p","Test":"TestB","Output":"no strace here\n"}`,
		`{"Action":"skip","Package":"p","Test":"TestB"}`, `{"Action":"pass","Package":"p"}`)
	if c.good() || c.closing() != "1 passed, 0 failed, 1 skipped" || !strings.Contains(out, "no strace here") {
		t.Errorf("%s, good %v:\n%s", c.closing(), c.good(), out)
	}
}

func TestAPackageThatDoesNotBuildOrDiesIsAFailure(t *testing.T) {
	c, out := count(t,
		`{"ImportPath":"p [p.test]","Action":"build-output","Output":"x.go:1: undefined: y\n"}`,
		`{"ImportPath":"p [p.test]","Action":"build-fail"}`,
		`{"Action":"fail","Package":"p","FailedBuild":"p [p.test]"}`,
		`{"Action":"output","Package":"q","Test":"TestC","Output":"panic: out of time\n"}`,
		`{"Action":"fail","Package":"q"}`,
		`go: something that is not JSON`)
	if c.good() || c.closing() != "0 passed, 2 failed, 0 skipped" {
		t.Errorf("%s, good %v", c.closing(), c.good())
	}
	for _, told := range []string{"undefined: y", "panic: out of time", "not JSON"} {
		if !strings.Contains(out, told) {
			t.Errorf("%q is not told:\n%s", told, out)
		}
	}
}

func TestNoTestsAtAllIsNoSuccess(t *testing.T) {
	if c, _ := count(t); c.good() {
		t.Error("nothing ran, and that is called good")
	}
}
