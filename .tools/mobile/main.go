// Command mobile writes the blocks of Australian and New Zealand mobile numbers
// into the Oxipay client, from the metadata of phonenumbers:
//
//	go -C .tools run ./mobile
//
// Its test fails when the file is not what the metadata says.
package main

import (
	"fmt"
	"os"
)

// target is the file, from the top of this module.
const target = "../providers/oxipay/mobile_ranges.go"

var countries = [][2]string{{"AU", "Australia"}, {"NZ", "NewZealand"}}

func main() {
	text, err := source(countries)
	if err == nil {
		err = os.WriteFile(target, []byte(text), 0o644)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "mobile:", err)
		os.Exit(1)
	}
}
