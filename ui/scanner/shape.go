package scanner

import (
	"strings"
	"time"
)

// A pre-approval code is 6199 and six digits.
const (
	preapprovalPrefix = "6199"
	preapprovalLength = len(preapprovalPrefix) + 6
)

// preapproval is 10 when the run ends in 6199 and six digits, else 0.
func (a *Assembler) preapproval() int {
	if len(a.run) < preapprovalLength || !isPreapproval(a.tail(preapprovalLength)) {
		return 0
	}
	return preapprovalLength
}

func isPreapproval(code string) bool {
	return strings.HasPrefix(code, preapprovalPrefix) && strings.Trim(code, "0123456789") == ""
}

// mostTyped is the longest amount that is looked for before a code.
const mostTyped = 7

// overlapped reports whether another pre-approval code may have begun inside the one
// that waits, and may yet come: then what was complete is an amount, such as 61.99,
// with the first digits of the code.
func (a *Assembler) overlapped() bool {
	if a.whole == 0 {
		return false
	}
	begin := a.whole - preapprovalLength
	for i := max(begin+1, len(a.run)-preapprovalLength+1, 0); i <= begin+mostTyped; i++ {
		rest := a.text(i, len(a.run))
		if n := min(len(rest), len(preapprovalPrefix)); rest[:n] == preapprovalPrefix[:n] && strings.Trim(rest, "0123456789") == "" {
			return true
		}
	}
	return false
}

// patience is the pause that ends a code of which more may come: some times the pause
// between its characters, and always long where a network lies between.
func (a *Assembler) patience() time.Duration {
	const least = 100 * time.Millisecond
	if !a.config.Local {
		return longest
	}
	var pace time.Duration
	for i := max(len(a.run)-maxCode, 1); i < len(a.run); i++ {
		pace = max(pace, a.run[i].at.Sub(a.run[i-1].at))
	}
	return min(max(3*pace, least), longest)
}

// mayGrow reports whether a complete pre-approval code may still be the beginning
// of a longer code: inside a burst, or after a prefix.
func (a *Assembler) mayGrow() bool {
	if n, _ := a.prefixAt(); n > 0 {
		return true
	}
	return a.config.Local && a.burstLength() >= 10
}

// prefixed finds a code after a prefix: how many characters with the prefix, and
// how many without. Without a terminator only an unbroken one counts, and one that
// begins like a pre-approval code waits for the rest of it.
func (a *Assembler) prefixed(terminated bool) (n, code int) {
	n, code = a.prefixAt()
	if code < minCode || code > maxCode || !codeLike(a.tail(code)) {
		return 0, 0
	}
	if terminated || a.preapproval() == code {
		return n, code
	}
	if code < preapprovalLength && strings.HasPrefix(a.tail(code), preapprovalPrefix) || !a.unbroken(code, longest) {
		return 0, 0
	}
	return n, code
}

// prefixAt finds the last prefix in the run: the shop's, an AIM one (a bracket, a
// letter and a digit, such as ]C0), or the first followed by the second.
func (a *Assembler) prefixAt() (n, code int) {
	chars := make([]rune, len(a.run))
	for i, m := range a.run {
		chars[i] = m.char
	}
	shop := []rune(a.config.Prefix)
	for i := len(chars) - 1; i >= 0; i-- {
		rest, found := chars[i:], false
		if len(shop) > 0 && hasPrefix(rest, shop) {
			rest, found = rest[len(shop):], true
		}
		if isAIM(rest) {
			rest, found = rest[3:], true
			if j := i - len(shop); len(shop) > 0 && j >= 0 && hasPrefix(chars[j:], shop) {
				i = j
			}
		}
		if found {
			return len(chars) - i, len(rest)
		}
	}
	return 0, 0
}

// burst is the length of a bare code that came faster than a person types, else 0.
func (a *Assembler) burst(terminated bool, pause time.Duration) int {
	n := a.burstLength()
	if !a.config.Local || n < minCode || n > maxCode {
		return 0
	}
	text := a.tail(n)
	if !codeLike(text) || !strings.ContainsAny(text, "0123456789") || strings.Trim(text, text[:1]) == "" {
		return 0 // the same character over and over is a key held down
	}
	if pause < doubtful && a.begun() && !terminated {
		return 0
	}
	return n
}

// begun reports whether the run ends in the beginning of a pre-approval code: a
// machine that was busy may hand over the rest late.
func (a *Assembler) begun() bool {
	text := a.tail(min(len(a.run), preapprovalLength-1))
	at := strings.LastIndex(text, preapprovalPrefix)
	return at >= 0 && strings.Trim(text[at:], "0123456789") == ""
}

// burstLength counts the characters at the end of the run that came fast.
func (a *Assembler) burstLength() int {
	n := len(a.run)
	i := n
	for i > 0 && !a.run[i-1].pasted && (i == n || a.fast(i)) {
		i--
	}
	return n - i
}

// fast reports whether character i came right after the one before it.
func (a *Assembler) fast(i int) bool {
	return i > 0 && !a.run[i].pasted && a.run[i].at.Sub(a.run[i-1].at) < a.config.Gap
}

// unbroken reports whether the last n characters came without a pause.
func (a *Assembler) unbroken(n int, pause time.Duration) bool {
	for i := len(a.run) - n + 1; i < len(a.run); i++ {
		if a.run[i].at.Sub(a.run[i-1].at) >= pause {
			return false
		}
	}
	return true
}

// codeLike reports whether a text has only what barcodes of a shop carry.
func codeLike(text string) bool {
	for _, c := range text {
		if !isLetter(c) && !isDigit(c) && !strings.ContainsRune("-./", c) {
			return false
		}
	}
	return true
}

func isAIM(chars []rune) bool {
	return len(chars) >= 3 && chars[0] == ']' && isLetter(chars[1]) && isDigit(chars[2])
}

func isLetter(c rune) bool { return c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' }
func isDigit(c rune) bool  { return c >= '0' && c <= '9' }

func hasPrefix(chars, prefix []rune) bool {
	return len(chars) >= len(prefix) && string(chars[:len(prefix)]) == string(prefix)
}
