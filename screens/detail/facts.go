package detail

import (
	"fmt"
	"strings"

	"cashdesk/screens/desk"
	"cashdesk/ui"
)

// fact is one thing that is known, under its name.
type fact struct{ name, value string }

// facts lists what is known of the payment; what is not stays away.
func (s *Detail) facts(c ui.Canvas) string {
	t := c.Theme
	const names = 12
	lines := []string{title(t, "Known")}
	for _, f := range s.known() {
		if f.value == "" {
			continue
		}
		for i, line := range ui.Wrap(desk.Drawable(t, f.value), max(c.Width-names-7, 8)) {
			name := ""
			if i == 0 {
				name = f.name
			}
			lines = append(lines, "     "+t.Paint(ui.Muted, ui.Pad(name, names))+"  "+line)
		}
	}
	return strings.Join(lines, "\n")
}

func (s *Detail) known() []fact {
	a := s.detail.Attempt
	by := desk.Named(s.names, a.Operator)
	all := []fact{
		{"begun", s.desk.Day(a.CreatedAt) + " " + s.desk.Second(a.CreatedAt) + " by " + by + ", counter " + a.Counter},
		{"reference", a.Reference},
	}
	if a.Sale != a.Reference {
		all = append(all, fact{"sale", a.Sale})
	}
	for _, f := range desk.Came(a) {
		all = append(all, fact{f.Name, f.Sum})
	}
	all = append(all,
		fact{"answer", s.answer()},
		fact{desk.PurchaseWord(a.Provider), a.ProviderRef},
		fact{"code", a.Personal.PreApproval}, fact{"mobile", a.Personal.Mobile}, fact{"e-mail", a.Personal.Email},
		fact{"receipt", a.Receipt},
		fact{"financed", desk.Parts(a)},
		fact{"commission", a.Commission()},
		fact{"expires", s.expires()},
		fact{"link", a.Link},
		fact{a.Provider.Title() + " says", s.message()},
	)
	if a.Test {
		all = append(all, fact{"mode", "TEST: no money moved"})
	}
	return append(all, fact{"besides", s.besides()})
}

// answer is the provider's code and when it came.
func (s *Detail) answer() string {
	a := s.detail.Attempt
	text := a.Code
	if text == "" {
		text = a.Reason.Staff()
	}
	if !a.AnsweredAt.IsZero() {
		text += ", " + s.desk.Second(a.AnsweredAt)
	}
	if a.Sends > 1 {
		text += fmt.Sprintf(", asked %d times", a.Sends)
	}
	return strings.TrimPrefix(text, ", ")
}

func (s *Detail) expires() string {
	at := s.detail.Attempt.ExpiresAt
	if at.IsZero() {
		return ""
	}
	return s.desk.Day(at) + " " + s.desk.Second(at)
}

// message is the provider's own text; where it is not for the queue to read it
// takes a key to see it.
func (s *Detail) message() string {
	if s.hides() && !s.open {
		return "hidden: F3 shows it"
	}
	return s.detail.Attempt.Personal.Message
}

// besides is what people did to the payment.
func (s *Detail) besides() string {
	a := s.detail.Attempt
	var all []string
	for _, one := range []struct {
		is   bool
		word string
	}{
		{a.Closed, "closed while it was not known"}, {a.Settled, "settled by hand"}, {a.Aside, "put aside"},
		{a.Contradicted && !a.PossibleDouble, "contradicted by a later answer"}, {a.PossibleDouble, "possible double payment"},
		{a.KeySuspected, "the key may be wrong"},
	} {
		if one.is {
			all = append(all, one.word)
		}
	}
	return strings.Join(all, ", ")
}
