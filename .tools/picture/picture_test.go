package picture

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"rsc.io/qr"
)

func artist(t *testing.T) *Artist {
	t.Helper()
	a, err := New()
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func draw(t *testing.T, frame string, theme Theme) ([]byte, image.Image) {
	t.Helper()
	cols, rows := Size(frame)
	raw, err := artist(t).PNG(Parse(frame, cols, rows, theme), theme)
	if err != nil {
		t.Fatal(err)
	}
	picture, err := png.Decode(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	return raw, picture
}

// pixel is one pixel of a cell.
func pixel(picture image.Image, col, row, x, y int) color.RGBA {
	r, g, b, a := picture.At(margin+col*CellWidth+x, margin+row*CellHeight+y).RGBA()
	return color.RGBA{uint8(r >> 8), uint8(g >> 8), uint8(b >> 8), uint8(a >> 8)}
}

// halfBlocks is a QR as a terminal shows it: dark on light, two modules a cell.
func halfBlocks(code *qr.Code) string {
	const quiet = 4
	var b strings.Builder
	for y := -quiet; y < code.Size+quiet; y += 2 {
		b.WriteString("\x1b[38;2;0;0;0;48;2;255;255;255m")
		for x := -quiet; x < code.Size+quiet; x++ {
			switch upper, lower := code.Black(x, y), code.Black(x, y+1); {
			case upper && lower:
				b.WriteRune('█')
			case upper:
				b.WriteRune('▀')
			case lower:
				b.WriteRune('▄')
			default:
				b.WriteRune(' ')
			}
		}
		b.WriteString("\x1b[0m\n")
	}
	return b.String()
}

func TestAScannerReadsTheCodeFromThePicture(t *testing.T) {
	for _, link := range []string{"https://pay.oxapay.com/12345678", "https://host.example/" + strings.Repeat("aB3-", 24)} {
		code, err := qr.Encode(link, qr.L)
		if err != nil {
			t.Fatal(err)
		}
		for name, theme := range map[string]Theme{"dark": Dark, "light": Light} {
			raw, _ := draw(t, halfBlocks(code), theme)
			file := filepath.Join(t.TempDir(), name+".png")
			if err := os.WriteFile(file, raw, 0o600); err != nil {
				t.Fatal(err)
			}
			out, err := exec.CommandContext(t.Context(), "zbarimg", "--quiet", "--raw", "--nodbus", file).Output()
			if err != nil {
				t.Fatalf("zbarimg (of Debian's zbar-tools) on the %s picture: %v", name, err)
			}
			if got := strings.TrimSpace(string(out)); got != link {
				t.Errorf("%s: read %q, want %q", name, got, link)
			}
		}
	}
}

func TestBlocksFillTheirCellsToTheEdge(t *testing.T) {
	_, picture := draw(t, "\x1b[38;2;255;0;0;48;2;0;0;255m█▀▄▌▐│─\x1b[0m", Dark)
	red, blue := color.RGBA{255, 0, 0, 255}, color.RGBA{0, 0, 255, 255}
	const right, bottom = CellWidth - 1, CellHeight - 1
	for _, c := range []struct {
		col, x, y int
		want      color.RGBA
	}{
		{0, 0, 0, red}, {0, right, bottom, red},
		{1, 0, CellHeight/2 - 1, red}, {1, 0, CellHeight / 2, blue}, {2, right, CellHeight/2 - 1, blue}, {2, right, CellHeight / 2, red},
		{3, CellWidth/2 - 1, 0, red}, {3, CellWidth / 2, 0, blue}, {4, CellWidth/2 - 1, bottom, blue}, {4, CellWidth / 2, bottom, red},
		{5, CellWidth / 2, 0, red}, {5, CellWidth / 2, bottom, red}, {5, 0, CellHeight / 2, blue},
		{6, 0, CellHeight / 2, red}, {6, right, CellHeight / 2, red}, {6, CellWidth / 2, 0, blue},
	} {
		if got := pixel(picture, c.col, 0, c.x, c.y); got != c.want {
			t.Errorf("cell %d at %d,%d is %v, want %v", c.col, c.x, c.y, got, c.want)
		}
	}
}

func TestReverseFaintAndBoldAreSeen(t *testing.T) {
	grid := Parse("\x1b[7mx\x1b[27;2mx\x1b[22;1mx\x1b[0m\x1b[38;5;196mx\x1b[91mx\x1b[mx", 6, 1, Dark)[0]
	if fg, bg := grid[0].colours(); fg != Dark.Background || bg != Dark.Foreground {
		t.Errorf("reverse is %v on %v", fg, bg)
	}
	if fg, _ := grid[1].colours(); fg == Dark.Foreground || fg == Dark.Background {
		t.Errorf("faint is %v", fg)
	}
	if !grid[2].Bold || grid[2].Faint || grid[3].Bold {
		t.Errorf("bold cells: %+v, %+v", grid[2], grid[3])
	}
	if red := (color.RGBA{255, 0, 0, 255}); grid[3].FG != red || grid[4].FG != Dark.Colours[9] || grid[5].FG != Dark.Foreground {
		t.Errorf("colours: %v, %v, %v", grid[3].FG, grid[4].FG, grid[5].FG)
	}
	if a, b := first(t, "M"), first(t, "\x1b[1mM"); bytes.Equal(a, b) {
		t.Error("bold looks like regular")
	}
}

func first(t *testing.T, frame string) []byte {
	raw, _ := draw(t, frame, Light)
	return raw
}

func TestEverySignOfTheScreensHasAGlyph(t *testing.T) {
	draw(t, "✓ ✗ ! ? ◌ ◐ ○ ● ➜ ▸ ▾ ▏ – … · • ↑ ↓ ← → ⏎ é Å ß € £ ¥ ⠋⠙⠹ ╭─╮│╰╯ ▁▂▃ ░▒▓ ▖▟", Light)
}

func TestASignThatNoFontHasIsAnErrorAndNoEmptyBox(t *testing.T) {
	if _, err := artist(t).PNG(Parse("ok\nno 漢", 4, 2, Dark), Dark); err == nil || !strings.Contains(err.Error(), "row 2, column 4") {
		t.Errorf("error %v", err)
	}
	if _, err := artist(t).PNG(nil, Dark); err == nil {
		t.Error("an empty frame was drawn")
	}
}

func TestAWholeFrameStaysSmall(t *testing.T) {
	frame, err := os.ReadFile("testdata/approved-dark.ans")
	if err != nil {
		t.Fatal(err)
	}
	raw, picture := draw(t, string(frame), Dark)
	if want := image.Pt(80*CellWidth+2*margin, 24*CellHeight+2*margin); picture.Bounds().Size() != want {
		t.Errorf("size %v, want %v", picture.Bounds().Size(), want)
	}
	if _, ok := picture.(*image.Paletted); !ok || len(raw) > 60_000 {
		t.Errorf("a %T of %d bytes", picture, len(raw))
	}
}

func TestPlainTextHasNoColoursAndNoSpacesAtItsEnds(t *testing.T) {
	if got := Plain("\x1b[1mA\x1b[0m  \r\n \x1b[38;2;1;2;3mb\x1b[m c \n\n"); got != "A\n b c\n" {
		t.Errorf("%q", got)
	}
	if cols, rows := Size("ab\n\x1b[7mé✓x\x1b[0m\n"); cols != 3 || rows != 2 {
		t.Errorf("%d×%d", cols, rows)
	}
}
