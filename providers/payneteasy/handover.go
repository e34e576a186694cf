package payneteasy

import (
	"net/url"
	"regexp"
	"slices"
	"strings"
	"sync"

	"cashdesk/providers"
)

var (
	placeholder  = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`\{[^{}]*\}`) })
	placeholders = []string{"{invoiceId}", "{endpointId}", "{nonce}", "{signature}"}
)

// checkHandover checks the template from the settings, so that no link can
// fail for it later: an absolute address whose host is fixed, and no
// placeholder but the four; the access token never leaves in a link.
func checkHandover(template string, allowLoopback bool) error {
	if template == "" {
		return nil
	}
	no := func(why string) error {
		return providers.Invalid("handover_url", "handover_url "+why, "write it like https://pay.example.com/t/{invoiceId}")
	}
	for _, name := range placeholder().FindAllString(template, -1) {
		if !slices.Contains(placeholders, name) {
			return no("has " + providers.CleanText(name) + ", which is none of " + strings.Join(placeholders, " "))
		}
	}
	if !strings.Contains(template, "{invoiceId}") {
		return no("has no {invoiceId}, so the page could not find the transfer")
	}
	filled := fill(template, InitiateReply{EndpointID: "1", InvoiceID: "1"})
	u, err := url.Parse(filled)
	if err != nil || u.Host == "" || !strings.HasPrefix(template, u.Scheme+"://"+u.Host) {
		return no("is not an absolute address with a fixed host")
	}
	if providers.CheckLink(filled, []string{strings.ToLower(u.Hostname())}, allowLoopback) != nil {
		return no("is not an https address that can be shown")
	}
	return nil
}

// fill puts the values of a reply into the template. Tokens and nonces hold
// characters such as ^, $ and +, so everything but letters, digits and -._~ is
// escaped, which holds in a path as well as in a query.
func fill(template string, got InitiateReply) string {
	escape := func(value string) string { return strings.ReplaceAll(url.QueryEscape(value), "+", "%20") }
	return strings.NewReplacer(
		"{invoiceId}", escape(string(got.InvoiceID)),
		"{endpointId}", escape(string(got.EndpointID)),
		"{nonce}", escape(got.Session.Nonce),
		"{signature}", escape(got.Session.Signature),
	).Replace(template)
}
