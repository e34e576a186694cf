package sandbox

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"
)

const (
	tokenPath = "/payneteasy/auth/request-access-token"
	ratePath  = "/payneteasy/transfer/get-rate"
)

func rateOf(token, serial string) map[string]any {
	return map[string]any{
		"consumer": map[string]any{"device": map[string]any{"serialNumber": serial}},
		"session":  map[string]any{"accessToken": token},
	}
}

// newToken asks for an access token.
func (s *shop) newToken() string {
	s.t.Helper()
	session, _ := s.fields(s.get(tokenPath))["session"].(map[string]any)
	token, _ := session["accessToken"].(string)
	return token
}

// initiates says with which HTTP status a transfer is begun.
func (s *shop) initiates(token, serial string) int {
	s.t.Helper()
	g := s.post(initiatePath, jsonText(s.t, transferOf("10000", map[string]any{
		"session": map[string]any{"accessToken": token}, "consumer": map[string]any{"device": map[string]any{"serialNumber": serial}},
	})))
	if g.status == http.StatusForbidden && len(g.body) != 0 {
		s.t.Errorf("the 403 has a body: %s", g.body)
	}
	return g.status
}

func TestAFetchedTokenIsKnownForHalfAnHourOnceTheRateWasAskedFor(t *testing.T) {
	s := open(t, Options{})
	token := s.newToken()
	if n := len(token); n < 32 || n > 128 || !strings.ContainsAny(token, "^") || !strings.ContainsAny(token, "$") || token == s.newToken() {
		t.Fatalf("the token %q", token)
	}
	if status := s.initiates(token, "SN-0001"); status != http.StatusForbidden {
		t.Errorf("before get-rate: HTTP %d", status)
	}
	if g := s.post(ratePath, jsonText(t, rateOf(token, "SN-0001"))); g.status != http.StatusOK {
		t.Fatalf("get-rate: HTTP %d %s", g.status, g.body)
	}
	for serial, want := range map[string]int{"SN-0001": http.StatusOK, "SN-0002": http.StatusForbidden} {
		if status := s.initiates(token, serial); status != want {
			t.Errorf("device %s: HTTP %d, want %d", serial, status, want)
		}
	}
	s.clock.pass(30*time.Minute - 1)
	if status := s.initiates(token, "SN-0001"); status != http.StatusOK {
		t.Errorf("just before the half hour is over: HTTP %d", status)
	}
	s.clock.pass(1)
	if status := s.initiates(token, "SN-0001"); status != http.StatusForbidden {
		t.Errorf("after half an hour: HTTP %d", status)
	}
	if n := len(s.handed); n != 2 {
		t.Errorf("%d transfers were begun", n)
	}
}

func TestThePublishedTokenIsKnownUnlessTheRateMustComeFirst(t *testing.T) {
	if status := open(t, Options{}).initiates(PayneteasyToken, "any"); status != http.StatusOK {
		t.Errorf("HTTP %d", status)
	}
	s := open(t, Options{GetRateFirst: true})
	if status := s.initiates(PayneteasyToken, "any"); status != http.StatusForbidden {
		t.Errorf("before get-rate: HTTP %d", status)
	}
	s.post(ratePath, jsonText(t, rateOf(PayneteasyToken, "any")))
	if status := s.initiates(PayneteasyToken, "any"); status != http.StatusOK {
		t.Errorf("after get-rate: HTTP %d", status)
	}
	lenient := open(t, Options{Lenient: true})
	if status := lenient.initiates(lenient.newToken(), "any"); status != http.StatusOK {
		t.Errorf("lenient: HTTP %d", status)
	}
}

func TestTheRateIsInNumbersAndItsLimitIsKept(t *testing.T) {
	s := open(t, Options{})
	told := s.fields(s.post(ratePath, jsonText(t, rateOf(PayneteasyToken, "SN-0001"))))
	for name, want := range map[string]json.Number{"rateInterest": "1.5", "rateMin": "0.01", "rateMax": "400.0", "limitMin": "0.01", "limitMax": "20000.0"} {
		if told[name] != want {
			t.Errorf("%s is %#v, want %s", name, told[name], want)
		}
	}
	s.begin("2000000")
	s.failure(jsonText(t, transferOf("2000001", nil)), http.StatusBadRequest, "INVALID_REQUEST")
}

func TestGetRateDemandsItsFieldsAndATokenThatWasGivenOut(t *testing.T) {
	s := open(t, Options{})
	for name, want := range map[string]int{
		`{"session":{"accessToken":"` + PayneteasyToken + `"}}`:                       http.StatusBadRequest,
		jsonText(t, rateOf(PayneteasyToken, "")):                                      http.StatusBadRequest,
		jsonText(t, rateOf(strings.Repeat("t", 31), "SN")):                            http.StatusBadRequest,
		jsonText(t, with(rateOf(PayneteasyToken, "SN"), map[string]any{"amount": 1})): http.StatusBadRequest,
		jsonText(t, rateOf(strings.Repeat("t", 32), "SN")):                            http.StatusForbidden,
		`{"session":`: http.StatusBadRequest,
	} {
		if g := s.post(ratePath, name); g.status != want || want == http.StatusForbidden && len(g.body) != 0 {
			t.Errorf("%s: HTTP %d %q, want %d", name, g.status, g.body, want)
		}
	}
	if g := s.send("POST", tokenPath, "application/json", "{}"); g.status != http.StatusMethodNotAllowed {
		t.Errorf("a posted request for a token: HTTP %d", g.status)
	}
}
