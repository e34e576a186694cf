package settings

import (
	"os"
	"path/filepath"
	"runtime"
	"strings"
)

// configFolder is cashdesk's folder for what people write.
func configFolder() string {
	dir, err := os.UserConfigDir()
	if err != nil {
		dir = home("~/.config")
	}
	return filepath.Join(dir, "cashdesk")
}

// dataFolder is cashdesk's folder for what the program writes, where each
// operating system wants it.
func dataFolder() string {
	switch runtime.GOOS {
	case "windows":
		if dir, err := os.UserCacheDir(); err == nil { // %LocalAppData%, not roaming
			return filepath.Join(dir, "cashdesk")
		}
	case "darwin":
		return configFolder()
	}
	if dir := os.Getenv("XDG_DATA_HOME"); filepath.IsAbs(dir) {
		return filepath.Join(dir, "cashdesk")
	}
	return home("~/.local/share/cashdesk")
}

// fillPaths gives the paths that the file leaves open. Test and live never
// share a journal or a keystore, so that changing the mode mixes nothing. The
// anchor stands apart from the journal on every system.
func fillPaths(s *Settings) {
	mode := string(s.Mode)
	if mode == "" {
		mode = string(Test)
	}
	fill := func(field *string, dir string, name ...string) {
		if *field == "" {
			*field = filepath.Join(append([]string{dir}, name...)...)
		}
	}
	fill(&s.Paths.Journal, dataFolder(), mode, "journal.db")
	fill(&s.Paths.Keystore, configFolder(), mode, "keystore")
	fill(&s.Paths.Anchor, configFolder(), mode, "anchor", "journal.anchor")
}

// home puts the home folder for a leading ~/.
func home(path string) string {
	rest, ok := strings.CutPrefix(path, "~/")
	if !ok {
		return path
	}
	dir, err := os.UserHomeDir()
	if err != nil {
		return path
	}
	return filepath.Join(dir, filepath.FromSlash(rest))
}
