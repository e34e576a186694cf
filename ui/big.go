package ui

import (
	"strings"

	"github.com/charmbracelet/lipgloss"
)

// BigHeight is how many rows big letters take.
const BigHeight = 5

// bigLetters are drawn five rows high; # is ink. Digits are of one width, so that
// an amount does not jump while it is typed.
var bigLetters = map[rune][BigHeight]string{
	'A': {" ### ", "#   #", "#####", "#   #", "#   #"}, 'B': {"#### ", "#   #", "#### ", "#   #", "#### "},
	'C': {" ####", "#    ", "#    ", "#    ", " ####"}, 'D': {"#### ", "#   #", "#   #", "#   #", "#### "},
	'E': {"#####", "#    ", "#### ", "#    ", "#####"}, 'F': {"#####", "#    ", "#### ", "#    ", "#    "},
	'G': {" ####", "#    ", "#  ##", "#   #", " ### "}, 'H': {"#   #", "#   #", "#####", "#   #", "#   #"},
	'I': {"###", " # ", " # ", " # ", "###"}, 'J': {"    #", "    #", "    #", "#   #", " ### "},
	'K': {"#   #", "#  # ", "###  ", "#  # ", "#   #"}, 'L': {"#    ", "#    ", "#    ", "#    ", "#####"},
	'M': {"#   #", "## ##", "# # #", "#   #", "#   #"}, 'N': {"#   #", "##  #", "# # #", "#  ##", "#   #"},
	'O': {" ### ", "#   #", "#   #", "#   #", " ### "}, 'P': {"#### ", "#   #", "#### ", "#    ", "#    "},
	'Q': {" ### ", "#   #", "# # #", "#  # ", " ## #"}, 'R': {"#### ", "#   #", "#### ", "#  # ", "#   #"},
	'S': {" ####", "#    ", " ### ", "    #", "#### "}, 'T': {"#####", "  #  ", "  #  ", "  #  ", "  #  "},
	'U': {"#   #", "#   #", "#   #", "#   #", " ### "}, 'V': {"#   #", "#   #", "#   #", " # # ", "  #  "},
	'W': {"#   #", "#   #", "# # #", "## ##", "#   #"}, 'X': {"#   #", " # # ", "  #  ", " # # ", "#   #"},
	'Y': {"#   #", " # # ", "  #  ", "  #  ", "  #  "}, 'Z': {"#####", "   # ", "  #  ", " #   ", "#####"},
	'0': {"#####", "#   #", "#   #", "#   #", "#####"}, '1': {"  #  ", "###  ", "  #  ", "  #  ", "#####"},
	'2': {"#####", "    #", "#####", "#    ", "#####"}, '3': {"#####", "    #", " ####", "    #", "#####"},
	'4': {"#   #", "#   #", "#####", "    #", "    #"}, '5': {"#####", "#    ", "#####", "    #", "#####"},
	'6': {"#####", "#    ", "#####", "#   #", "#####"}, '7': {"#####", "    #", "   # ", "  #  ", "  #  "},
	'8': {"#####", "#   #", "#####", "#   #", "#####"}, '9': {"#####", "#   #", "#####", "    #", "#####"},
	'.': {" ", " ", " ", " ", "#"}, ',': {"  ", "  ", "  ", " #", "# "}, ':': {" ", "#", " ", "#", " "},
	'-': {"   ", "   ", "###", "   ", "   "}, '!': {"#", "#", "#", " ", "#"}, ' ': {"   ", "   ", "   ", "   ", "   "},
	'?': {"#####", "    #", "  ###", "     ", "  #  "}, '/': {"    #", "   # ", "  #  ", " #   ", "#    "},
}

// Big draws a text in letters five rows high, unpainted: letters, digits, blanks and
// . , : - ! ? / are known, anything else is left out.
func Big(t Theme, text string) string {
	ink := t.Glyph(GlyphBlock)
	var rows [BigHeight]strings.Builder
	for _, r := range strings.ToUpper(text) {
		letter, ok := bigLetters[r]
		if !ok {
			continue
		}
		for i := range rows {
			if rows[i].Len() > 0 {
				rows[i].WriteByte(' ')
			}
			rows[i].WriteString(strings.ReplaceAll(letter[i], "#", ink))
		}
	}
	lines := make([]string, BigHeight)
	for i := range rows {
		lines[i] = rows[i].String()
	}
	return strings.Join(lines, "\n")
}

// Heading is a text as large as there is room: big letters, on one line or broken
// between its words, else one emphasised line. A page that is read aloud gets the
// line. It is painted and centred in width cells, and at most height rows high.
func Heading(t Theme, tone Tone, text string, width, height int) string {
	if !t.Plain() {
		for _, lines := range [][]string{{text}, strings.Fields(text)} {
			if block, ok := stack(t, lines, width, height); ok {
				return Centre(t.Strong(tone, block), width)
			}
		}
	}
	line := t.Cut(text, width)
	if t.Plain() {
		return t.Strong(tone, line)
	}
	return Centre(t.Strong(tone, line), width)
}

// stack draws big lines beneath one another, each in the middle, if they fit.
func stack(t Theme, lines []string, width, height int) (string, bool) {
	if len(lines)*(BigHeight+1)-1 > height || len(lines) == 0 {
		return "", false
	}
	widest, blocks := 0, make([]string, len(lines))
	for i, line := range lines {
		blocks[i] = Big(t, line)
		widest = max(widest, lipgloss.Width(blocks[i]))
	}
	if widest == 0 || widest > width {
		return "", false
	}
	for i := range blocks {
		blocks[i] = Centre(blocks[i], widest)
	}
	return strings.Join(blocks, "\n\n"), true
}
