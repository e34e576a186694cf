package payneteasy_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"cashdesk/providers"
	"cashdesk/providers/payneteasy"
	"cashdesk/providers/sandbox"
)

// begin begins one transfer at a strict sandbox.
func begin(t *testing.T, minor int64, o sandbox.Options, change ...func(*payneteasy.Config)) providers.Answer {
	t.Helper()
	return beginAt(t, sandbox.New(o), minor, change...)
}

func beginAt(t *testing.T, box *sandbox.Server, minor int64, change ...func(*payneteasy.Config)) providers.Answer {
	t.Helper()
	s := httptest.NewServer(box)
	t.Cleanup(s.Close)
	lat, lng := 52.37, 4.89
	config := payneteasy.Config{
		HTTP:        providers.HTTPOptions{Base: sandbox.Bases(s.URL).Payneteasy, Timeout: 5 * time.Second},
		AccessToken: func() string { return sandbox.PayneteasyToken },
		ControlKey:  func() string { return sandbox.PayneteasyControlKey },
		HandoverURL: sandbox.Bases(s.URL).Handover, Test: true,
		SerialNumber: "SN-0001", IMEI: "490154203237518", IPAddresses: []string{"192.0.2.10", "2001:db8::1"},
		Lat: &lat, Lng: &lng, FromBin: "411111", ToBin: "555555",
	}
	for _, f := range change {
		f(&config)
	}
	c, err := payneteasy.New(config)
	if err != nil {
		t.Fatal(err)
	}
	r, err := c.Prepare(providers.Order{Kind: providers.Transfer, Reference: "01JC7QK4",
		Amount: providers.Amount{Minor: minor, Currency: providers.Currency{Code: "EUR", Decimals: 2}}})
	if err != nil {
		t.Fatal(err)
	}
	return c.Send(context.Background(), r, false)
}

func TestTheSandboxHandsATransferOver(t *testing.T) {
	a := begin(t, 10000, sandbox.Options{})
	if a.State != providers.HandedOver || a.Signature != providers.SignatureValid || a.ProviderRef == "" || !strings.HasSuffix(a.Link, "/h/"+a.ProviderRef) {
		t.Errorf("got %+v", a)
	}
	if a.CommissionMin == "" || a.CommissionMax == "" {
		t.Errorf("the commission is lost: %+v", a)
	}
	if a := begin(t, 10044, sandbox.Options{}); a.State != providers.HandedOver || a.CommissionMin != "" || a.CommissionMax != "" {
		t.Errorf("without rates: %+v", a)
	}
}

func TestTheSandboxPlaysEachCause(t *testing.T) {
	for minor, want := range map[int64]struct {
		state providers.State
		code  string
	}{10041: {providers.Declined, "FILTERED"}, 10042: {providers.Refused, "SERVER_FAILED"}, 10043: {providers.Refused, "SERVER_UNAVAILABLE"}} {
		if a := begin(t, minor, sandbox.Options{}); a.State != want.state || a.Code != want.code || a.ProviderRef != "" {
			t.Errorf("%d gave %+v", minor, a)
		}
	}
}

func TestTheSandboxDoesNotKnowAnotherToken(t *testing.T) {
	a := begin(t, 10000, sandbox.Options{}, func(c *payneteasy.Config) { c.AccessToken = func() string { return strings.Repeat("x", 32) } })
	if a.State != providers.Refused || a.Reason != providers.AccessDenied || a.HTTPStatus != http.StatusForbidden {
		t.Errorf("got %+v", a)
	}
}

func TestATransferSignedByAnotherKeyIsNotUsed(t *testing.T) {
	for kind, reason := range map[sandbox.FaultKind]providers.Reason{sandbox.WrongSignature: providers.BadSignature, sandbox.Unsigned: providers.NoSignature} {
		a := begin(t, 10000, sandbox.Options{Fault: func(*http.Request, []byte) sandbox.Fault { return sandbox.Fault{Kind: kind} }})
		if a.State != providers.Refused || a.Reason != reason || a.Link != "" {
			t.Errorf("%s gave %+v", kind, a)
		}
	}
}

func TestTheBytesThatReachTheSandboxAreExactlyThese(t *testing.T) {
	box := sandbox.New(sandbox.Options{})
	beginAt(t, box, 10000)
	want := `{"consumer":{"device":{"imei":"490154203237518","serialNumber":"SN-0001"},"ipAddresses":["192.0.2.10"]},` +
		`"location":{"lat":52.37,"lng":4.89},"session":{"accessToken":"sandbox^access$token^0000^1111$2222^3333"},` +
		`"transaction":{"amountCentis":10000,"currency":"EUR"},"fromBin":"411111","toBin":"555555"}`
	got := box.Requests()
	if len(got) != 1 || got[0].Method != http.MethodPost || got[0].Path != "/payneteasy/transfer/initiate-transfer" ||
		got[0].Header.Get("Content-Type") != "application/json" || string(got[0].Body) != want {
		t.Errorf("sent %+v\n%s\nwant\n%s", got, got[0].Body, want)
	}
}
