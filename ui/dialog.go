package ui

// Dialog is a question that stands before the screen. The answer is DialogMsg,
// to the screen that asked. The default is No, also for Enter, until a person
// moves to Yes; only a dialog with a Field takes Enter as Yes once something has
// been typed. A dialog that opens without a key having been pressed ignores keys
// until the keyboard has been quiet.
type Dialog struct {
	ID     string
	Title  string
	Lines  []string // wrapped
	Yes    string   // label, "Yes" when empty
	No     string   // label, "No" when empty; Esc answers it
	Field  *DialogField
	Danger bool // Yes is drawn as something that cannot be taken back
}

// DialogField asks for a line of text in a dialog: a PIN, a reason.
type DialogField struct {
	Label  string
	Masked bool // a PIN
	Digits bool // takes digits only
	Max    int  // characters, 0 for 200
}
