package providers

import (
	"net"
	"net/netip"
	"net/url"
	"slices"
	"strings"
)

// MaxLink is the longest link that is shown, in bytes.
const MaxLink = 2048

// CheckLink says whether a link from a provider may be shown to a customer:
// absolute https (http for loopback when allowLoopback), at most MaxLink
// bytes, no control characters, no user name, its host on the list.
func CheckLink(link string, hosts []string, allowLoopback bool) error {
	no := func(why string) error {
		return &Error{Kind: ProviderFault, Field: "link", Text: "the provider's link is not shown: " + why, Hint: "see link_hosts in the settings"}
	}
	if len(link) > MaxLink {
		return no("it is too long")
	}
	for _, r := range link {
		if r <= ' ' || r == 0x7f || r > 0x7e {
			return no("it has characters that a link cannot have")
		}
	}
	u, err := url.Parse(link)
	if err != nil || u.Host == "" || u.User != nil || u.Opaque != "" {
		return no("it is not an absolute address")
	}
	loopback := IsLoopback(u.Hostname())
	if u.Scheme != "https" && !(u.Scheme == "http" && loopback && allowLoopback) {
		return no("it is not https")
	}
	if loopback && allowLoopback {
		return nil
	}
	if !slices.Contains(hosts, strings.ToLower(u.Hostname())) {
		return no("its host " + CleanText(u.Hostname()) + " is not on the list")
	}
	return nil
}

// LinkHost is the host of a link, for the line beneath its QR.
func LinkHost(link string) string {
	u, err := url.Parse(link)
	if err != nil {
		return ""
	}
	return u.Host
}

// IsLoopback says whether a host name or address is this machine's own.
func IsLoopback(host string) bool {
	if strings.EqualFold(host, "localhost") {
		return true
	}
	if ip, err := netip.ParseAddr(strings.Trim(host, "[]")); err == nil {
		return ip.IsLoopback()
	}
	return false
}

// CheckBase checks a base URL from the settings: absolute, https, or http for
// loopback only. It returns the URL without a trailing slash.
func CheckBase(base string) (string, error) {
	u, err := url.Parse(base)
	if err != nil || u.Host == "" || u.User != nil || u.RawQuery != "" || u.Fragment != "" {
		return "", Invalid("base_url", "the base URL is not an absolute address", "write it like https://host/path")
	}
	host := u.Hostname()
	if u.Scheme != "https" && !(u.Scheme == "http" && IsLoopback(host)) {
		return "", Invalid("base_url", "the base URL is not https", "http:// is accepted for 127.0.0.1 and localhost only")
	}
	if port := u.Port(); port == "" && strings.HasSuffix(u.Host, ":") {
		return "", Invalid("base_url", "the base URL has an empty port", "")
	}
	if ip := net.ParseIP(host); ip != nil && ip.IsUnspecified() {
		return "", Invalid("base_url", "the base URL names no machine", "")
	}
	return strings.TrimRight(base, "/"), nil
}
