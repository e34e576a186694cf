package payneteasy

import (
	"context"
	"net/url"
	"strings"

	"cashdesk/providers"
)

// call is one that has an address of its own in the settings.
type call struct {
	way    *providers.HTTP // nil where no address is set
	target string          // path and query; may hold placeholders
}

// newCall makes a call of a whole address. Every error has the setting in Field.
func newCall(setting, address string, o providers.HTTPOptions) (call, error) {
	if address == "" {
		return call{}, nil
	}
	u, err := url.Parse(address)
	if err != nil || u.Host == "" || u.User != nil || u.Fragment != "" {
		return call{}, providers.Invalid(setting, setting+" is not an absolute address", "write it like https://host/path")
	}
	o.Base = u.Scheme + "://" + u.Host
	way, err := providers.NewHTTP(o)
	if err != nil {
		return call{}, providers.Invalid(setting, setting+" is not an https address", "http:// is accepted for 127.0.0.1 and localhost only")
	}
	_, rest, _ := strings.Cut(address, "://")
	return call{way, strings.TrimPrefix(rest, u.Host)}, nil
}

// set says that the call can be made.
func (c call) set() bool { return c.way != nil }

func (c call) get(ctx context.Context) providers.Reply { return c.way.Get(ctx, c.target) }

func (c call) post(ctx context.Context, body []byte) providers.Reply {
	return c.way.Post(ctx, c.target, body)
}
