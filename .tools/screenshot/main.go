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
	for _, path := range names {
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		f := frame{name: strings.TrimSuffix(filepath.Base(path), ".ans"), text: string(text)}
		f.cols, f.rows = picture.Size(f.text)
		if err := f.write(artist, out); err != nil {
			return fmt.Errorf("%s: %w", f.name, err)
		}
	}
	return nil
}

// frame is one screen, to be drawn.
type frame struct {
	name       string // of its files; "-light" at the end asks for a light terminal
	cols, rows int
	text       string // lines with colour sequences
}

// write makes the frame's picture, and its text for a test to compare.
func (f frame) write(artist *picture.Artist, folder string) error {
	theme := picture.Dark
	if strings.HasSuffix(f.name, "-light") {
		theme = picture.Light
	}
	drawn, err := artist.PNG(picture.Parse(f.text, f.cols, f.rows, theme), theme)
	if err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(folder, f.name+".png"), drawn, 0o644); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(folder, f.name+".txt"), []byte(picture.Plain(f.text)+"\n"), 0o644)
}
