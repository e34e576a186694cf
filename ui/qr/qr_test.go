package qr

import (
	"errors"
	"fmt"
	"image"
	"image/color"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/makiuchi-d/gozxing"
	zxing "github.com/makiuchi-d/gozxing/qrcode"
	"rsc.io/qr"
)

// picture rasterises drawn lines as a terminal would: it knows only the colours that
// the lines set themselves, and two modules to a cell.
func picture(t *testing.T, lines []string) image.Image {
	t.Helper()
	const module = 3
	width := len([]rune(plain(t, lines[0])))
	img := image.NewGray(image.Rect(0, 0, width*module, len(lines)*2*module))
	for row, line := range lines {
		for column, char := range []rune(plain(t, line)) {
			top, bottom, ok := modules(char)
			if !ok {
				t.Fatalf("row %d has %q", row, char)
			}
			for y := range 2 * module {
				shade := color.Gray{Y: 255}
				if y < module && top || y >= module && bottom {
					shade.Y = 0
				}
				for x := range module {
					img.SetGray(column*module+x, row*2*module+y, shade)
				}
			}
		}
	}
	return img
}

// plain takes the colours off a line and holds that they are dark on light.
func plain(t *testing.T, line string) string {
	t.Helper()
	for _, begin := range []string{"\x1b[38;5;16;48;5;231m", "\x1b[30;47m"} {
		if rest, ok := strings.CutPrefix(line, begin); ok {
			if rest, ok = strings.CutSuffix(rest, "\x1b[0m"); ok && !strings.Contains(rest, "\x1b") {
				return rest
			}
		}
	}
	t.Fatalf("the line does not set both colours: %q", line)
	return ""
}

func scan(t *testing.T, lines []string) string {
	t.Helper()
	bitmap, err := gozxing.NewBinaryBitmapFromImage(picture(t, lines))
	if err != nil {
		t.Fatal(err)
	}
	result, err := zxing.NewQRCodeReader().Decode(bitmap, map[gozxing.DecodeHintType]any{gozxing.DecodeHintType_PURE_BARCODE: true})
	if err != nil {
		t.Fatal(err)
	}
	return result.GetText()
}

func link(r *rand.Rand, length int) string {
	const letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_?=&/"
	b := []byte("https://pay.example.org/")
	for len(b) < length {
		b = append(b, letters[r.IntN(len(letters))])
	}
	return string(b[:length])
}

func TestAThousandLinksAreReadBackAsTheyWere(t *testing.T) {
	r := rand.New(rand.NewPCG(6199, 1))
	used := map[string]int{}
	for i := range 1000 {
		want := link(r, 20+r.IntN(300))
		drawing, err := Draw(want, 40+r.IntN(100), 20+r.IntN(50), i%2 == 0)
		if errors.Is(err, ErrTooSmall) {
			drawing, err = Draw(want, 200, 100, i%2 == 0)
		}
		if err != nil {
			t.Fatal(err)
		}
		if got := scan(t, drawing.Lines); got != want {
			t.Fatalf("read %q, want %q", got, want)
		}
		used[drawing.Level]++
	}
	if len(used) != 4 {
		t.Fatalf("levels used: %v", used)
	}
}

func TestTheHighestLevelThatFitsIsTaken(t *testing.T) {
	r := rand.New(rand.NewPCG(6199, 2))
	for _, c := range []struct {
		length, width, height int
		level                 string
	}{
		{78, 80, 21, "L"},   // beside the header and the footer
		{106, 80, 23, "L"},  // over the whole window
		{79, 80, 21, ""},    // one character more
		{107, 80, 23, ""},   // likewise
		{20, 80, 24, "H"},   // plenty of room
		{78, 200, 100, "H"}, // even more
		{78, 40, 100, ""},   // a cell too narrow
		{78, 41, 21, "L"},
	} {
		drawing, err := Draw(link(r, c.length), c.width, c.height, false)
		if c.level == "" && !errors.Is(err, ErrTooSmall) || c.level != "" && err != nil || drawing.Level != c.level {
			t.Errorf("%+v gave level %q, %v", c, drawing.Level, err)
		}
		if len(drawing.Lines) > c.height || drawing.Width > c.width {
			t.Errorf("%+v: %d by %d", c, drawing.Width, len(drawing.Lines))
		}
	}
}

func TestALinkTooLongForAnyCodeIsSaid(t *testing.T) {
	r := rand.New(rand.NewPCG(6199, 3))
	if _, err := Draw(link(r, 4000), 1000, 1000, false); !errors.Is(err, ErrTooSmall) {
		t.Fatal(err)
	}
}

func TestACellThatIsWrongIsNeverShown(t *testing.T) {
	text := "https://pay.example.org/a"
	code, err := qr.Encode(text, qr.L)
	if err != nil {
		t.Fatal(err)
	}
	good := draw(text, qr.L)
	if err := compare(good, code); err != nil {
		t.Fatal(err)
	}
	for row := range good {
		for _, column := range []int{0, 3, 4, 10, len([]rune(good[row])) - 1} {
			bad := append([]string(nil), good...)
			chars := []rune(bad[row])
			if chars[column] = '▀'; string(chars) == good[row] {
				chars[column] = '▄'
			}
			bad[row] = string(chars)
			if err := compare(bad, code); !errors.Is(err, ErrDrawing) {
				t.Fatalf("row %d, cell %d: %v", row, column, err)
			}
		}
	}
	if err := compare(good[1:], code); !errors.Is(err, ErrDrawing) {
		t.Fatal(err)
	}
}

func ExampleDraw() {
	drawing, err := Draw("https://pay.example.org/i/1", 80, 20, false)
	fmt.Println(drawing.Level, drawing.Width, len(drawing.Lines), err)
	// Output: Q 37 19 <nil>
}
