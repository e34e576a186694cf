package settings

import (
	"bytes"
	"fmt"
	"strings"
)

const head = `# cashdesk settings. Every setting is here, with what it is, what is allowed and
# its default. A line that begins with # and a name shows the default, or a
# setting that is not set; take the # away to set it.
#
# As it stands this is a TEST counter against the built-in sandbox:
#   cashdesk sandbox --listen 127.0.0.1:8199
# Secrets never stand here: cashdesk keys set asks for them.
`

// Example is the text of settings.toml.example, made from the table of
// settings: it can be used as it is, in test mode against the sandbox.
func Example() []byte {
	var b bytes.Buffer
	b.WriteString(head)
	for _, s := range table() {
		if s.name != "" {
			fmt.Fprintf(&b, "\n# %s\n[%s]\n", s.comment, s.name)
		}
		for _, r := range s.rules {
			b.WriteString("\n")
			b.WriteString(r.example(s.name))
		}
	}
	return b.Bytes()
}

func (r rule) example(section string) string {
	fallback := r.fallback
	if fallback == "" {
		fallback = r.unset
	}
	if fallback == "" {
		fallback = "not set"
	}
	comment := fmt.Sprintf("# %s. Allowed: %s. Default: %s.\n", sentence(r.comment), r.value.allowed, fallback)
	switch {
	case r.key == "coins":
		return fmt.Sprintf("%s#[%s.%s]\n#%s\n", comment, section, r.key, r.unused)
	case r.sample != "":
		return comment + r.key + " = " + r.sample + "\n"
	case r.fallback != "":
		return comment + "#" + r.key + " = " + r.fallback + "\n"
	default:
		return comment + "#" + r.key + " = " + r.unused + "\n"
	}
}

func sentence(text string) string { return strings.ToUpper(text[:1]) + text[1:] }
