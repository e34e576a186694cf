// Command screenshot turns frames of text into pictures.
//
//	go -C .tools run ./screenshot -in FRAMES -out PICTURES
//
// reads every NAME.ans (a frame: lines of text with colour sequences) and
// writes NAME.png and NAME.txt. A name that ends in -light is drawn on a light
// terminal, every other on a dark one.
package main

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"cashdesk/tools/picture"
)

func main() {
	in := flag.String("in", "", "folder with frames, NAME.ans")
	out := flag.String("out", "", "folder for the pictures")
	flag.Parse()
	if err := run(*in, *out); err != nil {
		fmt.Fprintln(os.Stderr, "screenshot:", err)
		os.Exit(1)
	}
}

func run(in, out string) error {
	if in == "" || out == "" {
		return errors.New("give a folder with -in and one with -out")
	}
	names, err := filepath.Glob(filepath.Join(in, "*.ans"))
	if err != nil {
		return err
	}
	if len(names) == 0 {
		return fmt.Errorf("no frame NAME.ans in %s", in)
	}
	artist, err := picture.New()
	if err != nil {
		return err
	}
	for _, name := range names {
		frame, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		cols, rows := picture.Size(string(frame))
		if err := write(artist, out, strings.TrimSuffix(filepath.Base(name), ".ans"), string(frame), cols, rows); err != nil {
			return err
		}
	}
	return nil
}

// write makes the picture of one frame, and its text for a test to compare.
func write(artist *picture.Artist, out, name, frame string, cols, rows int) error {
	theme := picture.Dark
	if strings.HasSuffix(name, "-light") {
		theme = picture.Light
	}
	drawn, err := artist.PNG(picture.Parse(frame, cols, rows, theme), theme)
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	if err := os.WriteFile(filepath.Join(out, name+".png"), drawn, 0o644); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(out, name+".txt"), []byte(picture.Plain(frame)+"\n"), 0o644)
}
