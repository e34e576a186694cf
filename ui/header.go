package ui

// Header is the one line at the top.
type Header struct {
	Shop, Counter, Operator string
	Lights                  []Light // one per provider
	Badges                  []Badge // what is open, what is not known
	Test                    string  // "TEST" or "DEMO"; empty when live
	Warning                 string  // takes the place of the rest where room is short
}

// Light says how a provider is doing: its glyph is filled or hollow, its colour
// the tone's.
type Light struct {
	Name string
	Tone Tone
	On   bool
}

// Badge is a count in the header, such as "1 open".
type Badge struct {
	Glyph Glyph
	Text  string
	Tone  Tone
}
