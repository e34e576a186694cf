package ui

import (
	"strconv"
	"strings"
	"unicode"

	tea "github.com/charmbracelet/bubbletea"
)

// AmountDigits is the most digits that an amount may have.
const AmountDigits = 12

// AmountField is an amount as a card terminal takes it: digits shift in from the
// right. The screen passes it TextMsg, EditMsg and RetractMsg.
type AmountField struct {
	Decimals int // the currency's own
	digits   string
	loose    loose
}

// Update takes a message and reports whether it was one for the field.
func (f *AmountField) Update(msg tea.Msg) bool {
	if text, ok := msg.(TextMsg); ok {
		msg = TextMsg{Text: figures(text.Text)}
	}
	if settle, mine := f.loose.take(msg); mine {
		f.digits = shift(f.digits, settle)
		return true
	}
	edit, ok := msg.(EditMsg)
	if !ok {
		return false
	}
	f.digits = f.all()
	f.loose.release()
	switch edit.Op {
	case EditBackspace:
		f.digits = f.digits[:max(len(f.digits)-1, 0)]
	case EditClear, EditDelete:
		f.digits = ""
	}
	return true
}

// figures is what came in one go, if that can be an amount. What has letters in
// it was pasted, or scanned from some other label: its digits are no money. As
// many characters stay, since a scan takes back as many as were typed.
func figures(text string) string {
	if !strings.ContainsFunc(text, unicode.IsLetter) {
		return text
	}
	return strings.Repeat(" ", runes(text))
}

// all is the digits with what is loose put in.
func (f *AmountField) all() string { return shift(f.digits, f.loose.typed) }

// shift puts digits in from the right: none beyond AmountDigits, no leading zero.
func shift(digits string, typed []rune) string {
	for _, r := range typed {
		if Digits(r) && len(digits) < AmountDigits && (digits != "" || r != '0') {
			digits += string(r)
		}
	}
	return digits
}

// Minor is the amount in the currency's smallest unit.
func (f *AmountField) Minor() int64 {
	minor, _ := strconv.ParseInt("0"+f.all(), 10, 64) // twelve digits always fit
	return minor
}

// SetMinor replaces the amount; a negative one or one with too many digits clears it.
func (f *AmountField) SetMinor(minor int64) {
	f.loose.release()
	f.digits = ""
	if text := strconv.FormatInt(minor, 10); minor > 0 && len(text) <= AmountDigits {
		f.digits = text
	}
}

// Clear empties the field.
func (f *AmountField) Clear() { f.SetMinor(0) }

// Empty reports whether the amount is zero.
func (f *AmountField) Empty() bool { return f.all() == "" }

// Text is the amount as it is shown: "1,255.50".
func (f *AmountField) Text() string {
	digits := f.all()
	if missing := f.Decimals + 1 - len(digits); missing > 0 {
		digits = strings.Repeat("0", missing) + digits
	}
	whole := digits[:len(digits)-f.Decimals]
	var b strings.Builder
	for i, r := range whole {
		if i > 0 && (len(whole)-i)%3 == 0 {
			b.WriteByte(',')
		}
		b.WriteRune(r)
	}
	if f.Decimals > 0 {
		b.WriteString("." + digits[len(digits)-f.Decimals:])
	}
	return b.String()
}
