// Package mute keeps a start from waiting on a terminal that answers no query.
//
// bubbletea's own init asks the terminal for its background colour and waits
// five seconds for a reply (a serial line, some consoles): nothing is drawn
// meanwhile and a scan is lost. Answering the question beforehand ends it.
// Packages that are ready are initialised in the order of their import paths,
// so this one, which imports lipgloss alone, runs before anything of
// github.com/charmbracelet/bubbletea. Every main imports it.
package mute

import "github.com/charmbracelet/lipgloss"

func init() { lipgloss.SetHasDarkBackground(true) }
