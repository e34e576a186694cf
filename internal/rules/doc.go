// Package rules has no code of its own: its tests hold the rules of the house.
// Which room may import which stands as a table in arrows_test.go; how long a
// file or a function may be, what must be documented, and what may lie in the
// tree stand in the files beside it.
package rules
